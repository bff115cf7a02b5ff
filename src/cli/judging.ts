import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { AnyRule } from "../engine.js";
import { createJudging as judgingBy, type Judging } from "../node/judging.js";
import type { Flags } from "./flags.js";
import { settingsFiles } from "./settings-files.js";
import { settingsFlags } from "./settings-flags.js";
import type { World } from "./world.js";

export type { Judgement, Judging } from "../node/judging.js";

/** `paths` are the arguments. Throws a UsageError for what is wrong with the flags and with a settings file that they name. */
export function createJudging(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): Judging {
  const said = settingsFlags(flags, rules, world.clock());
  return judgingBy({ rules, ...said, files: settingsFiles(world, flags, rules), linted: linted(world, paths) });
}

/** The folders among the arguments. */
function linted({ cwd }: World, paths: readonly string[]): readonly string[] {
  return paths.map((path) => resolve(cwd, path)).filter(isFolder);
}

/** What cannot be looked at, such as a link to itself, is none. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
