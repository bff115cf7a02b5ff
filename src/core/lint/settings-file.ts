import { minors } from "../api/versions.js";
import type { ObservedRuns } from "../runtime/observed.js";
import type { Delivery } from "./context.js";
import { parseKubernetesRange } from "./kubernetes-range.js";
import { levelIn } from "./levels.js";
import { durationSeconds } from "../time/length.js";
import type { FileSettings, Level, Preset, RuleSetting, Settings } from "./settings.js";

/** What the command line, or whoever else calls, says over the settings. */
export interface SettingsOverrides {
  readonly kubernetes?: string;
  readonly delivery?: Delivery;
  readonly timeZone?: string;
  readonly preset?: Preset;
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  readonly observed?: ReadonlyMap<string, ObservedRuns>;
}

export interface FileSettingsInput {
  /** Validated. */
  readonly settings: Settings;
  readonly flags?: SettingsOverrides;
  /** The path of the file as the globs of `overrides` see it: from the folder of the settings, with `/`. */
  readonly file: string;
  readonly matches: (glob: string, file: string) => boolean;
  /** What the files around say where no setting does. */
  readonly delivery?: Delivery;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly inlineIgnore?: boolean;
  readonly adviceInProse?: boolean;
}

/** What applies to one file: flags over overrides over rules over preset. */
export function fileSettings(input: FileSettingsInput): FileSettings {
  const { settings, flags = {}, file, matches, now } = input;
  const overrides = (settings.overrides ?? []).filter(({ files }) => files.some((glob) => matches(glob, file)));
  const layers = [settings.rules, ...overrides.map(({ rules }) => rules), flags.rules];
  return {
    kubernetes: kubernetesOf(flags.kubernetes ?? settings.kubernetes),
    delivery: flags.delivery ?? settings.delivery ?? input.delivery ?? "kubectl",
    timeZone: flags.timeZone ?? settings.timeZone ?? "Etc/UTC",
    preset: flags.preset ?? settings.preset ?? "recommended",
    rules: layers.reduce<Readonly<Record<string, RuleSetting>>>(over, {}),
    runtimes: runtimesOf(settings.runtimes ?? {}),
    ...(flags.observed === undefined ? {} : { observed: flags.observed }),
    ...(settings.helm === undefined ? {} : { helm: settings.helm }),
    ...(now === undefined ? {} : { now }),
    inlineIgnore: input.inlineIgnore ?? true,
    adviceInProse: input.adviceInProse ?? true,
  };
}

/** The settings of a text that stands alone, such as standard input without a settings file. */
export function defaultFileSettings(given: Partial<FileSettingsInput> = {}): FileSettings {
  return fileSettings({ settings: {}, file: "", matches: () => false, ...given });
}

function kubernetesOf(text: string | undefined): readonly string[] {
  const range = text === undefined ? undefined : parseKubernetesRange(text, minors);
  return range?.state === "read" ? range.minors : minors.slice(-1);
}

/** A level alone keeps the options that a lower layer set. */
function over(
  below: Readonly<Record<string, RuleSetting>>,
  above: Readonly<Record<string, RuleSetting>> | undefined,
): Readonly<Record<string, RuleSetting>> {
  return { ...below, ...Object.fromEntries(Object.entries(above ?? {}).map(([id, setting]) => [id, together(below[id], setting)])) };
}

function together(below: RuleSetting | undefined, above: RuleSetting): RuleSetting {
  if (typeof below !== "object") return above;
  const level: Level = levelIn(above);
  return [level, { ...below[1], ...(typeof above === "object" ? above[1] : {}) }];
}

function runtimesOf(runtimes: Readonly<Record<string, string>>): Readonly<Record<string, number>> {
  const seconds = Object.entries(runtimes).flatMap(([name, text]) => {
    const length = durationSeconds(written(text));
    return length === undefined ? [] : [[name, length] as const];
  });
  return Object.fromEntries(seconds);
}

/** From an object of a program, `runtimes` may also hold seconds as numbers. */
function written(value: string | number): string {
  return String(value);
}
