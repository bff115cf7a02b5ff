/** Milliseconds. */
export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;
export const day = 86_400_000;

/** A day of the Gregorian calendar; months count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

// Days from 0000-03-01, where the 400-year cycle of the calendar is easiest to reckon with, to 1970-01-01.
const marchEpoch = 719_468;
const daysPerCycle = 146_097;

/** The number of days from 1970-01-01 to a date; a month or day beyond its end runs on into the next, as in Go's time.Date. */
export function daysOf(year: number, month: number, dayOfMonth: number): number {
  const months = month - 3;
  const marchYear = year + Math.floor(months / 12);
  const cycle = Math.floor(marchYear / 400);
  const inCycle = marchYear - cycle * 400;
  const marchMonth = months - Math.floor(months / 12) * 12;
  const inYear = Math.floor((153 * marchMonth + 2) / 5) + dayOfMonth - 1;
  return cycle * daysPerCycle + inCycle * 365 + Math.floor(inCycle / 4) - Math.floor(inCycle / 100) + inYear - marchEpoch;
}

/** The date that lies a number of days after 1970-01-01. */
export function dateOf(days: number): CivilDate {
  const shifted = days + marchEpoch;
  const cycle = Math.floor(shifted / daysPerCycle);
  const inCycle = shifted - cycle * daysPerCycle;
  const yearOfCycle = Math.floor(
    (inCycle - Math.floor(inCycle / 1460) + Math.floor(inCycle / 36_524) - Math.floor(inCycle / 146_096)) / 365,
  );
  const inYear = inCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const marchMonth = Math.floor((5 * inYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: inYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

/** The weekday of a day counted from 1970-01-01; Sunday is 0. */
export function weekdayOf(days: number): number {
  const weekday = (days + 4) % 7;
  return weekday < 0 ? weekday + 7 : weekday;
}
