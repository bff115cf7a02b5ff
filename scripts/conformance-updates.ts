/**
 * Compares kronlint's verdicts on updates with recorded ones of the real server code, by version and stage.
 * `node scripts/run.mjs scripts/conformance-updates.ts [--cases FILE] [--version 1.34] [--field REGEX] [--show N]`
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { judgeUpdate } from "../src/core/api/update/judge.js";
import type { Verdict } from "../src/core/api/verdict.js";
import { type RecordedCase, type RecordedVerdict, recordedVerdicts } from "./conformance-compare.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "fixtures/conformance/verdicts.ndjson.gz" },
    version: { type: "string", multiple: true },
    field: { type: "string", default: "" },
    class: { type: "string", default: "" },
    show: { type: "string", default: "20" },
  },
});

function answer({ yaml, old = "" }: RecordedCase, version: string): Verdict {
  return judgeUpdate({ name: "new.yaml", text: yaml }, { name: "old.yaml", text: old }, version);
}

const errorKeys = (errors: readonly { readonly type?: string | undefined; readonly field?: string | undefined }[] = []): string[] =>
  [...new Set(errors.flatMap(({ type, field }) => ((type ?? "") === "" ? [] : [`${type} ${field ?? ""}`])))].sort();
const warningKeys = (warnings: readonly string[] = []): string[] => [...warnings.map((text) => text.split(": ")[0] ?? "")].sort();
const minus = (left: readonly string[], right: readonly string[]): string => left.filter((one) => !right.includes(one)).join(", ");

/** What differs between the recorded verdict and ours. */
function differences(recorded: RecordedCase, version: string, expected: RecordedVerdict): Readonly<Record<string, string>> {
  const found = answer(recorded, version);
  const different: Record<string, string> = {};
  if (found.accept !== expected.accept) different.accept = expected.accept ? "accepted" : "rejected";
  if (found.stage !== expected.stage) different.stage = `stage ${expected.stage}, ours ${found.stage}`;
  const parts = [
    ["errors", errorKeys(expected.errors), errorKeys(found.errors)],
    ["warnings", warningKeys(expected.warnings), warningKeys(found.warnings.map(({ message }) => message))],
  ] as const;
  for (const [name, theirs, ours] of parts) {
    if (theirs.join("\n") !== ours.join("\n")) different[name] = `${name}: missing [${minus(theirs, ours)}] extra [${minus(ours, theirs)}]`;
  }
  return different;
}

const bytes = readFileSync(values.cases);
const text = (values.cases.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
const tallies = new Map<string, Record<string, number>>();
let shown = 0;

function compare(recorded: RecordedCase, version: string, expected: RecordedVerdict): void {
  const different = differences(recorded, version, expected);
  const name = `${version} ${expected.stage}`;
  const tally = tallies.get(name) ?? { cases: 0, accept: 0, stage: 0, errors: 0, warnings: 0 };
  tallies.set(name, tally);
  for (const part of Object.keys(tally)) if (different[part] === undefined) tally[part] = (tally[part] ?? 0) + 1;
  const said = Object.values(different).join("; ");
  if (said === "" || !new RegExp(values.field).test(said) || shown >= Number(values.show)) return;
  shown++;
  process.stdout.write(`${recorded.id} ${version} (${recorded.mutation}): ${said}\n`);
}

for (const line of text.split("\n")) {
  if (line === "") continue;
  const recorded = JSON.parse(line) as RecordedCase;
  if (recorded.old === undefined || !new RegExp(values.class).test(recorded.class)) continue;
  for (const [version, expected] of recordedVerdicts(recorded)) {
    if (!values.version || values.version.includes(version)) compare(recorded, version, expected);
  }
}
for (const [name, tally] of [...tallies].sort()) {
  const counts = Object.entries(tally).map(([part, count]) => `${part} ${String(count)}`);
  process.stdout.write(`${name.padEnd(14)} ${counts.join(", ")}\n`);
}
