import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { AnyRule } from "../engine.js";
import { createSettingsFiles, loaded, type LoadedSettings, readSettingsFile, type SettingsFiles } from "../node/settings-files.js";
import { type Flags, UsageError } from "./flags.js";
import type { World } from "./world.js";

/** Those that the flags name, or what lies around each file. Throws a UsageError when `--config` names one that is not usable. */
export function settingsFiles(world: World, flags: Flags, rules: readonly AnyRule[]): SettingsFiles {
  const named = namedSettings(world, flags, rules);
  const tell = (problem: string): void => {
    world.err(`${problem}\n`);
  };
  return createSettingsFiles({ cwd: world.cwd, rules, named, tell });
}

function namedSettings(world: World, flags: Flags, rules: readonly AnyRule[]): LoadedSettings | undefined {
  const name = flags.text("config");
  if (name !== undefined && flags.is("no-config")) throw new UsageError("--config and --no-config contradict each other");
  if (flags.is("no-config")) return loaded({}, undefined, world.cwd);
  if (name === undefined) return undefined;
  const path = resolve(world.cwd, name);
  if (!existsSync(path)) throw new UsageError(`no such settings file: ${name}`);
  const reading = readSettingsFile(world.cwd, path, rules);
  if ("problem" in reading) throw new UsageError(reading.problem.replace(/^kronlint: /gm, ""));
  // Patterns in settings that belong to no folder count from where the person stands.
  return loaded(reading.settings, path, world.cwd);
}
