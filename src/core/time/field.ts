import type { Word } from "./blanks.js";
import type { CronField, FieldName } from "./schedule.js";

export const weekdays: readonly string[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
export const months: readonly string[] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** What a field allows: the smallest and largest number, and names, the first of which means the smallest number. */
export interface Bounds {
  readonly name: FieldName;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

/** The five fields in the order of a schedule. */
export const fieldBounds = [
  { name: "minute", min: 0, max: 59, names: [] },
  { name: "hour", min: 0, max: 23, names: [] },
  { name: "day of month", min: 1, max: 31, names: [] },
  { name: "month", min: 1, max: 12, names: months },
  { name: "day of week", min: 0, max: 6, names: weekdays },
] as const satisfies readonly Bounds[];

/** The name of a field within a sentence. */
export function withArticle(name: FieldName): string {
  return name === "hour" ? "an hour" : `a ${name}`;
}

export interface FieldRefusal {
  readonly ok: false;
  readonly reason: string;
  readonly start: number;
  readonly end: number;
  readonly field: FieldName;
}

export type FieldResult = { readonly ok: true; readonly field: CronField } | FieldRefusal;

/** Reads one field as robfig/cron does: https://github.com/robfig/cron/blob/v3.0.1/parser.go#L225 */
export function parseField({ text, start, end }: Word, bounds: Bounds): FieldResult {
  let low = 0;
  let high = 0;
  let star = false;
  // Empty items vanish, so "1,,2" is "1,2" and "," matches nothing.
  for (const { 0: item, index } of text.matchAll(/[^,]+/gu)) {
    const read = parseItem(item, bounds);
    if (!read.ok) {
      const at = start + index;
      return { ok: false, reason: read.reason, start: at + read.start, end: at + read.end, field: bounds.name };
    }
    for (let value = read.from; value <= read.to; value += read.step) {
      if (value < 32) low |= 1 << value;
      else high |= 1 << (value - 32);
    }
    star ||= read.star;
  }
  return { ok: true, field: { name: bounds.name, text, start, end, values: valuesOf(low, high), bits: [low, high], star } };
}

function valuesOf(low: number, high: number): readonly number[] {
  const values: number[] = [];
  for (let value = 0; value < 64; value++) {
    if (((value < 32 ? low >>> value : high >>> (value - 32)) & 1) === 1) values.push(value);
  }
  return values;
}

interface Refusal {
  readonly ok: false;
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

interface Range {
  readonly ok: true;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly star: boolean;
}

function parseItem(text: string, bounds: Bounds): Range | Refusal {
  const [range = "", stepText, ...moreSteps] = text.split("/", 4);
  const [lowText = "", highText, ...moreHyphens] = range.split("-", 4);
  const anyValue = lowText === "*" || lowText === "?";
  if (!anyValue && moreHyphens.length > 0) return refused(`"${shown(range)}" has more than one hyphen`, 0, range.length);
  const low = anyValue ? bounds.min : parseValue(lowText, bounds);
  if (typeof low === "string") return refused(low, 0, Math.max(lowText.length, 1));
  // What follows "*-" is never read.
  const high = anyValue ? bounds.max : highText === undefined ? low : parseValue(highText, bounds);
  if (typeof high === "string") return refused(high, lowText.length + 1, range.length);
  if (moreSteps.length > 0) return refused(`"${shown(text)}" has more than one slash`, 0, text.length);
  const step = stepText === undefined ? 1 : parseInteger(stepText, "the step");
  if (typeof step === "string") return refused(step, range.length, text.length);
  // A single number with a step runs on to the end of the field.
  const to = stepText !== undefined && highText === undefined ? bounds.max : high;
  const outside = outsideReason(low, to, bounds);
  if (outside !== undefined) return refused(outside, 0, range.length);
  if (step === 0) return refused("a step of 0 never moves on; a step is at least 1", range.length, text.length);
  return { ok: true, from: low, to, step, star: anyValue && step === 1 };
}

function outsideReason(low: number, high: number, { name, min, max }: Bounds): string | undefined {
  if (low < min) return `${low} is too small: ${withArticle(name)} is ${min} to ${max}`;
  const above = Math.max(low, high);
  if (above > max) return `${above} is too large: ${withArticle(name)} is ${min} to ${max}`;
  return low > high ? `a range may not run backwards, from ${low} to ${high}` : undefined;
}

function parseValue(text: string, bounds: Bounds): number | string {
  // U+0130 is the one letter outside ASCII that Go's ToLower makes part of a name (fri); JavaScript adds a dot to it.
  const position = text.length === 3 ? bounds.names.indexOf(text.replaceAll("\u0130", "i").toLowerCase()) : -1;
  return position >= 0 ? bounds.min + position : parseInteger(text, withArticle(bounds.name));
}

// As Go's strconv.Atoi: a sign and leading zeros may be there, and 64 bits must be enough. A string is the refusal.
function parseInteger(text: string, what: string): number | string {
  if (text === "") return `${what} is missing`;
  const match = /^([+-]?)0*(\d*)$/u.exec(text);
  const [, sign = "", digits = ""] = match ?? [];
  if (!match || text === sign) return `"${shown(text)}" cannot be read as ${what}`;
  if (sign === "-" && digits !== "") return `"${shown(text)}" is negative`;
  if (digits.length > 19 || (digits.length === 19 && digits > "9223372036854775807")) return `${shown(digits)} is too large a number`;
  return Number(digits);
}

function refused(reason: string, start: number, end: number): Refusal {
  return { ok: false, reason, start, end };
}

function shown(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
