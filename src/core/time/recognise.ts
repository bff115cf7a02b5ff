import { trimmed, wordsOf } from "./blanks.js";
import { scheduleCreateProblem } from "./create.js";
import { parseSchedule } from "./cron.js";
import { recogniseExtraFields, yearLast } from "./extra-fields.js";
import { repairField } from "./field-repair.js";
import { fieldBounds } from "./field.js";
import { interval, recogniseMacro } from "./macro-repair.js";

/** What the author of a refused schedule meant. */
export interface Recognition {
  /** One clause. */
  readonly meaning: string;
  /** The same in words that Kubernetes accepts, where it has them. */
  readonly rewrite?: string;
  /** Whether the rewrite may be made without asking: nobody could have meant anything else. */
  readonly safe: boolean;
}

// Longer ones are no slips of the pen.
const longest = 300;

/** What the author of a schedule meant that Kubernetes refuses; undefined for one that it accepts, a placeholder, and a riddle. */
export function recogniseSchedule(text: string): Recognition | undefined {
  if (text.length > longest || isPlaceholder(text) || parseSchedule(text).ok) return undefined;
  const found = recognise(text) ?? cleaned(text);
  if (found?.rewrite === undefined || scheduleCreateProblem(found.rewrite) === undefined) return found;
  return { meaning: found.meaning, safe: false };
}

function isPlaceholder(text: string): boolean {
  return /\{\{|\$\{|\$\(|<[^>]*>|^__\w+__$|^%\w+%$/u.test(text.trim());
}

function recognise(text: string): Recognition | undefined {
  const plain = trimmed(text);
  if (plain === "") return undefined;
  const words = wordsOf(plain, 0, longest).map((word) => word.text);
  return recogniseMacro(plain) ?? otherService(plain) ?? clockTime(plain) ?? spread(plain) ?? byCount(words);
}

function byCount(words: readonly string[]): Recognition | undefined {
  if (words.length > 5) return recogniseExtraFields(words);
  if (words.length === 5) return fiveFields(words);
  const rewrite = [...words, "*"].join(" ");
  if (words.length !== 4 || !/^\d/u.test(words[0] ?? "") || !parseSchedule(rewrite).ok) return undefined;
  return { meaning: "only four fields; a fifth, the day of week, belongs at the end", rewrite, safe: false };
}

function fiveFields(words: readonly string[]): Recognition | undefined {
  const repairs = fieldBounds.map((bounds, index) => repairField(words[index] ?? "", bounds));
  const made = repairs.filter((repair) => repair !== undefined);
  const [first] = made;
  if (!first) return undefined;
  const unsayable = made.find(({ text }) => text === undefined);
  if (unsayable) return { meaning: unsayable.meaning, safe: false };
  // "?" is Quartz' sign, and there 1 is Sunday and 7 is Saturday.
  const quartz = words.some((word) => word.includes("?"));
  if (quartz && /\d/u.test(words[4] ?? "")) {
    return { meaning: "in Quartz 1 is Sunday and 7 is Saturday; here Sunday is 0 and Saturday 6", safe: false };
  }
  const rewrite = words.map((word, index) => repairs[index]?.text ?? word).join(" ");
  return { meaning: first.meaning, rewrite, safe: !quartz && made.every(({ safe }) => safe) };
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
function otherService(text: string): Recognition | undefined {
  const cron = /^cron\(([^()]*)\)$/iu.exec(text)?.[1];
  if (cron !== undefined) {
    const words = wordsOf(cron, 0, 7).map((word) => word.text);
    const aws = words.length === 6 ? yearLast(words.slice(0, 5), words[5] ?? "") : undefined;
    const rewrite = aws ? aws.rewrite : words.join(" ");
    const meaning = "cron(…) is AWS' way to write it; only the five fields belong here";
    return { meaning, safe: false, ...(rewrite === undefined ? {} : { rewrite }) };
  }
  const rate = /^(?:rate\(\s*|every\s+)(?:(\d{1,4})\s+)?(minute|hour|day)s?\s*\)?$/iu.exec(text);
  if (!rate) return undefined;
  const rewrite = interval(Number(rate[1] ?? 1), (rate[2] ?? "").toLowerCase());
  return { meaning: `"${text}" is no cron schedule`, safe: false, ...(rewrite === undefined ? {} : { rewrite }) };
}

// A time of day alone, or as systemd's OnCalendar writes it.
function clockTime(text: string): Recognition | undefined {
  const match = /^(?:(?:daily|\*-\*-\*)\s+)?([01]?\d|2[0-3]):([0-5]\d)(?::00)?$/iu.exec(text);
  if (!match) return undefined;
  const rewrite = `${Number(match[2])} ${Number(match[1])} * * *`;
  return { meaning: "a time of day is written as a minute and an hour", rewrite, safe: false };
}

// "1, 15 * * * *": a blank inside a field makes two of it.
function spread(text: string): Recognition | undefined {
  const rewrite = text.replaceAll(/ *([,/]) */gu, "$1");
  if (rewrite === text || !parseSchedule(rewrite).ok) return undefined;
  return { meaning: "a blank inside a field makes two fields of it", rewrite, safe: false };
}

const lookalikes: ReadonlyMap<string, string> = new Map([
  ...["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"].map((sign) => [sign, "-"] as const),
  ...["\uff0a", "\u2217", "\u2731"].map((sign) => [sign, "*"] as const),
  ...["\\", "`", '"', "'", "\u200b", "\ufeff", "\u201c", "\u201d", "\u2018", "\u2019"].map((sign) => [sign, ""] as const),
  ["\uff0c", ","],
  ["\uff0f", "/"],
]);

// Signs that look right, and quotes and backslashes that were for a shell or for YAML.
function cleaned(text: string): Recognition | undefined {
  const plain = text.replaceAll(/[\s\S]/gu, (sign) => lookalikes.get(sign) ?? sign);
  if (plain === text) return undefined;
  const meaning = "quotes, backslashes or signs that only look like those of cron stand in the schedule";
  if (parseSchedule(plain).ok) return { meaning, rewrite: plain, safe: false };
  const found = recognise(plain);
  return found && { ...found, safe: false };
}
