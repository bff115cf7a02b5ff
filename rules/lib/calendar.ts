import { type CronSchedule, matchesDay } from "#rule";

/** After 28 years the days of the week fall on the same dates again; 2001 began on a Monday. */
const [firstYear, years] = [2001, 28];

/** On how many days a year a schedule is due on average, rounded. */
export function daysAYear(schedule: CronSchedule): number {
  let [days, weekday] = [0, 1];
  for (let month = 0; month < 12 * years; month++) {
    const isDue = schedule.month.values.includes((month % 12) + 1);
    const length = daysIn(firstYear + Math.floor(month / 12), (month % 12) + 1);
    for (let day = 1; day <= length; day++) {
      if (isDue && matchesDay(schedule, day, weekday)) days++;
      weekday = (weekday + 1) % 7;
    }
  }
  return days > 0 ? Math.max(1, Math.round(days / years)) : 0;
}

/** Months count from 1; no turn of a century is among these years. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
