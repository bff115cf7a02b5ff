import { countWords, endOfText, startOfText, wordsOf } from "./blanks.js";
import type { Word } from "./blanks.js";
import { parseDuration } from "./duration.js";
import { fieldBounds, parseField } from "./field.js";
import type { CronSchedule, FieldName, Schedule, ZonePrefix } from "./schedule.js";
import { isLoadableZone } from "./zone.js";

export type { CronField, CronSchedule, EverySchedule, FieldName, Schedule, ZonePrefix } from "./schedule.js";

export interface ScheduleRefusal {
  readonly ok: false;
  /** What is wrong, one clause. */
  readonly reason: string;
  /** Where: offsets into the text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  readonly field?: FieldName;
}

export type ScheduleResult = { readonly ok: true; readonly schedule: Schedule } | ScheduleRefusal;

/** The fields that each `@` name stands for: https://github.com/robfig/cron/blob/v3.0.1/parser.go#L354 */
export const macros: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/**
 * Reads a schedule as the API server does, character by character what robfig/cron v3's ParseStandard accepts:
 * https://github.com/robfig/cron/blob/v3.0.1/parser.go#L86. Never throws. That a new object may not hold a `TZ=`
 * prefix is for scheduleCreateProblem to say.
 */
export function parseSchedule(text: string): ScheduleResult {
  const known = recent.get(text);
  if (known) return known;
  const result = parsed(text);
  if (text.length > longestRecent) return result;
  if (recent.size >= mostRecent) recent.clear();
  recent.set(text, result);
  return result;
}

/** Validation and a dozen rules ask for the same text, and the CronJobs of a team share a few. */
const recent = new Map<string, ScheduleResult>();
const mostRecent = 200;
const longestRecent = 200;

function parsed(text: string): ScheduleResult {
  if (text === "") return refusal("the schedule is empty", 0, 0);
  const prefix = /^(?:CRON_)?TZ=/u.exec(text);
  if (!prefix) return parseFrom(text, 0, text.length, undefined);
  const start = prefix[0].length;
  const end = text.indexOf(" ");
  if (end < 0) return refusal("nothing follows the time zone; five fields are needed", 0, text.length);
  const name = text.slice(start, end);
  if (!isLoadableZone(name)) return refusal(`there is no time zone "${shown(name)}"`, start, end);
  const rest = startOfText(text, end);
  return parseFrom(text, rest, Math.max(rest, endOfText(text, rest)), { name, start, end });
}

/**
 * Reads a schedule as the CronJob controller does. Where `timeZone` is set it puts that in front of the schedule, and the
 * blanks around are trimmed: https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/cronjob/utils.go
 */
export function parseAsController(text: string, timeZone?: string): ScheduleResult {
  if (timeZone === undefined || text.includes("TZ")) return parseSchedule(text);
  const start = startOfText(text, 0);
  const end = Math.max(start, endOfText(text, start));
  return start === 0 && end === text.length ? parseSchedule(text) : parseFrom(text, start, end, undefined);
}

function parseFrom(text: string, start: number, end: number, zone: ZonePrefix | undefined): ScheduleResult {
  return text.startsWith("@", start) ? parseMacro(text, start, end, zone) : parseFields(text, start, zone);
}

function parseFields(text: string, from: number, zone: ZonePrefix | undefined): ScheduleResult {
  const words = wordsOf(text, from, 6);
  const [minute, hour, dayOfMonth, month, dayOfWeek, sixth] = words;
  if (!minute || !hour || !dayOfMonth || !month || !dayOfWeek || sixth) return countRefusal(text, from, words);
  return assemble([minute, hour, dayOfMonth, month, dayOfWeek], zone ? { zone } : {});
}

function countRefusal(text: string, from: number, words: readonly Word[]): ScheduleRefusal {
  const count = countWords(text, from);
  const found = count === 0 ? "none is there" : count === 1 ? "1 is there" : `${count} are there`;
  const end = Math.max(from, endOfText(text, from));
  return refusal(`a schedule has five fields, and ${found}`, words[0]?.start ?? from, count === 0 ? text.length : end);
}

type FiveWords = readonly [Word, Word, Word, Word, Word];

function assemble(words: FiveWords, rest: Pick<CronSchedule, "macro" | "zone">): ScheduleResult {
  const minute = parseField(words[0], fieldBounds[0]);
  if (!minute.ok) return minute;
  const hour = parseField(words[1], fieldBounds[1]);
  if (!hour.ok) return hour;
  const dayOfMonth = parseField(words[2], fieldBounds[2]);
  if (!dayOfMonth.ok) return dayOfMonth;
  const month = parseField(words[3], fieldBounds[3]);
  if (!month.ok) return month;
  const dayOfWeek = parseField(words[4], fieldBounds[4]);
  if (!dayOfWeek.ok) return dayOfWeek;
  const fields = { minute: minute.field, hour: hour.field, dayOfMonth: dayOfMonth.field, month: month.field, dayOfWeek: dayOfWeek.field };
  return { ok: true, schedule: { kind: "cron", ...fields, ...rest } };
}

function parseMacro(text: string, start: number, end: number, zone: ZonePrefix | undefined): ScheduleResult {
  const macro = text.slice(start, end);
  const zoned = zone ? { zone } : {};
  const fields = macros.get(macro);
  if (fields !== undefined) {
    const [a = "", b = "", c = "", d = "", e = ""] = fields.split(" ");
    const word = (field: string): Word => ({ text: field, start, end });
    return assemble([word(a), word(b), word(c), word(d), word(e)], { macro, ...zoned });
  }
  const every = "@every ";
  if (!macro.startsWith(every)) return refusal(`there is no "${shown(macro)}"`, start, end);
  const duration = parseDuration(macro.slice(every.length));
  const shift = start + every.length;
  if (!duration.ok) return refusal(duration.reason, shift + duration.start, shift + duration.end);
  // Below a second means a second, and fractions are cut: https://github.com/robfig/cron/blob/v3.0.1/constantdelay.go#L14
  const seconds = Math.max(1, Number(duration.nanoseconds / 1_000_000_000n));
  return { ok: true, schedule: { kind: "every", seconds, ...zoned } };
}

function refusal(reason: string, start: number, end: number): ScheduleRefusal {
  return { ok: false, reason, start, end };
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
