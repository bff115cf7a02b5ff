import { randomUUID } from "node:crypto";
import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, type Summary, visible } from "../engine.js";
import { annotations, jobSummary } from "./annotations.js";
import { type Inputs, inputsOf } from "./inputs.js";

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
    const { exit, out, err } = asked(step, inputs);
    const report = reportIn(out);
    log(step, err);
    if (!report) return failed(step, exit === 0 ? 3 : exit, "kronlint gave no report");
    tell(step, inputs, report);
    return exit;
  } catch (error) {
    return failed(step, 2, error instanceof Error ? error.message : String(error));
  }
}

/** On a pull request, what it changes; where git cannot tell, everything, and that is said. */
function asked(step: Step, { paths, flags, sarif, onlyChanged }: Inputs): Answer {
  const always = [...flags, "--format=json", ...(sarif === undefined ? [] : [`--format=sarif=${sarif}`])];
  const isPullRequest = step.env["GITHUB_EVENT_NAME"]?.startsWith("pull_request") === true;
  if (!onlyChanged || !isPullRequest) return step.kronlint([...always, "--", ...paths]);
  // A checkout of a pull request is a merge, whose first parent is the branch that it goes to.
  const answer = step.kronlint([...always, "--changed-files=HEAD^1", "--", ...paths]);
  if (answer.exit !== 2 || !answer.err.includes("--changed-files")) return answer;
  step.out("kronlint: the checkout has no history (fetch-depth: 2 brings enough), so all files are reported, changed or not\n");
  return step.kronlint([...always, "--", ...paths]);
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

function tell(step: Step, inputs: Inputs, { diagnostics, summary }: JsonReport): void {
  if (inputs.annotations) step.out(annotations(diagnostics));
  const { errors, warnings, notes } = summary;
  step.out(`kronlint: ${errors} errors, ${warnings} warnings, ${notes} notes in ${summary.objects} objects, ${summary.files} files\n`);
  const { GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: summaryFile } = step.env;
  const outputs = { errors, warnings, notes, ...(inputs.sarif === undefined ? {} : { sarif: inputs.sarif }) };
  if (present(outputFile)) appendFileSync(outputFile, Object.entries(outputs).map(outputText).join(""));
  if (present(summaryFile) && inputs.summary) appendFileSync(summaryFile, jobSummary(diagnostics, summary));
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
