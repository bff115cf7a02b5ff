import { type AnyRule, closest, explainText } from "../engine.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { UsageError } from "./flags.js";
import type { World } from "./world.js";

/** `kronlint explain ID…` */
export function explainCommand(world: World, ids: readonly string[], rules: readonly AnyRule[]): ExitCode {
  if (ids.length === 0) throw new UsageError("explain needs a rule: kronlint explain schedule-syntax; kronlint rules lists them");
  const found = ids.map((id) => ruleNamed(id, rules));
  for (const rule of found) world.out(`${explainText(rule, Math.min(world.columns ?? 100, 100)).trimEnd()}\n`);
  return exitCode.clean;
}

function ruleNamed(id: string, rules: readonly AnyRule[]): AnyRule {
  const rule = rules.find((one) => one.id === id);
  if (rule) return rule;
  throw new UsageError(unknownRule(id, rules));
}

/** `unknown rule no-tll; did you mean no-ttl?` */
export function unknownRule(id: string, rules: readonly AnyRule[]): string {
  const ids = rules.map((rule) => rule.id);
  const near = closest(id, ids) ?? ids.find((one) => id.length > 2 && one.includes(id.toLowerCase()));
  return `unknown rule ${id}; ${near === undefined ? "kronlint rules lists them" : `did you mean ${near}?`}`;
}
