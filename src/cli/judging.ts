import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type AnyRule, lineStarts, positionAt, valuesProblem } from "../engine.js";
import { withCharts } from "../node/charts.js";
import { type FileTree, onDisk } from "../node/file-tree.js";
import { createJudging as judgingBy, type Judging } from "../node/judging.js";
import { isWithin, shower } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";
import { type Flags, UsageError } from "./flags.js";
import { observedIn } from "./observed.js";
import { settingsFiles } from "./settings-files.js";
import { settingsFlags } from "./settings-flags.js";
import type { World } from "./world.js";

export type { Judgement, Judging } from "../node/judging.js";

/**
 * `paths` are the arguments, and `tree` has the files if they do not lie on disk. Throws a UsageError for what is wrong with the flags and
 * with a settings file that they name.
 */
export function createJudging(
  world: World,
  flags: Flags,
  paths: readonly string[],
  rules: readonly AnyRule[],
  tree: FileTree = onDisk,
): Judging {
  const said = settingsFlags(flags, rules, world.clock());
  const observed = observedIn(world, flags);
  const overrides = { ...said.overrides, ...(observed === undefined ? {} : { observed }) };
  const show = shownIn(world, paths);
  const where = { linted: linted(world, paths, tree), cwd: world.cwd, show, tree };
  const judging = judgingBy({ rules, ...said, overrides, files: settingsFiles(world, flags, rules), ...where });
  return withCharts(judging, { values: valuesFiles(world, flags), release: releaseName(flags), show, linted: where.linted, tree });
}

function valuesFiles({ cwd }: World, flags: Flags): readonly string[] {
  return flags.texts("values").map((name) => {
    const path = resolve(cwd, name);
    if (!existsSync(path)) throw new UsageError(`no such values file: ${name}`);
    const problem = problemOf(name, path);
    if (problem !== undefined) throw new UsageError(`--values ${name}: ${problem}`);
    return path;
  });
}

/** What a shell hands over can be read only once. */
function problemOf(name: string, path: string): string | undefined {
  if (!statSync(path).isFile()) return undefined;
  const reading = readTextFile(path);
  if (reading.state === "unreadable") return `cannot be read: ${reading.reason}`;
  const problem = valuesProblem({ name, text: reading.text });
  if (!problem) return undefined;
  const { line, column } = positionAt(lineStarts(reading.text), problem.place.start);
  return `line ${String(line)}, column ${String(column)}: ${problem.message}`;
}

/** https://github.com/helm/helm/blob/v3.18.4/pkg/chartutil/validate_name.go */
const releasePattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const longestRelease = 53;

function releaseName(flags: Flags): string | undefined {
  const name = flags.text("release");
  if (name === undefined) return undefined;
  const length = `--release ${name}: the name has ${String(name.length)} characters, and Helm takes up to ${String(longestRelease)}`;
  if (name.length > longestRelease) throw new UsageError(length);
  const letters = `--release ${name}: Helm takes small letters, digits, - and ., with a letter or digit at both ends of each part`;
  if (!releasePattern.test(name)) throw new UsageError(letters);
  return name;
}

/** As the argument names it that a file is found by. */
function shownIn({ cwd }: World, paths: readonly string[]): (path: string) => string {
  const given = paths.map((argument) => ({ path: resolve(cwd, argument), show: shower(argument, cwd) }));
  return (path) => (given.find((one) => isWithin(one.path, path))?.show ?? shower("", cwd))(path);
}

/** The folders among the arguments. */
function linted({ cwd }: World, paths: readonly string[], { isFolder }: FileTree): readonly string[] {
  return paths.map((path) => resolve(cwd, path)).filter(isFolder);
}
