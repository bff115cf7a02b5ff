import validate, { type ValidatorError } from "../../../schemas/settings-validator.js";
import { minors } from "../api/versions.js";
import { closest } from "../api/similar.js";
import { isKnownZone, suggestZone } from "../time/zone.js";
import { parseKubernetesRange } from "./kubernetes-range.js";
import { durationSeconds } from "../time/length.js";
import type { AnyRule } from "./rule.js";

/** What is wrong with settings, and where. */
export interface SettingsProblem {
  /** Keys and indexes from the top: `["overrides", "0", "rules"]`. */
  readonly path: readonly string[];
  /** The key at the end of the path is meant, not its value. */
  readonly atKey: boolean;
  readonly message: string;
}

/** Everything that is wrong with settings: by their schema, and what a schema cannot say. Empty when they are `Settings`. */
export function validateSettings(value: unknown, rules: readonly AnyRule[]): readonly SettingsProblem[] {
  if (!validate(value)) return schemaProblems(validate.errors ?? [], value, rules);
  return meaningProblems(value, rules);
}

function schemaProblems(errors: readonly ValidatorError[], value: unknown, rules: readonly AnyRule[]): readonly SettingsProblem[] {
  // `if` and what refers to a definition repeat what another error says.
  const telling = errors.filter(({ keyword }) => keyword !== "if" && keyword !== "allOf");
  return telling.map((error) => schemaProblem(error, value, rules));
}

function schemaProblem({ instancePath, keyword, params }: ValidatorError, value: unknown, rules: readonly AnyRule[]): SettingsProblem {
  const path = instancePath.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const unknown = params["additionalProperty"];
  if (typeof unknown === "string") return { path: [...path, unknown], atKey: true, message: unknownKey(unknown, path, rules) };
  const name = path.length === 0 ? "the settings" : path.join(".");
  return { path, atKey: false, message: `${name} ${complaint(keyword, params, valueAt(value, path), path.includes("rules"))}` };
}

const keys: Readonly<Record<string, readonly string[]>> = {
  "": ["kubernetes", "delivery", "timeZone", "preset", "rules", "runtimes", "helm", "include", "exclude", "overrides"],
  helm: ["values", "release"],
  overrides: ["files", "rules"],
};

function unknownKey(key: string, path: readonly string[], rules: readonly AnyRule[]): string {
  const ruleIndex = path.lastIndexOf("rules");
  const rule = ruleIndex < 0 ? undefined : path[ruleIndex + 1];
  const inRule = rules.find(({ id }) => id === rule);
  const candidates = inRule ? Object.keys(inRule.options ?? {}) : ruleIndex < 0 ? (keys[path[0] ?? ""] ?? []) : rules.map(({ id }) => id);
  const what = inRule ? `${inRule.id} has no option ${key}` : ruleIndex < 0 ? `there is no setting ${key}` : `there is no rule ${key}`;
  const near = closest(key, candidates);
  if (near !== undefined) return `${what}; did you mean ${near}?`;
  return ruleIndex >= 0 && !inRule ? `${what}; kronlint rules lists them` : `${what}; it may be ${orList(candidates)}`;
}

function complaint(keyword: string, params: ValidatorError["params"], value: unknown, inRules: boolean): string {
  const { allowedValues, type, missingProperty, limit } = params;
  if (keyword === "enum" && Array.isArray(allowedValues)) {
    const allowed = allowedValues.filter((one) => typeof one === "string");
    const near = typeof value === "string" ? closest(value, allowed) : undefined;
    return `is ${orList(allowed)}, not ${JSON.stringify(value)}${near === undefined ? "" : `; did you mean ${near}?`}`;
  }
  if (keyword === "type") return `must be ${typeNames(type)}, not ${JSON.stringify(value).slice(0, 60)}`;
  if (keyword === "required" && typeof missingProperty === "string") return `lacks ${missingProperty}`;
  if (keyword === "minimum") return `must be at least ${String(limit)}`;
  return inRules ? "must be a level, or a level and options: [warning, { … }]" : "is not what a setting looks like";
}

const typeWords: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
};

function typeNames(type: unknown): string {
  const types = Array.isArray(type) ? type : [type];
  return orList(types.map((one) => typeWords[String(one)] ?? String(one)));
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

function meaningProblems(value: unknown, rules: readonly AnyRule[]): readonly SettingsProblem[] {
  return [
    ...check(value, ["kubernetes"], (text) => {
      const range = parseKubernetesRange(text, minors);
      return range.state === "refused" ? `kubernetes: ${range.message}` : undefined;
    }),
    ...check(value, ["timeZone"], zoneProblem),
    ...entriesAt(value, ["runtimes"]).flatMap(([name]) => check(value, ["runtimes", name], durationProblem)),
    ...ruleMaps(value).flatMap((path) => optionProblems(value, path, rules)),
  ];
}

function check(value: unknown, path: readonly string[], judge: (text: string) => string | undefined): readonly SettingsProblem[] {
  const found = valueAt(value, path);
  if (typeof found !== "string" && typeof found !== "number") return [];
  const message = judge(String(found));
  return message === undefined ? [] : [{ path, atKey: false, message }];
}

function zoneProblem(name: string): string | undefined {
  if (isKnownZone(name)) return undefined;
  const near = suggestZone(name)?.use;
  return `timeZone: there is no time zone ${name}${near === undefined ? "" : `; did you mean ${near}?`}`;
}

function durationProblem(text: string): string | undefined {
  return durationSeconds(text) === undefined ? `${JSON.stringify(text)} is no length of time; write 90s, 45m, 1h30m or 2d` : undefined;
}

/** `rules`, and the `rules` of each override. */
function ruleMaps(value: unknown): readonly (readonly string[])[] {
  return [["rules"], ...entriesAt(value, ["overrides"]).map(([index]) => ["overrides", index, "rules"])];
}

function optionProblems(value: unknown, path: readonly string[], rules: readonly AnyRule[]): readonly SettingsProblem[] {
  return rules.flatMap(({ id, options }) => {
    const durations = Object.entries(options ?? {}).filter(([, { type }]) => type === "duration");
    return durations.flatMap(([name]) => check(value, [...path, id, "1", name], durationProblem));
  });
}

function entriesAt(value: unknown, path: readonly string[]): readonly (readonly [string, unknown])[] {
  const found = valueAt(value, path);
  return typeof found === "object" && found !== null ? Object.entries(found) : [];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, step) => {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    return Object.getOwnPropertyDescriptor(found, step)?.value;
  }, value);
}
