import { neighbourKinds } from "../model/neighbour.js";
import { contextsFor } from "./ask.js";
import type { Context } from "./context.js";
import { levelOf } from "./levels.js";
import { neighbourRules } from "./neighbour-rules.js";
import type { AnyRule, Severity } from "./rule.js";
import type { FileSettings } from "./settings.js";

/** The rules that are switched on for a file, and how loud each is. */
export interface ActiveRules {
  readonly byId: ReadonlyMap<string, AnyRule>;
  readonly levels: ReadonlyMap<string, Severity>;
  /** Those that the settings name. */
  readonly named: ReadonlySet<string>;
  /** Those that look at objects themselves. */
  readonly looking: readonly LookingRule[];
  /** The same by the method that asks, so that nobody is asked who has nothing to say. */
  readonly asking: Readonly<Record<Method, readonly LookingRule[]>>;
  /** Some speak for the API server, which then has to be asked. */
  readonly asksServer: boolean;
  /** Kinds that they want to know besides Job and CronJob. */
  readonly reads: readonly string[];
}

export interface LookingRule {
  readonly rule: AnyRule;
  readonly level: Severity;
  readonly context: Context;
}

// Files judged alike share their settings object, so this is worked out once for many files; it goes when the settings go.
const known = new WeakMap<FileSettings, WeakMap<readonly AnyRule[], ActiveRules>>();

export function activeRules(rules: readonly AnyRule[], settings: FileSettings): ActiveRules {
  const ofSettings = known.get(settings) ?? new WeakMap<readonly AnyRule[], ActiveRules>();
  known.set(settings, ofSettings);
  const active = ofSettings.get(rules) ?? workedOut(rules, settings);
  ofSettings.set(rules, active);
  return active;
}

function workedOut(rules: readonly AnyRule[], settings: FileSettings): ActiveRules {
  const byId = new Map<string, AnyRule>();
  const levels = new Map<string, Severity>();
  for (const rule of rules) {
    const level = levelOf(rule, settings);
    if (level === "off") continue;
    byId.set(rule.id, rule);
    levels.set(rule.id, level);
  }
  const looking = lookingRules(byId, levels, settings);
  const inside = neighbourKinds.filter((kind) => looking.some(({ rule }) => neighbourRules[kind].has(rule.id)));
  const reads = [...new Set([...looking.flatMap(({ rule }) => rule.reads ?? []), ...inside])];
  const asksServer = [...byId.values()].some(({ from }) => from === "api");
  return { byId, levels, asksServer, named: new Set(Object.keys(settings.rules)), looking, asking: byMethod(looking), reads };
}

function byMethod(looking: readonly LookingRule[]): ActiveRules["asking"] {
  const having = (method: Method): readonly LookingRule[] => looking.filter(({ rule }) => method in rule);
  return {
    cronJob: having("cronJob"),
    job: having("job"),
    podTemplate: having("podTemplate"),
    container: having("container"),
    facts: having("facts"),
    other: having("other"),
    otherFacts: having("otherFacts"),
    change: having("change"),
  };
}

const methods = ["cronJob", "job", "podTemplate", "container", "facts", "other", "otherFacts", "change"] as const;
type Method = (typeof methods)[number];

function lookingRules(
  byId: ReadonlyMap<string, AnyRule>,
  levels: ReadonlyMap<string, Severity>,
  settings: FileSettings,
): readonly LookingRule[] {
  const contextOf = contextsFor(settings);
  return [...byId.values()].flatMap((rule) => {
    if (!methods.some((method) => method in rule)) return [];
    return [{ rule, level: levels.get(rule.id) ?? rule.severity, context: contextOf(rule) }];
  });
}
