import { macros, parseSchedule } from "./cron.js";
import type { Recognition } from "./recognise.js";

const others: ReadonlyMap<string, string> = new Map([
  ["@minutely", "* * * * *"],
  ["@every_minute", "* * * * *"],
  ["@weekdays", "0 0 * * 1-5"],
  ["@weekends", "0 0 * * 0,6"],
  ["@quarterly", "0 0 1 1,4,7,10 *"],
]);

const reboot = "@reboot has no moment in a cluster; a Job runs once, and a Deployment keeps a program running";

/** What is meant by an `@` name that Kubernetes does not know, or by one without its sign. The text has no blanks around it. */
export function recogniseMacro(text: string): Recognition | undefined {
  if (text.startsWith("@") && parseSchedule(text).ok) return { meaning: "blanks stand around the name", rewrite: text, safe: true };
  const lower = text.toLowerCase();
  if (lower === "@reboot") return { meaning: reboot, safe: false };
  if (macros.has(lower)) return { meaning: `names are in lower case: ${lower}`, rewrite: lower, safe: false };
  const rewrite = others.get(lower);
  if (rewrite !== undefined) return { meaning: `Kubernetes does not know ${lower}`, rewrite, safe: false };
  if (macros.has(`@${lower}`)) return { meaning: `the name begins with @: @${lower}`, rewrite: `@${lower}`, safe: false };
  return everyDuration(lower);
}

const hoursOf: ReadonlyMap<string, number> = new Map([
  ["d", 24],
  ["w", 168],
]);

function everyDuration(text: string): Recognition | undefined {
  const match = /^@?every[ _]*(\d{1,6}) *([smhdw])[a-z]{0,6}$/u.exec(text);
  if (!match || !text.startsWith("@")) return undefined;
  const [count, unit = ""] = [Number(match[1]), match[2]];
  const hours = hoursOf.get(unit);
  const rewrite = hours === undefined ? `@every ${count}${unit}` : `@every ${count * hours}h`;
  return { meaning: "a duration has the units h, m and s, and no blanks", rewrite, safe: false };
}

/** A schedule that fires every so many minutes, hours or days, if there is one. */
export function interval(count: number, unit: string): string | undefined {
  if (count < 1) return undefined;
  if (unit === "day") return count === 1 ? "0 0 * * *" : `@every ${count * 24}h`;
  const [size, wrap, letter] = unit === "hour" ? ([24, "day", "h"] as const) : ([60, "hour", "m"] as const);
  if (count === size) return interval(1, wrap);
  if (size % count !== 0) return `@every ${count}${letter}`;
  const field = count === 1 ? "*" : `*/${count}`;
  return unit === "hour" ? `0 ${field} * * *` : `${field} * * * *`;
}
