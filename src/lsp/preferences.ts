import { type AnyRule, type SettingsOverrides, validateSettings } from "../engine.js";

/** What the client's settings say, after validation. */
export interface Preferences {
  /** Over what settings files say, as flags are in the terminal. */
  readonly overrides: SettingsOverrides;
  /** A settings file for all files; relative to the first folder. */
  readonly config: string | undefined;
  readonly inlineIgnore: boolean;
  /** Whether findings of a baseline are left out. */
  readonly baseline: boolean;
  /** Values files of charts, relative to the first folder. */
  readonly values: readonly string[];
  /** The name of the release. */
  readonly release: string | undefined;
  /** Whether files that are not open are judged too, where the client asks. */
  readonly workspace: boolean;
  /** How runs are shown beside a schedule. */
  readonly hints: "auto" | "lenses" | "inlay" | "off";
  readonly problems: readonly string[];
}

/** `{ "kubernetes": "1.34", "preset": "strict", … }`; what is not valid is told and left out. */
export function preferencesFrom(given: unknown, rules: readonly AnyRule[]): Preferences {
  const named = objectOf(given);
  const keys = ["kubernetes", "delivery", "timeZone", "preset", "rules"] as const;
  const overrides = Object.fromEntries(keys.flatMap((key) => (isSet(named[key]) ? [[key, named[key]] as const] : [])));
  const problems = validateSettings(overrides, rules).map(({ message }) => message);
  const { config, inlineIgnore, baseline, values, release, workspaceDiagnostics, hints } = named;
  return {
    overrides: problems.length === 0 && isOverrides(overrides) ? overrides : {},
    config: textIn(config),
    inlineIgnore: inlineIgnore !== false,
    baseline: baseline !== false,
    values: (Array.isArray(values) ? values : [values]).flatMap((value: unknown) => textIn(value) ?? []),
    release: textIn(release),
    workspace: workspaceDiagnostics !== false,
    hints: hints === "lenses" || hints === "inlay" || hints === "off" ? hints : "auto",
    problems,
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Editors send "" and {} for what a person left as it was. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** The validator has just said so. */
function isOverrides(value: object): value is SettingsOverrides {
  return Object.keys(value).every((key) => key !== "include");
}
