import { kindOf } from "../src/core/model/workload.js";
import { read } from "../src/core/read/read.js";
import { type Verdict, verdictOf } from "../src/core/api/verdict.js";

export interface RecordedVerdict {
  readonly accept: boolean;
  readonly stage: string;
  readonly errors?: readonly { readonly type?: string; readonly field?: string; readonly message: string }[];
  readonly strict?: readonly string[];
  readonly warnings?: readonly string[];
  readonly dropped?: readonly string[];
  readonly kubectlAccept?: boolean;
}

export interface RecordedCase {
  readonly id: string;
  readonly class: string;
  readonly mutation: string;
  readonly yaml: string;
  readonly old?: string;
  readonly verdicts: Readonly<Record<string, RecordedVerdict | string>>;
}

/** Numbers of cases that agree, for one version and stage. */
export interface Tally {
  cases: number;
  accept: number;
  errors: number;
  strict: number;
  warnings: number;
  dropped: number;
}

/** A verdict "=1.24" is the same as that version's. */
export function recordedVerdicts({ verdicts }: RecordedCase): readonly (readonly [string, RecordedVerdict])[] {
  return Object.keys(verdicts).map((version) => {
    let found = verdicts[version];
    while (typeof found === "string") found = verdicts[found.slice(1)];
    return [version, found ?? { accept: false, stage: "" }] as const;
  });
}

function answer(text: string, version: string): Verdict | undefined {
  const { documents } = read({ name: "case.yaml", text }, { prose: "never" });
  const [document] = documents;
  const kind = document && kindOf(document);
  return document && kind ? verdictOf(document, kind, version) : undefined;
}

const errorKeys = (errors: RecordedVerdict["errors"] = []): string[] =>
  [...new Set(errors.flatMap(({ type, field }) => (type === undefined ? [] : [`${type} ${field ?? ""}`])))].sort();

/** What a warning is about: the text up to the colon after the field. */
const warningKeys = (warnings: readonly string[] = []): string[] => [...warnings.map((text) => text.split(": ")[0] ?? "")].sort();
const strictKeys = (strict: readonly string[] = []): string[] => [...strict.map((text) => /unknown field "(.*)"/.exec(text)?.[1] ?? "duplicate")].sort();

function minus(left: readonly string[], right: readonly string[]): string {
  return left.filter((one) => !right.includes(one)).join(", ");
}

/** Counts one case; a sentence where the answers differ. */
export function compare(recorded: RecordedCase, version: string, expected: RecordedVerdict, tallies: Map<string, Tally>): string | undefined {
  if (recorded.old !== undefined) return undefined;
  const name = `${version} ${expected.stage}`;
  const tally = tallies.get(name) ?? { cases: 0, accept: 0, errors: 0, strict: 0, warnings: 0, dropped: 0 };
  tallies.set(name, tally);
  const found = answer(recorded.yaml, version);
  const ours = {
    errors: errorKeys(found?.errors as RecordedVerdict["errors"]),
    strict: (found?.strict ?? []).map(({ field, message }) => (message.startsWith("unknown") ? field : "duplicate")).sort(),
    warnings: warningKeys((found?.warnings ?? []).map(({ message }) => message)),
    dropped: [...(found?.dropped ?? [])].sort(),
  };
  const theirs = {
    errors: errorKeys(expected.errors),
    strict: strictKeys(expected.strict),
    warnings: warningKeys(expected.warnings),
    dropped: [...(expected.dropped ?? [])].sort(),
  };
  tally.cases++;
  const differences: string[] = [];
  if ((found?.accept ?? false) === expected.accept) tally.accept++;
  else differences.push(`${expected.accept ? "accepted" : "rejected"} (${expected.stage}), ours ${found?.stage ?? "nothing"}`);
  for (const part of ["errors", "strict", "warnings", "dropped"] as const) {
    if (ours[part].join("\n") === theirs[part].join("\n")) tally[part]++;
    else differences.push(`${part}: missing [${minus(theirs[part], ours[part])}] extra [${minus(ours[part], theirs[part])}]`);
  }
  return differences.length === 0 ? undefined : differences.join("; ");
}
