import { existsSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import {
  type AnyRule,
  createReporter,
  type Diff,
  diffOf,
  diffTimesData,
  diffTimesText,
  minors,
  type ObjectVerdicts,
  oldRefusedText,
  palette,
  type SidePart,
  unreadableText,
  verdictRows,
  verdictText,
  visible,
  visibleJson,
} from "../engine.js";
import { committedTree } from "../node/committed-tree.js";
import { type FileTree, onDisk } from "../node/file-tree.js";
import { isOddTemplate } from "../node/folder.js";
import { type Commit, gitReason, openCommit } from "../node/git.js";
import { isWithin, shownPath, withSlashes } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";
import type { Target } from "../node/targets.js";
import { type DeployedOptions, deployedFiles } from "./deployed.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { faultReport } from "./fault.js";
import { type Flags, oneOf, UsageError } from "./flags.js";
import { givenFiles } from "./given-files.js";
import { createJudging, type Judgement, type Judging } from "./judging.js";
import { type LintOptions, lintOptions, stdinName, usesColour } from "./lint-options.js";
import type { World } from "./world.js";

/** Grows when a reader of the JSON would have to change. */
const formatVersion = 1;

interface Sides {
  readonly old: readonly SidePart[];
  readonly now: readonly SidePart[];
  readonly judgement: Judgement;
}

interface Run {
  readonly world: World;
  readonly flags: Flags;
  readonly judging: Judging;
  readonly options: LintOptions;
  readonly rules: readonly AnyRule[];
}

/** `kronlint diff OLD NEW`, `kronlint diff --since REF [PATH…]`: what a cluster answers to the change. */
export function diffCommand(around: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): ExitCode {
  const world = { ...around, readStdin: once(around.readStdin) };
  const format = oneOf("format", flags.text("format"), ["text", "json"]) ?? "text";
  const options = lintOptions(world, flags);
  const judging = createJudging(world, flags, paths, rules);
  const run: Run = { world, flags, judging, options, rules };
  const since = flags.text("since");
  const sides = since === undefined ? givenSides(run, paths) : sidesSince(run, since, paths.length > 0 ? paths : ["."]);
  if (judging.hasBrokenSettings()) return exitCode.usage;
  const { versions } = sides.judgement;
  const deciding = decidingVersions(flags, sides.judgement);
  const diff = diffOf(sides.old, sides.now, sides.judgement.input, versions, deciding);
  for (const { rule, error } of diff.failures) world.err(faultReport(`rule ${rule} failed`, error));
  world.out(format === "json" ? asJson(diff) : asText(diff, world, flags));
  for (const key of diff.ambiguous) world.err(`kronlint: ${visible(key)} is there several times, and was not compared\n`);
  if (diff.changes.length + diff.removed.length + diff.unreadable.length === 0) world.err("kronlint: no Job or CronJob differs\n");
  return diff.failures.length > 0 ? exitCode.fault : exitCodeOf(diff, options, deciding);
}

/** What is piped in is judged, and shown as well. */
function once<Result>(make: () => Result): () => Result {
  let made: { readonly result: Result } | undefined;
  return () => (made ??= { result: make() }).result;
}

function givenSides(run: Run, paths: readonly string[]): Sides {
  const [old, now, ...more] = paths;
  if (old === undefined || now === undefined || more.length > 0) {
    throw new UsageError("diff needs two sides: kronlint diff OLD NEW, or kronlint diff --since REF [PATH…]");
  }
  const newTargets = targetsOf(run, [now]);
  return {
    old: sideOf(run, targetsOf(run, [old]), old),
    now: sideOf(run, newTargets, now),
    judgement: judgementOf(run, newTargets, now),
  };
}

function sidesSince(run: Run, ref: string, paths: readonly string[]): Sides {
  const { world } = run;
  const there = paths.filter((path) => existsSync(resolve(world.cwd, path)));
  const targets = there.length === 0 ? [] : targetsOf(run, there);
  const now = sideOf(run, targets);
  // What is wrong with settings is said once.
  const old = run.judging.hasBrokenSettings() ? [] : sideAt(run, ref, paths);
  if (targets.length === 0 && old === undefined) throw new UsageError(`no such file now or at ${ref}: ${paths.join(", ")}`);
  return { old: old ?? [], now, judgement: judgementOf(run, targets, paths[0] ?? ".") };
}

/** As a commit has the files; undefined where it has none of them. */
function sideAt(run: Run, ref: string, paths: readonly string[]): readonly SidePart[] | undefined {
  const { world, flags, rules } = run;
  const opened = openCommit(world.cwd, ref);
  if (opened.state === "failed") throw new UsageError(`--since ${ref}: ${opened.reason}`);
  const full = paths.map((path) => resolve(world.cwd, path));
  const isBelow = (path: string): boolean => full.some((one) => isWithin(one, path));
  const isAsked = (path: string): boolean => full.includes(path) || (/\.(?:ya?ml|json|tpl)$/i.test(path) && isBelow(path));
  const near = opened.commit.paths.filter(isAsked);
  if (near.length === 0) return undefined;
  const tree = treeOf(opened.commit, isAsked, ref);
  const judging = createJudging(world, flags, paths, rules, tree);
  const isPart = (path: string): boolean => path.endsWith(".tpl") && !isOddTemplate(judging.folders(dirname(path)), basename(path));
  const asked = near.filter((path) => full.includes(path) || !isPart(path));
  const targets = asked.map((path): Target => ({ path, shown: shownPath(world.cwd, path), named: full.includes(path) }));
  return sideOf({ ...run, judging }, targets, undefined, tree);
}

function treeOf(commit: Commit, isAsked: (path: string) => boolean, ref: string): FileTree {
  try {
    return committedTree(commit, isAsked);
  } catch (error) {
    throw new UsageError(`--since ${ref}: ${gitReason(error, ref)}`);
  }
}

function targetsOf({ world, options, judging }: Run, paths: readonly string[]): readonly Target[] {
  return [...givenFiles(world, options, paths, judging).files];
}

/** `root` is the folder of the side, if it is one. */
function sideOf(
  { world, judging }: Run,
  targets: readonly Target[],
  root?: string,
  options: DeployedOptions = {},
): readonly SidePart[] {
  const given = resolve(world.cwd, root ?? ".");
  const isFolder = onDisk.isFolder(given);
  const placeIn = (path: string): string => withSlashes(relative(isFolder ? given : dirname(given), path));
  const placeOf = (deployedBy: string): string => `overlay ${placeIn(resolve(world.cwd, deployedBy))}`;
  // What is not deployed is no more than what is not there.
  const meant = root === undefined ? options : { ...options, root: given };
  const files = deployedFiles({ ...world, err: () => undefined }, judging, targets, meant);
  return [...files].map(({ target, deployed, reason }) => {
    if (!deployed) throw new UsageError(`${target.shown} cannot be read: ${reason}`);
    const overlays = target.isStdin === true ? [] : judging.overlaysOf(target.path).map(placeOf);
    return { deployed, place: isFolder ? placeIn(target.path) : "", placeOf, overlays };
  });
}

/** One set of settings judges a change: that of the first new file, or of the folder. */
function judgementOf({ world, judging }: Run, [first]: readonly Target[], path: string): Judgement {
  const target = first ?? { path: resolve(world.cwd, path, "x.yaml"), shown: path, named: true };
  const judgement = judging.of(target);
  if (judgement) return judgement;
  throw new UsageError(`the settings for ${target.shown} are not valid, see above`);
}

function asJson({ changes, removed, ambiguous, unreadable }: Diff): string {
  const objects = changes.map(({ partial, times, ...object }) => ({
    ...object,
    ...(partial ? { partial } : {}),
    ...(times ? { times: diffTimesData(times) } : {}),
  }));
  return `${visibleJson({ version: formatVersion, objects, removed, ambiguous, ...(unreadable.length === 0 ? {} : { unreadable }) })}\n`;
}

function asText({ changes, removed, unreadable }: Diff, world: World, flags: Flags): string {
  const paint = palette(usesColour(world, flags));
  const reporter = createReporter("text", { colour: usesColour(world, flags), width: world.columns ?? 120 });
  const textOf = (file: string): string | undefined => {
    const reading = file === stdinName(flags) ? world.readStdin() : readTextFile(resolve(world.cwd, file));
    return reading.state === "read" ? reading.text : undefined;
  };
  const texts = changes.map((change) => {
    const refused = Object.values(change.verdicts).some(({ accepted, replacedBy }) => !accepted && replacedBy === undefined);
    const old = change.oldRefusedBy === undefined ? [] : [oldRefusedText(change.oldRefusedBy)];
    if (refused && change.diagnostics.length === 0) return `${[verdictText(change, paint).trimEnd(), ...old].join("\n")}\n\n`;
    const [title = "", ...verdict] = verdictRows(change, paint);
    const rows = [...verdict, ...old, ...(change.times ? diffTimesText(change.times, paint) : [])];
    const findings = change.diagnostics.length === 0 ? "\n" : `\n${reporter.findings(change.diagnostics, textOf)}`;
    return `${[`${title} ${change.change}`, ...rows].join("\n")}\n${findings}`;
  });
  const broken = unreadable.map((part) => unreadableText(part, paint));
  const gone = removed.map((key) => `${visible(key)} is gone from the manifests: applying them deletes nothing\n`);
  return [...texts, ...broken, ...gone].join("");
}

/** Without a range, the newest version decides: older ones are shown. */
function decidingVersions(flags: Flags, { settings, versions }: Judgement): readonly string[] {
  return versions.length === minors.length && flags.text("kubernetes") === undefined ? settings.kubernetes : versions;
}

function exitCodeOf({ changes, unreadable }: Diff, { failOn }: LintOptions, deciding: readonly string[]): ExitCode {
  const refused = ({ accepted, replacedBy }: ObjectVerdicts["verdicts"][string]): boolean => !accepted && replacedBy === undefined;
  const answers = changes.flatMap(({ verdicts }) => deciding.flatMap((version) => verdicts[version] ?? []));
  if (unreadable.length > 0 || answers.some(refused)) return exitCode.findings;
  const order: readonly string[] = ["error", "warning", "info"];
  const failing = order.slice(0, order.indexOf(failOn) + 1);
  return changes.some(({ diagnostics }) => diagnostics.some(({ severity }) => failing.includes(severity)))
    ? exitCode.findings
    : exitCode.clean;
}
