import { durationSeconds } from "../time/length.js";

/** An option of a rule: from it come the type, the settings schema and the table in the docs. */
export type OptionSpec =
  | { readonly type: "integer"; readonly default: number; readonly minimum?: number; readonly description: string }
  | { readonly type: "boolean"; readonly default: boolean; readonly description: string }
  | { readonly type: "string"; readonly default: string; readonly description: string }
  /** A Go-like duration such as `90s`, `45m`, `1h30m`; the rule sees seconds. */
  | { readonly type: "duration"; readonly default: string; readonly description: string }
  | { readonly type: "strings"; readonly default: readonly string[]; readonly description: string };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type OptionValue<Spec> = Spec extends { type: "integer" | "duration" }
  ? number
  : Spec extends { type: "boolean" }
    ? boolean
    : Spec extends { type: "string" }
      ? string
      : readonly string[];

/** What a rule finds in `context.options`. */
export type OptionValues<Specs extends OptionSpecs> = { readonly [Name in keyof Specs]: OptionValue<Specs[Name]> };

export type AnyOptionValue = number | boolean | string | readonly string[];

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function valueOf(spec: OptionSpec, given: unknown): AnyOptionValue {
  if (spec.type === "duration") {
    const text = typeof given === "string" || typeof given === "number" ? String(given) : spec.default;
    return durationSeconds(text) ?? durationSeconds(spec.default) ?? 0;
  }
  if (spec.type === "strings") return isStrings(given) ? given : spec.default;
  if (typeof given === "number" || typeof given === "boolean" || typeof given === "string") return given;
  return spec.default;
}

/** The given options over the defaults; settings are validated before they come here. */
export function optionValues(
  specs: OptionSpecs | undefined,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, AnyOptionValue>> {
  return Object.fromEntries(Object.entries(specs ?? {}).map(([name, spec]) => [name, valueOf(spec, given[name])]));
}
