import { localText } from "#rule";

/** `Mon 06:00 Europe/Berlin`: the moment of a week that stands for all weeks. */
export function weeklyTime(zone: string, time: number): string {
  const [weekday = "", , clock = ""] = localText(zone, time).split(" ");
  return `${weekday} ${clock} ${zone}`;
}
