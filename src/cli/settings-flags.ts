import { type AnyRule, validateSettings, type SettingsOverrides } from "../engine.js";
import { type FlagName, type Flags, oneOf, UsageError } from "./flags.js";

/** What the flags say about judging. */
export interface SettingsFlags {
  readonly overrides: SettingsOverrides;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly inlineIgnore: boolean;
}

const flagOf: Readonly<Record<string, FlagName>> = { kubernetes: "kubernetes", timeZone: "time-zone", rules: "rule" };

/** Throws a UsageError. */
export function settingsFlags(flags: Flags, rules: readonly AnyRule[], clock: number): SettingsFlags {
  const kubernetes = flags.text("kubernetes");
  const timeZone = flags.text("time-zone");
  const delivery = oneOf("delivery", flags.text("delivery"), ["argocd", "flux", "helm", "kubectl"]);
  const preset = oneOf("preset", flags.text("preset"), ["minimal", "recommended", "strict"]);
  const overrides: SettingsOverrides = {
    ...(kubernetes === undefined ? {} : { kubernetes }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(delivery === undefined ? {} : { delivery }),
    ...(preset === undefined ? {} : { preset }),
    rules: Object.fromEntries(flags.texts("rule").map(ruleLevel)),
  };
  const problems = validateSettings(overrides, rules).map(({ path, message }) => {
    return `--${flagOf[path[0] ?? ""] ?? path.join(".")}: ${unnamed(message)}`;
  });
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return { overrides, now: pointInTime("now", flags.text("now")) ?? clock, inlineIgnore: !flags.is("no-inline-ignore") };
}

/** The flag has been named already. */
function unnamed(message: string): string {
  return message.replace(/^(?:kubernetes|timeZone): /, "");
}

function ruleLevel(text: string): readonly [string, "off" | "info" | "warning" | "error"] {
  const [id = "", level, ...rest] = text.split("=");
  if (level === undefined || rest.length > 0) throw new UsageError(`--rule ${text}: write it as --rule ${id || "job-no-ttl"}=off`);
  const found = oneOf("rule", level === "warn" ? "warning" : level, ["off", "info", "warning", "error"], text);
  return [id, found ?? "off"];
}

/** A date alone means its midnight in UTC; a time needs its offset, or two machines would read it differently. */
export function pointInTime(flag: FlagName, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const isComplete = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time = isComplete ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time) && isDay(text.slice(0, 10))) return time;
  throw new UsageError(`--${flag} ${text}: write it as 2026-03-01 or 2026-03-01T06:30:00Z`);
}

/** 30 February is none, though `Date.parse` takes it for 2 March. */
function isDay(date: string): boolean {
  return new Date(Date.parse(date)).toISOString().startsWith(date);
}
