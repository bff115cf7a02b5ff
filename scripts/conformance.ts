/**
 * Compares kronlint's answers with recorded ones of Kubernetes' own code, by version and stage: verdicts on new objects and on updates,
 * lint runs, fire times, the CronJob controller.
 * `npm run conformance -- [--cases FILE]… [--version 1.34]… [--field REGEX] [--class REGEX] [--show N]`; a FILE is NDJSON, gzipped or not.
 * What differs is shown when it matches --field, N cases at most; --class chooses cases by their class or id. Lint runs are compared in
 * the newest version, or in those asked for.
 * `--write-levels` raises the committed levels to what is reached, and lists what differs: write the reasons by hand, then `npm run generate`.
 */
import { parseArgs } from "node:util";
import { committedFiles, compareAll } from "./conformance/all.js";
import { type Compared, differenceIn } from "./conformance/compared.js";
import { figuresOf } from "./conformance/figures.js";
import { writeLevels } from "./conformance/levels.js";
import { figuresTable } from "./conformance/table.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", multiple: true, default: committedFiles },
    version: { type: "string", multiple: true },
    field: { type: "string", default: "" },
    class: { type: "string", default: "" },
    show: { type: "string", default: "20" },
    "write-levels": { type: "boolean", default: false },
  },
});

// A part of the cases says nothing about the levels of all.
const isPart = values.cases !== committedFiles || values.version !== undefined || values.class !== "";
if (values["write-levels"] && isPart) throw new Error("--write-levels is about all committed cases; leave out --cases, --version and --class");

const ofClass = new RegExp(values.class);
const ofField = new RegExp(values.field);
const compared = compareAll(values.cases, {
  ...(values.version ? { versions: values.version } : {}),
  wanted: (recorded) => ofClass.test("class" in recorded ? recorded.class : recorded.id),
});
const kept: Compared[] = [];
let left = Number(values.show);
for (const one of compared) {
  kept.push(one);
  left -= show(one);
}
console.log(figuresTable(figuresOf(kept)).trimStart());
if (values["write-levels"]) writeLevels(kept);

/** Returns how many lines it took. */
function show(one: Compared): number {
  const difference = one.skipped === true ? undefined : differenceIn(one);
  if (difference === undefined || !ofField.test(difference) || left <= 0) return 0;
  const { subject, id, version, about } = one;
  console.log(`${subject} ${id} ${version} (${about}): ${difference}`);
  return 1;
}
