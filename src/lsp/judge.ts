import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { AnyRule } from "../engine.js";
import { withCharts } from "../node/charts.js";
import { createJudging, type Judging } from "../node/judging.js";
import { createSettingsFiles, loaded, type LoadedSettings, readSettingsFile } from "../node/settings-files.js";
import { locateFile } from "./places.js";
import type { Preferences } from "./preferences.js";

export interface JudgeOptions {
  readonly rules: readonly AnyRule[];
  /** The workspace folders. */
  readonly roots: readonly string[];
  readonly cwd: string;
  readonly preferences: Preferences;
  readonly clock: () => number;
  /** Hears what is wrong with settings files. */
  readonly tell: (problem: string) => void;
}

/** Judges as a run of the terminal over the workspace folders would, with the client's settings as its flags. */
export function createJudge({ rules, roots, cwd, preferences, clock, tell }: JudgeOptions): Judging {
  const base = roots[0] ?? cwd;
  const { overrides, inlineIgnore, config, release } = preferences;
  const named = config === undefined ? undefined : namedSettings(resolve(base, config), base, rules, tell);
  const files = createSettingsFiles({ cwd: base, rules, named, tell });
  const show = (path: string): string => locateFile(path, roots).name;
  const judging = createJudging({ rules, files, overrides, inlineIgnore, now: clock(), linted: roots, show });
  const values = preferences.values.map((name) => resolve(base, name));
  for (const path of values) if (!existsSync(path)) tell(`kronlint: no such values file: ${path}`);
  return withCharts(judging, { values: values.filter((path) => existsSync(path)), release, show, linted: roots });
}

/** As with `--config`, patterns count from the first folder. Broken settings judge nothing. */
function namedSettings(path: string, base: string, rules: readonly AnyRule[], tell: (problem: string) => void): LoadedSettings {
  const reading = readSettingsFile(base, path, rules);
  if ("settings" in reading) return loaded(reading.settings, path, base);
  tell(reading.problem);
  return { ...loaded({}, path, dirname(path)), isBroken: true };
}
