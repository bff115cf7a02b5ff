import {
  type AnyRule,
  counted,
  type Diagnostic,
  lintWorkspace,
  nothing,
  plural,
  type Source,
  type StoredFact,
  type Summary,
  type Suppressed,
} from "../engine.js";
import type { Target } from "../node/targets.js";
import { type Reading, readTextFile } from "../node/read-file.js";
import { codeFor, type ExitCode, exitCode } from "./exit-code.js";
import { faultReport } from "./fault.js";
import { type Fixer, createFixer } from "./fixing.js";
import { type Flags, UsageError } from "./flags.js";
import { createJudging, type Judging, type Judgement } from "./judging.js";
import { toolOf } from "./tool.js";
import type { LintJob } from "./lint-job.js";
import { type LintOptions, lintOptions } from "./lint-options.js";
import { withBaseline } from "./known-findings.js";
import { openNews } from "./news.js";
import { openOutput, type Output } from "./output.js";
import { createProgress, type Progress } from "./progress.js";
import { type Given, givenFiles } from "./given-files.js";
import { open, type Sieve } from "./sieve.js";
import { sharded } from "./shard.js";
import { createStats, noStats, type Stats, timed } from "./stats.js";
import { createStreamOrigins, type StreamOrigins } from "./stream-origins.js";
import { createWorkspace, type Workspace } from "./workspace.js";
import { ClosedPipe, type World } from "./world.js";

/** What one lint run holds in its hands. */
interface Run {
  readonly world: World;
  readonly options: LintOptions;
  readonly judging: Judging;
  readonly output: Output;
  readonly fixer: Fixer;
  readonly news: Sieve;
  readonly progress: Progress;
  readonly workspace: Workspace;
  readonly origins: StreamOrigins;
  readonly stats: Stats;
  readonly rules: readonly AnyRule[];
}

interface Outcome {
  readonly summary: Summary;
  /** kronlint was at fault somewhere. */
  readonly faulty: boolean;
}

export function lintCommand(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): ExitCode {
  const options = lintOptions(world, flags);
  const judging = createJudging(world, flags, paths, rules);
  const all = givenFiles(world, withBaseline(world, flags, options), paths, judging);
  if (flags.is("watch")) watchGiven(world, options, all);
  const given = options.shard ? sharded(all, options.shard, judging, world.cwd) : all;
  return lintGiven(world, flags, rules, { options, judging, given });
}

function watchGiven(world: World, { destinations }: LintOptions, { roots, hasStdin }: Given): void {
  if (hasStdin) throw new UsageError("--watch needs files or folders; standard input comes only once");
  world.watch?.({ roots, ours: destinations.flatMap(({ file }) => file ?? []) });
}

/** Lints files, and texts that have been got elsewhere. */
export function lintGiven(world: World, flags: Flags, rules: readonly AnyRule[], job: LintJob): ExitCode {
  const { options, judging, given } = job;
  const fixer = createFixer(world, options, given);
  const main = fixer.takesOutput ? world.err : world.out;
  const news = openNews(world, flags, rules, job);
  const progress = createProgress(world);
  const output = openOutput(world, options, toolOf(rules), fixer.showsOnly ? () => undefined : main);
  const kept = { workspace: createWorkspace(judging.unitOf), origins: createStreamOrigins(world.cwd) };
  const stats = flags.is("stats") ? createStats() : noStats;
  const outcome = lintAll({ world, options, judging, output, fixer, news, progress, ...kept, stats, rules }, given);
  progress.clear();
  stats.spent("report", () => output.end(outcome.summary));
  fixer.end();
  news.end(outcome);
  talk(world, outcome.summary, judging, options);
  world.err(stats.text(outcome.summary));
  return exitCodeOf(outcome, options, judging);
}

export type AllFindings =
  { readonly state: "found"; readonly diagnostics: readonly Diagnostic[] } | { readonly state: "failed"; readonly exit: ExitCode };

/** What a lint run finds, whatever a baseline knows. Throws a UsageError. */
export function allFindings(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): AllFindings {
  const options: LintOptions = { ...lintOptions(world, flags), fix: "no" };
  const judging = createJudging(world, flags, paths, rules);
  const given = givenFiles(world, withBaseline(world, flags, options), paths, judging);
  const diagnostics: Diagnostic[] = [];
  const output: Output = { findings: (found) => void diagnostics.push(...found), suppressed: () => undefined, end: () => undefined };
  const progress = createProgress(world);
  const fixer = createFixer(world, options, given);
  const kept = { workspace: createWorkspace(judging.unitOf), origins: createStreamOrigins(world.cwd) };
  const { faulty } = lintAll({ world, options, judging, output, fixer, news: open, progress, ...kept, stats: noStats, rules }, given);
  progress.clear();
  if (faulty) return { state: "failed", exit: exitCode.fault };
  return judging.hasBrokenSettings() ? { state: "failed", exit: exitCode.usage } : { state: "found", diagnostics };
}

