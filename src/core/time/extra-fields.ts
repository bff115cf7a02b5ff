import { parseSchedule } from "./cron.js";
import { repairField } from "./field-repair.js";
import { fieldBounds, weekdays } from "./field.js";
import type { Recognition } from "./recognise.js";

/** What six or seven fields mean: seconds stand first (Spring, Quartz), a year stands last (AWS, Quartz), or a command follows. */
export function recogniseExtraFields(words: readonly string[]): Recognition | undefined {
  const command = commandAfter(words);
  if (command) return command;
  if (words.length === 7) return sevenFields(words);
  if (words.length !== 6) return undefined;
  const [first = "", last = ""] = [words[0], words[5]];
  if (isYear(last) || (last === "*" && (words[2] === "?" || words[4] === "?"))) return yearLast(words.slice(0, 5), last);
  const five = fiveFields(words.slice(1), words.includes("?"));
  if (five === undefined && last === "*") return yearLast(words.slice(0, 5), last);
  return secondsFirst(first, five, "six fields, the first of them seconds: Kubernetes has five, from the minute on");
}

/** AWS writes minute, hour, day of month, month, day of week and year. */
export function yearLast(five: readonly string[], year: string): Recognition {
  const meaning = "six fields, the last of them a year: Kubernetes has five, and no year";
  return withRewrite(meaning, year === "*" || year === "?" ? fiveFields(five, five.includes("?")) : undefined);
}

function sevenFields(words: readonly string[]): Recognition | undefined {
  const [first = "", year = ""] = [words[0], words[6]];
  if (year !== "*" && year !== "?" && !isYear(year)) return undefined;
  const five = isYear(year) ? undefined : fiveFields(words.slice(1, 6), true);
  return secondsFirst(first, five, "seven fields, seconds first and a year last: Kubernetes has the five between");
}

function secondsFirst(seconds: string, five: string | undefined, meaning: string): Recognition | undefined {
  if (/^[0-5]?\d$/u.test(seconds)) return withRewrite(meaning, five);
  // Several seconds a minute cannot be said with five fields.
  return /^[\d*/,?-]+$/u.test(seconds) ? withRewrite(`${meaning}; it starts nothing more often than once a minute`, undefined) : undefined;
}

function withRewrite(meaning: string, rewrite: string | undefined): Recognition {
  return { meaning, safe: false, ...(rewrite === undefined ? {} : { rewrite }) };
}

function isYear(text: string): boolean {
  return /^(?:19|20|21)\d\d(?:[-/,][\d,/-]+)?$/u.test(text);
}

// Where "?" is used, the week is Quartz': Sunday is 1 and Saturday is 7.
function fiveFields(words: readonly string[], quartz: boolean): string | undefined {
  const fields = words.map((word, index) => {
    const bounds = fieldBounds[index];
    if (!bounds) return undefined;
    const plain = word === "?" ? "*" : quartz && bounds.name === "day of week" ? quartzWeekdays(word) : word;
    const repair = repairField(plain, bounds);
    return repair ? repair.text : plain;
  });
  if (fields.includes(undefined)) return undefined;
  const five = fields.join(" ");
  return parseSchedule(five).ok ? five : undefined;
}

function quartzWeekdays(text: string): string {
  if (/[#LW]/u.test(text)) return text;
  return text.replaceAll(/(?<![/\d])[1-7](?!\d)/gu, (number) => (weekdays[Number(number) - 1] ?? number).toUpperCase());
}

function commandAfter(words: readonly string[]): Recognition | undefined {
  const next = words[5];
  if (next === undefined) return undefined;
  const rewrite = fiveFields(words.slice(0, 5), false);
  if (next.startsWith("#")) return withRewrite("a comment follows the five fields; it belongs outside the schedule", rewrite);
  const isCommand = /^(?:[./~$"'`&>][^*]*|[a-z_][\w.-]{3,})$/iu.test(next) && !/^(?:sun|mon|tue|wed|thu|fri|sat)/iu.test(next);
  const meaning = "a command follows the five fields, as in a crontab; here it belongs in the container";
  return isCommand ? withRewrite(meaning, rewrite) : undefined;
}
