import type { Chart } from "../render/helm/chart.js";
import { entryOf, type MappingNode, type ScalarNode } from "../read/node.js";
import { read } from "../read/read.js";
import type { Source } from "../text/place.js";
import { activeRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import { byPreset, findingSeverity } from "./levels.js";
import { mappedPlace } from "./rendered-place.js";
import type { LintInput } from "./run.js";
import { suppress } from "./suppress.js";

// As rules/name-too-long.ts has them.
const longest: Readonly<Record<string, number>> = { CronJob: 52, Job: 63 };
/** Helm refuses a longer one: https://github.com/helm/helm/blob/v4.0.0/pkg/chart/v2/util/validate_name.go */
const longestRelease = 53;
/** Names of people's releases are rarely longer. */
const comfortable = 20;

/** What a template writes when the release has this name. */
export type Named = (release: string) => ReturnType<Chart["render"]>;

/** How much of an object's name is left to a release whose name nobody knows yet, where that is less than a release may have. */
export function releaseNameReports(template: Source, named: Named, input: LintInput): readonly Report[] {
  const [long, short] = [named("r".repeat(longestRelease)), named("r")];
  if (!long || !short || "limit" in long || "limit" in short) return [];
  const [names, others] = [namesIn(long.source), namesIn(short.source)];
  const found = names.flatMap((name, index): readonly (Report & { readonly room: number })[] => {
    const room = roomOf(name, others[index]);
    const said = room === undefined ? undefined : words(room, name.kind, input);
    if (said === undefined) return [];
    const { place, related } = mappedPlace(long, name.node.place);
    return [{ room: room ?? 0, rule: "name-too-long", ...said, place, object: { kind: name.kind }, related, superseded: [] }];
  });
  // Of several in one place, the longest is said.
  found.sort((a, b) => a.room - b.room);
  const here = found.filter(({ place }) => place.source === template);
  return here.length === 0 ? found : [...found.filter(({ place }) => place.source !== template), ...heard(here, template, input)];
}

interface ObjectName {
  readonly kind: string;
  readonly node: ScalarNode;
}

function namesIn(source: Source): readonly ObjectName[] {
  return read(source, { prose: "never" }).documents.flatMap(({ root }): readonly ObjectName[] => {
    const kind = scalarAt(root, "kind")?.text ?? "";
    const metadata = entryOf(root, "metadata")?.value;
    const node = metadata?.kind === "mapping" ? scalarAt(metadata, "name") : undefined;
    return node ? [{ kind, node }] : [];
  });
}

function scalarAt(mapping: MappingNode, key: string): ScalarNode | undefined {
  const value = entryOf(mapping, key)?.value;
  return value?.kind === "scalar" ? value : undefined;
}

/** Undefined where every release fits. */
function roomOf({ kind, node }: ObjectName, short: ObjectName | undefined): number | undefined {
  const most = longest[kind];
  if (most === undefined || short?.kind !== kind || node.text.length <= most) return undefined;
  if (short.node.text.length >= node.text.length) return undefined;
  return most - (short.node.text.length - 1);
}

function words(room: number, kind: string, { rules, settings }: LintInput): Pick<Report, "severity" | "message"> | undefined {
  const active = activeRules(rules, settings);
  const [rule, level] = [active.byId.get("name-too-long"), active.levels.get("name-too-long")];
  if (!rule || !level) return undefined;
  const severity = byPreset(findingSeverity(rule, room < comfortable ? "warning" : "info", level), rule.id, settings);
  if (severity === undefined) return undefined;
  const left = room > 0 ? `a release whose name has more than ${String(room)} characters is rejected` : "every release is rejected";
  const limit = `a ${kind}'s name may have ${String(longest[kind])} characters`;
  return { severity, message: `${limit}, so ${left}; shorten the rest of it, or cut it off with trunc` };
}

/** Comments in the template suppress it as they do what a rule says. */
function heard(reports: readonly Report[], template: Source, input: LintInput): readonly Report[] {
  const content = read(template, { prose: "never" });
  return suppress(reports, content, { settings: input.settings, rules: input.rules }).kept.filter(({ rule }) => rule === "name-too-long");
}
