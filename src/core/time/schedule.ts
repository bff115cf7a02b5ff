/** The five fields of a cron schedule, by the names that messages use. */
export type FieldName = "minute" | "hour" | "day of month" | "month" | "day of week";

/** One field, with its own text and where that stands in the schedule (UTF-16 offsets, `end` exclusive). */
export interface CronField {
  readonly name: FieldName;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The values that match, ascending; a weekday counts from Sunday, 0. */
  readonly values: readonly number[];
  /** The same values as two words of 32 bits, the lower one first. */
  readonly bits: readonly [number, number];
  /** Whether the field counts as unrestricted: it holds `*` or `?` without a step above 1. */
  readonly star: boolean;
}

/** A `TZ=` or `CRON_TZ=` prefix; `name` may be empty (UTC) or `Local`, and the offsets are those of the name. */
export interface ZonePrefix {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface CronSchedule {
  readonly kind: "cron";
  readonly minute: CronField;
  readonly hour: CronField;
  readonly dayOfMonth: CronField;
  readonly month: CronField;
  readonly dayOfWeek: CronField;
  /** The `@` name that stands for the fields, such as `@daily`. */
  readonly macro?: string;
  readonly zone?: ZonePrefix;
}

export interface EverySchedule {
  readonly kind: "every";
  /** Whole seconds, at least 1. */
  readonly seconds: number;
  readonly zone?: ZonePrefix;
}

/** What a schedule that Kubernetes accepts says. */
export type Schedule = CronSchedule | EverySchedule;

/** Whether a field matches a value. */
export function matches({ bits }: CronField, value: number): boolean {
  return ((value < 32 ? bits[0] >>> value : bits[1] >>> (value - 32)) & 1) === 1;
}

/**
 * Whether a day matches. Two restricted fields are joined by OR, otherwise both must match:
 * https://github.com/robfig/cron/blob/v3.0.1/spec.go#L176
 */
export function matchesDay({ dayOfMonth, dayOfWeek }: CronSchedule, day: number, weekday: number): boolean {
  const inMonth = matches(dayOfMonth, day);
  const inWeek = matches(dayOfWeek, weekday);
  return dayOfMonth.star || dayOfWeek.star ? inMonth && inWeek : inMonth || inWeek;
}
