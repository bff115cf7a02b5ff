import { resolve } from "node:path";
import { type AnyRule, counted, type Diagnostic, nothing, readReport, type Report } from "../engine.js";
import { isWithin } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";
import { codeFor, type ExitCode } from "./exit-code.js";
import { type Flags, UsageError } from "./flags.js";
import { lintOptions } from "./lint-options.js";
import { openOutput } from "./output.js";
import { toolOf } from "./tool.js";
import type { World } from "./world.js";

/** `kronlint merge FILE…`: the JSON reports of all parts of a run as one report. Throws a UsageError, also when a part is missing. */
export function mergeCommand(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): ExitCode {
  const options = lintOptions(world, flags);
  if (options.fix !== "no") throw new UsageError("merge only reads reports; --fix goes with the run itself");
  if (paths.length === 0) throw new UsageError("merge needs the reports of the parts: kronlint merge part-*.json");
  const reports = paths.map((path) => reportAt(world, path));
  checkParts(reports);
  const output = openOutput(world, options, toolOf(rules), world.out);
  let summary = nothing;
  for (const { summary: { files, objects } } of reports) summary = counted(summary, [], { files, objects });
  for (const found of byFile(reports.flatMap(({ diagnostics }) => diagnostics))) {
    const shown = options.quiet ? found.filter(({ severity }) => severity !== "info") : found;
    summary = counted(summary, shown, { files: 0, objects: 0 });
    if (shown.length > 0) output.findings(shown, (file) => textBelow(world.cwd, file));
  }
  output.end(summary);
  return codeFor(summary, options);
}

function reportAt({ cwd }: World, path: string): Report {
  const reading = readTextFile(resolve(cwd, path));
  if (reading.state === "unreadable") throw new UsageError(`cannot read ${path}: ${reading.reason}`);
  const report = readReport(reading.text);
  if (report === undefined) throw new UsageError(`${path} is no report of this kronlint; --format json=FILE writes one`);
  return report;
}

/** A part that failed and left no report would pass for one without findings. */
function checkParts(reports: readonly Report[]): void {
  const shards = reports.flatMap(({ shard }) => shard ?? []);
  const [first] = shards;
  if (first === undefined) return;
  if (shards.some(({ of }) => of !== first.of)) throw new UsageError("the reports are of runs with different numbers of parts");
  const given = new Set<number>();
  for (const { part, of } of shards) {
    if (given.has(part)) throw new UsageError(`part ${part}/${of} is there twice`);
    given.add(part);
  }
  const missing = Array.from({ length: first.of }, (_, index) => index + 1).filter((part) => !given.has(part));
  if (missing.length > 0) throw new UsageError(`the report of part ${missing.join(", ")} of ${first.of} is missing`);
}

/** Files in the order of their names, and the findings of each as its report has them. */
function byFile(diagnostics: readonly Diagnostic[]): Iterable<readonly Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>();
  for (const one of diagnostics) {
    const found = files.get(one.file) ?? [];
    files.set(one.file, found);
    found.push(one);
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found.sort((a, b) => a.start - b.start));
}

/** A report may name any file of the machine; lines are shown of those below alone. */
function textBelow(cwd: string, file: string): string | undefined {
  const path = resolve(cwd, file);
  if (!isWithin(cwd, path)) return undefined;
  const reading = readTextFile(path);
  return reading.state === "read" ? reading.text : undefined;
}
