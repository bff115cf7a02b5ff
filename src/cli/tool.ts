import { type AnyRule, ruleHelp, type Tool } from "../engine.js";
import { version } from "./version.js";

/** What reports may say about kronlint and its rules. */
export function toolOf(rules: readonly AnyRule[]): Tool {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return {
    version,
    aboutRule: (id) => {
      const rule = known.get(id);
      return rule && { summary: rule.summary, severity: rule.severity, category: rule.category, help: ruleHelp(rule) };
    },
  };
}
