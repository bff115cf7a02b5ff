import { dirname } from "node:path";
import { type AnyRule, frameOf, readSettings, type Settings, spanOf, visible } from "../engine.js";
import { type Folder, nearestSettings } from "./folder.js";
import { shownPath } from "./path.js";
import { readTextFile } from "./read-file.js";
import type { Selection } from "./targets.js";

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

export interface SettingsFilesOptions {
  /** From where paths in problems are shown. Absolute. */
  readonly cwd: string;
  readonly rules: readonly AnyRule[];
  /** Counts for every folder, whatever lies there. */
  readonly named: LoadedSettings | undefined;
  /** Hears what is wrong with a settings file. */
  readonly tell: (problem: string) => void;
}

/** Reads every settings file once. */
export function createSettingsFiles({ cwd, rules, named, tell }: SettingsFilesOptions): SettingsFiles {
  const none = loaded({}, undefined, cwd);
  const known = new Map<string, LoadedSettings>();
  let broken = false;
  const load = (path: string): LoadedSettings => {
    const reading = readSettingsFile(cwd, path, rules);
    if ("settings" in reading) return loaded(reading.settings, path, dirname(path));
    tell(reading.problem);
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

/** Patterns in the settings count from `base`. */
export function loaded(settings: Settings, path: string | undefined, base: string): LoadedSettings {
  const { include = [], exclude = [] } = settings;
  return { settings, path, selection: { base, include, exclude }, isBroken: false };
}

/** Settings, or what is wrong with them as lines for a terminal. */
export type SettingsReading = { readonly settings: Settings } | { readonly problem: string };

export function readSettingsFile(cwd: string, path: string, rules: readonly AnyRule[]): SettingsReading {
  const name = shownPath(cwd, path);
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
