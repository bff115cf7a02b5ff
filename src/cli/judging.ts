import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { AnyRule } from "../engine.js";
import { withCharts } from "../node/charts.js";
import { type FileTree, onDisk } from "../node/file-tree.js";
import { createJudging as judgingBy, type Judging } from "../node/judging.js";
import { isWithin, shower } from "../node/path.js";
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
  return withCharts(judging, { values: valuesFiles(world, flags), release: flags.text("release"), show, linted: where.linted, tree });
}

function valuesFiles({ cwd }: World, flags: Flags): readonly string[] {
  return flags.texts("values").map((name) => {
    const path = resolve(cwd, name);
    if (!existsSync(path)) throw new UsageError(`no such values file: ${name}`);
    return path;
  });
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