function lintAll(run: Run, given: Given): Outcome {
  let summary = nothing;
  let faulty = false;
  const { stats } = run;
  for (const target of timed(stats, "find", withElsewhere(run, given))) {
    run.progress.show(summary.files, target.shown);
    const result = lintOne(run, target);
    if (result === undefined) continue;
    const { diagnostics, objects, text } = result;
    run.output.suppressed(result.suppressed);
    const shown = run.options.quiet ? diagnostics.filter(({ severity }) => severity !== "info") : diagnostics;
    summary = counted(summary, shown, { files: 1, objects });
    faulty ||= result.faulty;
    run.workspace.add(target, result.facts);
    if (shown.length === 0) continue;
    run.progress.clear();
    stats.spent("report", () => run.output.findings(shown, (file) => (file === target.shown ? text : run.origins.textOf(file))));
  }
  const together = stats.spent("workspace", () => lintWorkspace(run.workspace.units(), run.rules));
  for (const { rule, error } of together.failures) fault(run, `rule ${rule} failed on the workspace`, error);
  const fresh = run.news.ofWorkspace(run.origins.told(together.diagnostics));
  const shown = run.options.quiet ? fresh.filter(({ severity }) => severity !== "info") : fresh;
  if (shown.length > 0) run.output.findings(shown, (file) => run.origins.textOf(file) ?? run.workspace.textOf(file));
  return { summary: counted(summary, shown, { files: 0, objects: 0 }), faulty: faulty || together.failures.length > 0 };
}

/** What was asked for, then what it is built from and a finding stands in. */
function* withElsewhere({ judging }: Run, { files, isIn = () => true }: Given): Generator<Target, void, undefined> {
  yield* files;
  for (const path of judging.elsewhere().filter(isIn)) yield { path, shown: judging.show(path), named: false };
}

interface FileOutcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
  readonly objects: number;
  readonly text: string;
  readonly facts: readonly StoredFact[];
  readonly faulty: boolean;
}

/** Undefined when the settings for the file are broken: nothing can be said about it then. */
function lintOne(run: Run, target: Target): FileOutcome | undefined {
  const judgement = run.judging.of(target);
  if (judgement === undefined) return undefined;
  const reading = run.stats.spent("read", () => readingOf(target, run.world));
  const problem = target.problem ?? (reading.state === "unreadable" ? reading.reason : undefined);
  if (problem !== undefined || reading.state === "unreadable") {
    const found = judgement.unreadable(target.shown, `cannot be read: ${problem ?? ""}`);
    return {
      diagnostics: run.news.ofFile(target, "", judgement, found),
      suppressed: [],
      objects: 0,
      text: "",
      facts: [],
      faulty: false,
    };
  }
  const { text } = reading;
  return run.stats.spent("judge", () => judged(run, target, { name: target.shown, text }, judgement));
}

function readingOf({ text, isStdin, path }: Target, world: World): Reading {
  if (text !== undefined) return { state: "read", text };
  return isStdin === true ? world.readStdin() : readTextFile(path);
}

function judged(run: Run, target: Target, source: Source, judgement: Judgement): FileOutcome {
  try {
    const { text, result } = run.fixer.handle(target, source, judgement);
    for (const { rule, error } of result.failures) fault(run, `rule ${rule} failed on ${target.shown}`, error);
    // A mended stream goes out whole, and places in it are what its reader needs.
    if (target.isStdin === true && run.options.fix === "no") run.origins.note(source);
    const diagnostics = run.news.ofFile(target, text, judgement, run.origins.told(result.diagnostics));
    return { ...result, diagnostics, text, faulty: result.failures.length > 0 };
  } catch (error) {
    if (error instanceof ClosedPipe) throw error;
    fault(run, `${target.shown} could not be judged and was skipped`, error);
    return { diagnostics: [], suppressed: [], objects: 0, text: source.text, facts: [], faulty: true };
  }
}

function fault({ world, progress }: Run, what: string, error: unknown): void {
  progress.clear();
  world.err(faultReport(what, error));
}

/** Silence could be mistaken for approval. */
function talk(world: World, { files, objects, errors }: Summary, judging: Judging, { shard }: LintOptions): void {
  if (judging.hasBrokenSettings() || errors > 0 || shard) return;
  if (files === 0) world.err("kronlint: no manifests here: found no .yaml, .yml or .json file that git does not ignore\n");
  else if (objects === 0) world.err(`kronlint: no Job or CronJob in what was read (${plural(files, "file")})\n`);
}

function exitCodeOf({ summary, faulty }: Outcome, options: LintOptions, judging: Judging): ExitCode {
  if (faulty) return exitCode.fault;
  return judging.hasBrokenSettings() ? exitCode.usage : codeFor(summary, options);
}
