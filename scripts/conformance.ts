/**
 * Compares kronlint's verdicts with recorded ones of the real server code, by version and stage.
 * `npm run conformance -- [--cases FILE] [--version 1.34] [--field REGEX] [--class REGEX] [--show N]`; FILE is NDJSON, gzipped or not.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { compare, type RecordedCase, recordedVerdicts, type Tally } from "./conformance-compare.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "fixtures/conformance/verdicts.ndjson.gz" },
    version: { type: "string", multiple: true },
    field: { type: "string", default: "" },
    class: { type: "string", default: "" },
    show: { type: "string", default: "20" },
  },
});

const bytes = readFileSync(values.cases);
const text = (values.cases.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
const tallies = new Map<string, Tally>();
let shown = 0;
for (const line of text.split("\n")) {
  if (line === "") continue;
  const recorded = JSON.parse(line) as RecordedCase;
  if (!new RegExp(values.class).test(recorded.class)) continue;
  for (const [version, expected] of recordedVerdicts(recorded)) {
    if (values.version && !values.version.includes(version)) continue;
    const difference = compare(recorded, version, expected, tallies);
    if (difference === undefined || !new RegExp(values.field).test(difference) || shown >= Number(values.show)) continue;
    shown++;
    process.stdout.write(`${recorded.id} ${version} (${recorded.mutation}): ${difference}\n`);
  }
}
for (const [name, { cases, accept, stage, kubectl, errors, strict, warnings, dropped }] of [...tallies].sort()) {
  process.stdout.write(
    `${name.padEnd(18)} ${String(cases).padStart(5)} cases; equal: accept ${String(accept)}, stage ${String(stage)}, kubectl ${String(kubectl)}, errors ${String(errors)}, ` +
      `strict ${String(strict)}, warnings ${String(warnings)}, dropped ${String(dropped)}\n`,
  );
}
