import { judgeText } from "../../src/core/api/judge.js";
import { judgeUpdate } from "../../src/core/api/update/judge.js";
import type { Verdict } from "../../src/core/api/verdict.js";
import { type RecordedVerdict, recordedVerdicts, type VerdictCase } from "./cases.js";
import { between, type Compared } from "./compared.js";

type Parts = Compared["parts"];

/** A recorded manifest, created or applied over an older one, in each version that was asked. */
export function* comparedVerdicts(recorded: VerdictCase, versions?: readonly string[]): Generator<Compared> {
  const { id, mutation, yaml, old } = recorded;
  for (const [version, expected] of recordedVerdicts(recorded)) {
    if (versions && !versions.includes(version)) continue;
    const case_ = { version, stage: expected.stage, id, about: mutation };
    if (old === undefined) yield { ...case_, subject: "creates", parts: createParts(expected, judgeText({ name: "case.yaml", text: yaml }, version)) };
    else yield { ...case_, subject: "updates", parts: updateParts(expected, answer(yaml, old, version)) };
  }
}

function answer(yaml: string, old: string, version: string): Verdict {
  return judgeUpdate({ name: "new.yaml", text: yaml }, { name: "old.yaml", text: old }, version);
}

function updateParts(expected: RecordedVerdict, found: Verdict): Parts {
  return {
    accept: found.accept === expected.accept ? undefined : accepts("the server", expected.accept),
    stage: found.stage === expected.stage ? undefined : `stage ${expected.stage}, ours ${found.stage}`,
    errors: between("errors", errorKeys(expected.errors), errorKeys(found.errors)),
    warnings: between("warnings", warningKeys(expected.warnings), warningKeys(found.warnings.map(({ message }) => message))),
  };
}

function createParts(expected: RecordedVerdict, found: Verdict): Parts {
  const kubectl = expected.kubectlAccept ?? expected.accept;
  const ours = found.strict.map(({ field, message }) => (message.startsWith("unknown") ? field : "duplicate"));
  return {
    ...updateParts(expected, found),
    strict: between("strict", strictKeys(expected.strict), [...new Set(ours)].sort()),
    dropped: between("dropped", [...(expected.dropped ?? [])].sort(), [...found.dropped].sort()),
    kubectl: (found.kubectlAccept ?? found.accept) === kubectl ? undefined : accepts("kubectl", kubectl),
  };
}

function accepts(who: string, accepted: boolean): string {
  return `${who} ${accepted ? "accepts" : "rejects"} it`;
}

/** The server says some errors more than once, and those of a map in any order. */
function errorKeys(errors: readonly { readonly type?: string | undefined; readonly field?: string | undefined }[] = []): readonly string[] {
  return [...new Set(errors.flatMap(({ type = "", field = "" }) => (type === "" ? [] : [`${type} ${field}`])))].sort();
}

/** What a warning is about: the text up to the colon after the field. */
function warningKeys(warnings: readonly string[] = []): readonly string[] {
  return warnings.map((text) => text.split(": ")[0] ?? "").sort();
}

function strictKeys(strict: readonly string[] = []): readonly string[] {
  return [...new Set(strict.map((text) => unquoted(/unknown field "(.*)"/.exec(text)?.[1] ?? "duplicate")))].sort();
}

/** Go's escapes are JSON's but for the rarest. */
function unquoted(text: string): string {
  return /^(?:[^\\]|\\(?:["\\/bfnrt]|u[0-9a-f]{4}))*$/.test(text) ? (JSON.parse(`"${text}"`) as string) : text;
}
