import { fieldBounds, months, parseField, weekdays, withArticle } from "./field.js";
import type { Bounds } from "./field.js";

/** What a field that Kubernetes refuses was meant to say, and how to write that, where it can be written. */
export interface Repair {
  readonly text?: string;
  readonly meaning: string;
  /** Whether nobody could have meant anything else. */
  readonly safe: boolean;
}

const weekdayBounds = fieldBounds[4];

/** Repairs each item of a field; undefined when the field needs no repair, or when nothing is known about what is wrong. */
export function repairField(text: string, bounds: Bounds): Repair | undefined {
  if (accepted(text, bounds)) return undefined;
  const items: string[] = [];
  const repairs: Repair[] = [];
  for (const item of text.split(",")) {
    const repair = accepted(item, bounds) ? undefined : repairItem(item, bounds);
    if (!repair && !accepted(item, bounds)) return undefined;
    if (repair?.text === undefined && repair) return repair;
    if (repair) repairs.push(repair);
    items.push(repair?.text ?? item);
  }
  const [first] = repairs;
  // A Sunday that was written twice, as 0,7, is one.
  const distinct = [...new Set(items.join(",").split(","))];
  return first && { text: distinct.join(","), meaning: first.meaning, safe: repairs.every(({ safe }) => safe) };
}

function accepted(text: string, bounds: Bounds): boolean {
  return parseField({ text, start: 0, end: text.length }, bounds).ok;
}

function repairItem(item: string, bounds: Bounds): Repair | undefined {
  const foreign = foreignSign(item, bounds);
  if (foreign) return foreign;
  const short = item.replaceAll(/[a-z]{4,}/giu, (word) => shortName(word, bounds) ?? word);
  if (short !== item && accepted(short, bounds)) {
    return { text: short, meaning: "names of months and weekdays have three letters here", safe: true };
  }
  const weekend = bounds === weekdayBounds ? sunday(short) : undefined;
  return weekend ?? backwards(short, bounds) ?? justOutside(short, bounds) ?? steps(short, bounds);
}

