import { gates } from "../schemas/enforced.js";

interface Release {
  readonly minor: number;
  /** The text of pkg/features/kube_features.go. */
  readonly features: string;
}

interface Stage {
  readonly since: number;
  readonly on: boolean;
  readonly stage: string;
}

/** Up to 1.30 a gate has one line, `Gate: {Default: true, PreRelease: featuregate.Beta},`; later ones list their history. */
function stagesIn(features: string, gate: string): readonly Stage[] {
  const start = new RegExp(`^\\t(?:features\\.)?${gate}: +\\{`, "m").exec(features);
  if (!start) return [];
  const oneLine = features.slice(start.index, features.indexOf("\n", start.index));
  const text = oneLine.includes("Default") ? oneLine : features.slice(start.index, features.indexOf("\n\t}", start.index));
  const found = text.matchAll(/(?:MustParse\("1\.(\d+)"\), +)?Default: +(true|false), +PreRelease: +featuregate\.(\w+)/g);
  return [...found].map(([, since, on, stage]) => ({ since: Number(since ?? 0), on: on === "true", stage: stage ?? "" }));
}

const letters: Readonly<Record<string, string>> = { Alpha: "a", Beta: "b", GA: "g" };

function letter(gate: string, { features, minor }: Release, known: boolean): string {
  const former = gates[gate]?.formerly;
  const stages = [...(former === undefined ? [] : stagesIn(features, former)), ...stagesIn(features, gate)];
  const stage = stages.findLast(({ since }) => since <= minor);
  // A gate that is gone was on for good: gates are taken out after GA.
  if (!stage) return known ? "G" : ".";
  const small = letters[stage.stage];
  if (small === undefined) throw new Error(`${gate} has the stage ${stage.stage} in 1.${String(minor)}`);
  return stage.on ? small.toUpperCase() : small;
}

/** For each gate a letter per minor: a, b, g for alpha, beta and GA, in capitals where it is on by default; a dot before it existed. */
export function gateLines(names: readonly string[], releases: readonly Release[]): readonly string[] {
  return names.map((gate) => {
    let text = "";
    for (const release of releases) text += letter(gate, release, /[a-z]/i.test(text));
    if (!/[a-z]/i.test(text)) throw new Error(`no release has the gate ${gate}`);
    return `  ${gate}: "${text}",`;
  });
}
