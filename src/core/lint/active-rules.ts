import { levelOf } from "./levels.js";
import type { AnyRule, Severity } from "./rule.js";
import type { FileSettings } from "./settings.js";

/** The rules that are switched on for a file, and how loud each is. */
export interface ActiveRules {
  readonly byId: ReadonlyMap<string, AnyRule>;
  readonly levels: ReadonlyMap<string, Severity>;
}

export function activeRules(rules: readonly AnyRule[], settings: FileSettings): ActiveRules {
  const byId = new Map<string, AnyRule>();
  const levels = new Map<string, Severity>();
  for (const rule of rules) {
    const level = levelOf(rule, settings);
    if (level === "off") continue;
    byId.set(rule.id, rule);
    levels.set(rule.id, level);
  }
  return { byId, levels };
}
