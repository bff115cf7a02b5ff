import { judgeText } from "../src/core/api/judge.js";

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
  stage: number;
  kubectl: number;
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

const errorKeys = (errors: RecordedVerdict["errors"] = []): string[] =>
  [...new Set(errors.flatMap(({ type, field }) => (type === undefined ? [] : [`${type} ${field ?? ""}`])))].sort();

/** What a warning is about: the text up to the colon after the field. */
const warningKeys = (warnings: readonly string[] = []): string[] => [...warnings.map((text) => text.split(": ")[0] ?? "")].sort();
/** Go's escapes are JSON's but for the rarest. */
const unquoted = (text: string): string => (/^(?:[^\\]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*$/.test(text) ? (JSON.parse(`"${text}"`) as string) : text);
const strictKeys = (strict: readonly string[] = []): string[] => [
  ...new Set(strict.map((text) => unquoted(/unknown field "(.*)"/.exec(text)?.[1] ?? "duplicate"))),
].sort();

function minus(left: readonly string[], right: readonly string[]): string {
  return left.filter((one) => !right.includes(one)).join(", ");
}

/** Counts one case; a sentence where the answers differ. */
export function compare(recorded: RecordedCase, version: string, expected: RecordedVerdict, tallies: Map<string, Tally>): string | undefined {
  if (recorded.old !== undefined) return undefined;
  const name = `${version} ${expected.stage}`;
  const tally = tallies.get(name) ?? { cases: 0, accept: 0, stage: 0, kubectl: 0, errors: 0, strict: 0, warnings: 0, dropped: 0 };
  tallies.set(name, tally);
  const found = judgeText({ name: "case.yaml", text: recorded.yaml }, version);
  const ours = {
    errors: errorKeys(found.errors as RecordedVerdict["errors"]),
    strict: [...new Set(found.strict.map(({ field, message }) => (message.startsWith("unknown") ? field : "duplicate")))].sort(),
    warnings: warningKeys(found.warnings.map(({ message }) => message)),
    dropped: [...found.dropped].sort(),
  };
  const theirs = {
    errors: errorKeys(expected.errors),
    strict: strictKeys(expected.strict),
    warnings: warningKeys(expected.warnings),
    dropped: [...(expected.dropped ?? [])].sort(),
  };
  tally.cases++;
  const differences: string[] = [];
  if (found.accept === expected.accept) tally.accept++;
  if (found.stage === expected.stage) tally.stage++;
  if (found.accept !== expected.accept || found.stage !== expected.stage) {
    differences.push(`${expected.accept ? "accepted" : "rejected"} (${expected.stage}), ours ${found.stage}`);
  }
  if ((found.kubectlAccept ?? found.accept) === (expected.kubectlAccept ?? expected.accept)) tally.kubectl++;
  else differences.push(`kubectl ${expected.kubectlAccept ?? expected.accept ? "accepts" : "rejects"}`);
  for (const part of ["errors", "strict", "warnings", "dropped"] as const) {
    if (ours[part].join("\n") === theirs[part].join("\n")) tally[part]++;
    else differences.push(`${part}: missing [${minus(theirs[part], ours[part])}] extra [${minus(ours[part], theirs[part])}]`);
  }
  return differences.length === 0 ? undefined : differences.join("; ");
}
