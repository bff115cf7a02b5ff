import type { CronField, CronSchedule } from "#rule";

/** Whether the hour field says when in the day it runs, and not only how often: `2` and `8-18` do, a star and `0,6,12,18` do not. */
export function namesHours({ hour }: CronSchedule): boolean {
  return hour.values.length > 0 && !isSpread(hour, 24);
}

/** Whether the values lie equally far apart, all the way round. */
export function isSpread({ values }: CronField, size: number): boolean {
  const [first, second] = values;
  if (first === undefined || second === undefined) return false;
  const step = second - first;
  return size % step === 0 && values.length === size / step && values.every((value, index) => value === first + index * step);
}

/** `02:30` */
export function timeOfDay(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