// L, W and # are Quartz, H is Jenkins. https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html
function foreignSign(item: string, bounds: Bounds): Repair | undefined {
  const hash = /^H(?:\(\d+-\d+\))?(?:\/(\d{1,2}))?$/u.exec(item);
  if (hash) {
    const step = hash[1];
    const text = step === undefined ? {} : { text: `*/${step}` };
    const meaning = `H is Jenkins' sign for ${withArticle(bounds.name)} of its own choice; Kubernetes needs a number`;
    return { ...text, meaning, safe: false };
  }
  if (/^(?:[a-z\d]{1,3})#\d$/iu.test(item)) return unsayable("# is Quartz' sign for the nth weekday of a month; Kubernetes has none");
  if (/^(?:\d{1,2}|L)?W$/u.test(item)) return unsayable("W is Quartz' sign for the nearest working day; Kubernetes has none");
  const last = /^(?:L(?:-\d{1,2})?|(?:\d|[a-z]{3})L)$/iu.test(item);
  return last ? unsayable(`L is Quartz' sign for the last ${lastOf(bounds)}; Kubernetes has none`) : undefined;
}

function lastOf(bounds: Bounds): string {
  return bounds === weekdayBounds ? "weekday of its kind in a month" : "day of a month";
}

function unsayable(meaning: string): Repair {
  return { meaning, safe: false };
}

const longNames: readonly string[] = [
  ..."sunday monday tuesday tues wednesday thursday thurs thur friday saturday".split(" "),
  ..."january february march april june july august september sept october november december".split(" "),
];

function shortName(word: string, { names }: Bounds): string | undefined {
  const lower = word.toLowerCase();
  const short = lower.slice(0, 3);
  const inFamily = names === weekdays || names === months;
  return inFamily && names.includes(short) && longNames.includes(lower) ? short.toUpperCase() : undefined;
}

/** Days of the week up to 7, and ranges that run into Sunday. */
function sunday(item: string): Repair | undefined {
  const meaning = "the week ends with Saturday, 6; Sunday is 0";
  if (item === "7") return { text: "0", meaning, safe: true };
  const match = /^([a-z]{3}|[0-7])-([a-z]{3}|[0-7])(?:\/([1-7]))?$/iu.exec(item);
  const [, low = "", high = "", step] = match ?? [];
  const [from, to] = [weekdayNumber(low), weekdayNumber(high)];
  if (from === undefined || to === undefined) return undefined;
  const numeric = high === "7" && low !== "7";
  if (!numeric && !(to === 0 && from > 0) && low !== "7") return undefined;
  const end = low === "7" && to > 0 && to < 7 ? to + 7 : 7;
  if (step !== undefined) return { text: steppedDays(from, end, Number(step)), meaning, safe: false };
  return { text: low === "7" ? `0-${end - 7}` : untilSunday(from, low), meaning, safe: numeric };
}

function weekdayNumber(text: string): number | undefined {
  const named = weekdays.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  return /^[0-7]$/u.test(text) ? Number(text) : undefined;
}

function untilSunday(from: number, written: string): string {
  if (from <= 1) return "0-6";
  const named = /^[a-z]/iu.test(written);
  const [saturday, zero] = named ? ["SAT", "SUN"] : ["6", "0"];
  return from === 6 ? `${written},${zero}` : `${written}-${saturday},${zero}`;
}

function steppedDays(from: number, to: number, step: number): string {
  const days: number[] = [];
  for (let day = from; day <= to; day += step) days.push(day % 7);
  return [...new Set(days)].sort((a, b) => a - b).join(",");
}

function backwards(item: string, bounds: Bounds): Repair | undefined {
  const [low, high] = rangeOf(item, bounds) ?? [];
  if (low === undefined || high === undefined || low <= high || low > bounds.max || high < bounds.min) return undefined;
  const head = low === bounds.max ? `${low}` : `${low}-${bounds.max}`;
  const tail = high === bounds.min ? `${high}` : `${bounds.min}-${high}`;
  return { text: `${head},${tail}`, meaning: "a range may not run past the end of its field; two ranges say it", safe: false };
}

// 60 minutes or 24 hours, as the end of a range or alone.
function justOutside(item: string, bounds: Bounds): Repair | undefined {
  if (bounds.min !== 0 || bounds === weekdayBounds) return undefined;
  const size = bounds.max + 1;
  const meaning = `${withArticle(bounds.name)} is 0 to ${bounds.max}`;
  if (item === `${size}`) return { text: "0", meaning, safe: false };
  const match = /^(\d{1,2})-(\d{2})(\/\d{1,2})?$/u.exec(item);
  if (!match || Number(match[2]) !== size || Number(match[1]) > bounds.max) return undefined;
  return { text: `${match[1]}-${bounds.max}${match[3] ?? ""}`, meaning, safe: false };
}

function steps(item: string, bounds: Bounds): Repair | undefined {
  const text = `*${item}`;
  if (/^\/[1-9]\d?$/u.test(item)) return { text, meaning: `a step needs what it steps through: ${text}`, safe: false };
  if (/\/0+$/u.test(item)) return unsayable(`a step of 0 never moves on; every ${bounds.name} is *`);
  return undefined;
}

function rangeOf(item: string, { names, min }: Bounds): readonly [number, number] | undefined {
  const match = /^([a-z]{3}|\d{1,2})-([a-z]{3}|\d{1,2})$/iu.exec(item);
  if (!match) return undefined;
  const [low, high] = [match[1] ?? "", match[2] ?? ""].map((text) => {
    const named = names.indexOf(text.toLowerCase());
    return named >= 0 ? named + min : /^\d/u.test(text) ? Number(text) : undefined;
  });
  return low === undefined || high === undefined ? undefined : [low, high];
}
