import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type AnyRule, frameOf, readSettings, type Settings, spanOf, visible } from "../engine.js";
import { type Folder, nearestSettings } from "../node/folder.js";
import { shownPath } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";
import type { Selection } from "../node/targets.js";
import { type Flags, UsageError } from "./flags.js";
import type { World } from "./world.js";

/** The settings that a file, or no file, gives. */
export interface LoadedSettings {
  readonly settings: Settings;
  readonly selection: Selection;
  /** Absolute. */
  readonly path: string | undefined;
  /** It has faults, which were told: what it covers cannot be judged. */
  readonly isBroken: boolean;
}

export interface SettingsFiles {
  readonly of: (folder: Folder) => LoadedSettings;
  readonly hasBroken: () => boolean;
}

/** Reads every settings file once. Throws a UsageError when `--config` names one that is not usable. */
export function createSettingsFiles(world: World, flags: Flags, rules: readonly AnyRule[]): SettingsFiles {
  const none = loaded({}, undefined, world.cwd);
  const named = namedSettings(world, flags, rules, none);
  const known = new Map<string, LoadedSettings>();
  let broken = false;
  const load = (path: string): LoadedSettings => {
    const reading = readSettingsFile(world, path, rules);
    if ("settings" in reading) return loaded(reading.settings, path, dirname(path));
    world.err(`${reading.problem}\n`);
    broken = true;
    return { ...none, path, isBroken: true };
  };
  return {
    of: (folder) => {
      const path = named ? undefined : nearestSettings(folder);
      if (path === undefined) return named ?? none;
      const found = known.get(path) ?? load(path);
      known.set(path, found);
      return found;
    },
    hasBroken: () => broken,
  };
}

function namedSettings(world: World, flags: Flags, rules: readonly AnyRule[], none: LoadedSettings): LoadedSettings | undefined {
  const name = flags.text("config");
  if (name !== undefined && flags.is("no-config")) throw new UsageError("--config and --no-config contradict each other");
  if (flags.is("no-config")) return none;
  if (name === undefined) return undefined;
  const path = resolve(world.cwd, name);
  if (!existsSync(path)) throw new UsageError(`no such settings file: ${name}`);
  const reading = readSettingsFile(world, path, rules);
  if ("problem" in reading) throw new UsageError(reading.problem.replace(/^kronlint: /gm, ""));
  // Patterns in settings that belong to no folder count from where the person stands.
  return loaded(reading.settings, path, world.cwd);
}

function loaded(settings: Settings, path: string | undefined, base: string): LoadedSettings {
  const { include = [], exclude = [] } = settings;
  return { settings, path, selection: { base, include, exclude }, isBroken: false };
}

type SettingsReading = { readonly settings: Settings } | { readonly problem: string };

function readSettingsFile(world: World, path: string, rules: readonly AnyRule[]): SettingsReading {
  const name = shownPath(world.cwd, path);
  const reading = readTextFile(path);
  if (reading.state === "unreadable") return { problem: `kronlint: the settings ${visible(name)} cannot be read: ${reading.reason}` };
  const found = readSettings({ name, text: reading.text }, rules);
  if (found.state === "read") return { settings: found.settings };
  return { problem: found.problems.map(({ place, message }) => described(name, place, message)).join("\n") };
}

function described(name: string, place: Parameters<typeof spanOf>[0], message: string): string {
  const { line, column, start, end } = spanOf(place);
  const { before, marked, after, indent, carets } = frameOf(place.source.text, start, end, 100);
  const gutter = " ".repeat(String(line).length);
  const head = `kronlint: ${visible(name)}:${line}:${column}: ${visible(message)}`;
  return `${head}\n  ${line} | ${before}${marked}${after}\n  ${gutter} | ${indent}${carets}`;
}
