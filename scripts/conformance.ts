/**
 * Compares kronlint's answers with recorded ones of Kubernetes' own code, by version and stage: verdicts on new objects and on updates,
 * lint runs, fire times, the CronJob controller.
 * `npm run conformance -- [--cases FILE]… [--version 1.34]… [--field REGEX] [--class REGEX] [--show N]`; a FILE is NDJSON, gzipped or not.
 * What differs is shown when it matches --field, N cases at most; --class chooses cases by their class or id. Lint runs are compared in
 * the newest version, or in those asked for.
 * Charts in fixtures/projects, and below every `--charts FOLDER`, are held against what Helm renders, where Go can build Helm.
 * Then what kronlint makes of kustomizations is compared with recorded builds and, where Go is, with Kustomize's own code: those of
 * fixtures/projects and of every `--overlays FOLDER`.
 * `--write-levels` raises the committed levels to what is reached, and lists what differs: write the reasons by hand, then `npm run generate`.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { committedFiles, compareAll } from "./conformance/all.js";
import { comparedCharts, helmProgram } from "./conformance/charts.js";
import { type Compared, differenceIn } from "./conformance/compared.js";
import { figuresOf } from "./conformance/figures.js";
import { writeLevels } from "./conformance/levels.js";
import { showOverlays } from "./conformance/overlay-figures.js";
import { figuresTable } from "./conformance/table.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", multiple: true, default: committedFiles },
    version: { type: "string", multiple: true },
    field: { type: "string", default: "" },
    class: { type: "string", default: "" },
    show: { type: "string", default: "20" },
    charts: { type: "string", multiple: true, default: [] },
    overlays: { type: "string", multiple: true, default: [] },
    "write-levels": { type: "boolean", default: false },
  },
});

const projects = fileURLToPath(new URL("../fixtures/projects/", import.meta.url));

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
if (!isPart) showCharts();
if (values["write-levels"]) writeLevels(kept);
if (!isPart) showOverlays(values.overlays);

/** Charts beside Helm, where Go and its modules are. */
function showCharts(): void {
  const program = helmProgram();
  if (program === undefined) return console.log("charts: not compared, as Helm cannot be built here");
  const charts = comparedCharts(program, [projects, ...values.charts]);
  for (const { folder, refused } of charts) if (refused !== undefined) console.log(`chart ${folder}: Helm says ${refused}`);
  for (const { folder, differences } of charts) for (const difference of differences) console.log(`chart ${folder}: ${difference}`);
  const rendered = charts.filter(({ refused }) => refused === undefined);
  const agreed = rendered.reduce((sum, chart) => sum + chart.agreed, 0);
  const differing = rendered.reduce((sum, chart) => sum + chart.differences.length, 0);
  console.log(`charts: ${String(rendered.length)} rendered by Helm, ${String(agreed)} known scalars agree, ${String(differing)} differ`);
}

/** Returns how many lines it took. */
function show(one: Compared): number {
  const difference = one.skipped === true ? undefined : differenceIn(one);
  if (difference === undefined || !ofField.test(difference) || left <= 0) return 0;
  const { subject, id, version, about } = one;
  console.log(`${subject} ${id} ${version} (${about}): ${difference}`);
  return 1;
}
