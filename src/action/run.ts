import { randomUUID } from "node:crypto";
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Diagnostic, plural, type Summary, visible } from "../engine.js";
import { annotations, jobSummary, logLines, type Told } from "./annotations.js";
import { type Inputs, inputsOf } from "./inputs.js";
import { rangeOf } from "./range.js";

/** What a step has around it. */
export interface Step {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute: the root of the checkout. */
  readonly cwd: string;
  readonly out: (text: string) => void;
  /** Runs kronlint. */
  readonly kronlint: (args: readonly string[]) => Answer;
}

export interface Answer {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

interface JsonReport {
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: Summary;
}

/** One step of a workflow, from inputs to its exit code. */
export function runStep(step: Step): number {
  try {
    const inputs = inputsOf(step.env);
    const asking = asked(step, inputs);
    log(step, asking.answer.err);
    const report = reportIn(asking.answer.out);
    if (!report) return failed(step, asking.answer.exit || 3, causeOf(asking.answer));
    tell(step, asking.inputs, report, asking.notes);
    return asking.problem === undefined ? asking.answer.exit : failed(step, 2, asking.problem);
  } catch (error) {
    return failed(step, 2, error instanceof Error ? error.message : String(error));
  }
}

interface Asked {
  readonly answer: Answer;
  /** As far as they could be followed. */
  readonly inputs: Inputs;
  /** What a reader of findings has to know. */
  readonly notes: readonly string[];
  /** What could not be done besides. */
  readonly problem?: string;
}

/** A report that cannot be written takes no findings away. */
function asked(step: Step, inputs: Inputs): Asked {
  if (inputs.sarif === undefined) return askedInRange(step, inputs);
  makeFolder(dirname(resolve(step.cwd, inputs.sarif)));
  const asking = askedInRange(step, inputs);
  const { exit, err } = asking.answer;
  const problem = exit === 2 ? err.split("\n").find((line) => line.includes("cannot write the report to ")) : undefined;
  if (problem === undefined) return asking;
  return { ...askedInRange(step, { ...inputs, sarif: undefined }), problem: problem.replace(/^kronlint: /, "") };
}

/** On a pull request, what it changes; where git cannot tell, everything, and that is said. */
function askedInRange(step: Step, inputs: Inputs): Asked {
  const { paths, flags, sarif, onlyChanged } = inputs;
  const always = [...flags, "--format=json", ...(sarif === undefined ? [] : [`--format=sarif=${sarif}`])];
  const isPullRequest = step.env["GITHUB_EVENT_NAME"]?.startsWith("pull_request") === true;
  const all = (): Answer => step.kronlint([...always, "--", ...paths]);
  if (!onlyChanged || !isPullRequest) return { answer: all(), inputs, notes: [] };
  const range = rangeOf(step.env["GITHUB_EVENT_PATH"], resolve(step.cwd, paths[0] ?? "."));
  if ("unknown" in range) {
    if (range.reason !== undefined) log(step, `git: ${range.reason}`);
    return { answer: all(), inputs, notes: [`${range.unknown}, so all files are reported, changed or not`] };
  }
  const answer = step.kronlint([...always, `--changed-files=${range.from}`, "--", ...paths]);
  if (answer.exit !== 2 || !answer.err.includes("--changed-files")) return { answer, inputs, notes: [] };
  log(step, answer.err);
  return { answer: all(), inputs, notes: ["git does not tell what changed, so all files are reported, changed or not"] };
}

/** One folder after the other: where that fails, the program says what is wrong. */
function makeFolder(folder: string): void {
  if (existsSync(folder) || dirname(folder) === folder) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch {
    return;
  }
}

function causeOf({ err }: Answer): string {
  const said = err.split("\n").find((line) => line.trim() !== "");
  return `kronlint gave no report${said === undefined ? "" : `: ${said.replace(/^kronlint: /, "")}`}`;
}

function reportIn(out: string): JsonReport | undefined {
  try {
    const report: unknown = JSON.parse(out);
    return isReport(report) ? report : undefined;
  } catch {
    return undefined;
  }
}

/** What our own program writes: `schemas/report.schema.json`. */
function isReport(value: unknown): value is JsonReport {
  return typeof value === "object" && value !== null && "diagnostics" in value && "summary" in value;
}

/** Talk of the program, in which nothing is taken for a workflow command. */
function log({ out }: Step, text: string): void {
  if (text.trim() === "") return;
  const token = randomUUID();
  out(`::stop-commands::${token}\n${text.trimEnd()}\n::${token}::\n`);
}

function tell(step: Step, inputs: Inputs, { diagnostics, summary }: JsonReport, notes: readonly string[]): void {
  const { GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: summaryFile } = step.env;
  const annotated = inputs.annotations ? annotations(diagnostics) : untold;
  const summarized = inputs.summary && present(summaryFile) ? jobSummary(diagnostics, summary, roomIn(summaryFile)) : untold;
  step.out(annotated.text);
  logRest(step, diagnostics, [...annotated.shown, ...summarized.shown]);
  for (const note of notes) step.out(`kronlint: ${note}\n`);
  const { errors, warnings, notes: infos } = summary;
  const counts = [plural(errors, "error"), plural(warnings, "warning"), plural(infos, "note")].join(", ");
  step.out(`kronlint: ${counts} in ${plural(summary.objects, "object")}, ${plural(summary.files, "file")}\n`);
  const outputs = { errors, warnings, notes: infos, ...(inputs.sarif === undefined ? {} : { sarif: inputs.sarif }) };
  if (present(outputFile)) appendFileSync(outputFile, Object.entries(outputs).map(outputText).join(""));
  if (summarized === untold || !present(summaryFile)) return;
  appendFileSync(summaryFile, `${summarized.text}${notes.map((note) => `\nkronlint: ${note}\n`).join("")}`);
}

const untold: Told = { text: "", shown: [] };

/** What stands nowhere else stands in the log. */
function logRest(step: Step, diagnostics: readonly Diagnostic[], shown: readonly Diagnostic[]): void {
  const known = new Set(shown);
  const rest = diagnostics.filter((one) => !known.has(one));
  if (rest.length > 0) log(step, `${plural(rest.length, "finding")} without room elsewhere:\n${logLines(rest)}`);
}

/**
 * A step's summary may have so many bytes, and a larger one is lost:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const largestSummary = 1024 * 1024;
/** For what stands around the table. */
const aroundTable = 4096;

function roomIn(summaryFile: string): number {
  return largestSummary - aroundTable - (statSync(summaryFile, { throwIfNoEntry: false })?.size ?? 0);
}

function present(path: string | undefined): path is string {
  return path !== undefined && path !== "";
}

/** A value may hold line breaks, and so its end is marked by what nobody can know. */
function outputText([name, value]: readonly [string, string | number]): string {
  const end = `end-${randomUUID()}`;
  return `${name}<<${end}\n${String(value)}\n${end}\n`;
}

function failed({ out }: Step, exit: number, message: string): number {
  out(`::error title=kronlint::${visible(message).replaceAll("%", "%25")}\n`);
  return exit;
}

/** The program that lies beside this one. */
export function programIn(folder: string, cwd: string): Step["kronlint"] {
  return (args) => {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(folder, "bin.cjs"), ...args], {
      cwd,
      encoding: "utf8",
      maxBuffer: 1024 * 1024 * 1024,
    });
    if (error) throw error;
    return { exit: status ?? 3, out: stdout, err: stderr };
  };
}
