import type { AnyRule, Severity } from "./rule.js";
import type { FileSettings, Level, RuleSetting } from "./settings.js";
import { weaker, weightOf } from "./severity.js";

/** How loud a rule is in a file: what the settings say about it, else what the preset makes of its own severity. */
export function levelOf(rule: AnyRule, { rules, preset }: Pick<FileSettings, "rules" | "preset">): Level {
  const setting = rules[rule.id];
  if (setting !== undefined) return levelIn(setting);
  if (preset === "minimal") return rule.severity === "error" ? "error" : "off";
  return preset === "strict" && rule.severity === "info" ? "warning" : rule.severity;
}

/** The level that a setting names; `false` is what YAML 1.1 makes of `off`. */
export function levelIn(setting: RuleSetting): Level {
  const level = typeof setting === "object" ? setting[0] : setting;
  return level === false ? "off" : level;
}

const bySteps: readonly Severity[] = ["info", "warning", "error"];

/**
 * How loud one finding is. Where it is weaker than its rule, it stays weaker by as much when the rule is raised; a rule
 * that is turned down caps it.
 */
export function findingSeverity(rule: AnyRule, own: Severity | undefined, level: Severity): Severity {
  if (own === undefined || weightOf(own) >= weightOf(rule.severity)) return level;
  if (weightOf(level) <= weightOf(rule.severity)) return weaker(own, level);
  const steps = weightOf(rule.severity) - weightOf(own);
  return bySteps[weightOf(level) - steps - 1] ?? "info";
}

/**
 * What the preset makes of one finding whose rule no setting names: minimal leaves errors alone, strict raises advice to a
 * warning, also where a louder rule gives it.
 */
export function byPreset(severity: Severity, rule: string, settings: Pick<FileSettings, "rules" | "preset">): Severity | undefined {
  const { preset, rules } = settings;
  if (rules[rule] !== undefined) return severity;
  if (preset === "minimal" && severity !== "error") return undefined;
  return preset === "strict" && severity === "info" ? "warning" : severity;
}
