import { trimmed, wordsOf } from "../blanks.js";
import { macros } from "../cron.js";
import { parseDuration } from "../duration.js";
import { fieldBounds } from "../field.js";
import type { Bounds } from "../field.js";
import { isLoadableZone } from "../zone.js";
import { quoted, quotedBytes } from "./quote.js";

/**
 * The words in which Go's cron parser refuses a schedule, as they stand in the event UnparseableSchedule; empty for one that
 * it accepts: https://github.com/robfig/cron/blob/v3.0.1/parser.go
 */
export function parserError(schedule: string, timeZone?: string): string {
  const text = timeZone === undefined || schedule.includes("TZ") ? schedule : `TZ=${timeZone} ${schedule}`;
  if (text === "") return "empty spec string";
  if (!/^(?:CRON_)?TZ=/u.test(text)) return errorOfRest(text);
  const end = text.indexOf(" ");
  if (end < 0) return "invalid schedule format: runtime error: slice bounds out of range [:-1]";
  const zone = text.slice(text.indexOf("=") + 1, end);
  if (!isLoadableZone(zone)) return `provided bad location ${zone}: ${zoneError(zone)}`;
  return errorOfRest(trimmed(text.slice(end)));
}

/** The words in which Go refuses a time zone. */
export function zoneError(name: string): string {
  return name.includes("..") || /^[/\\]/u.test(name) ? "time: invalid location name" : `unknown time zone ${name}`;
}

function errorOfRest(text: string): string {
  if (text.startsWith("@")) return macroError(text);
  const words = wordsOf(text, 0, Number.POSITIVE_INFINITY).map((word) => word.text);
  if (words.length !== 5) return `expected exactly 5 fields, found ${words.length}: [${words.join(" ")}]`;
  for (const [index, bounds] of fieldBounds.entries()) {
    for (const item of (words[index] ?? "").split(",")) {
      const error = item === "" ? undefined : itemError(item, bounds);
      if (error !== undefined) return error;
    }
  }
  return "";
}

function macroError(text: string): string {
  const every = "@every ";
  if (!text.startsWith(every)) return macros.has(text) ? "" : `unrecognized descriptor: ${text}`;
  const duration = text.slice(every.length);
  return parseDuration(duration).ok ? "" : `failed to parse duration ${text}: time: ${durationError(duration)}`;
}

type Read = { readonly ok: true; readonly value: bigint } | { readonly ok: false; readonly error: string };

function itemError(text: string, bounds: Bounds): string | undefined {
  const [range = "", stepText, ...moreSteps] = text.split("/");
  const [lowText = "", highText, ...moreHyphens] = range.split("-");
  const anyValue = lowText === "*" || lowText === "?";
  const low = anyValue ? number(bounds.min) : readValue(lowText, bounds);
  if (!low.ok) return low.error;
  if (!anyValue && moreHyphens.length > 0) return `too many hyphens: ${text}`;
  const high = anyValue ? number(bounds.max) : highText === undefined ? low : readValue(highText, bounds);
  if (!high.ok) return high.error;
  if (moreSteps.length > 0) return `too many slashes: ${text}`;
  const step = stepText === undefined ? number(1) : readInteger(stepText);
  if (!step.ok) return step.error;
  const openEnded = stepText !== undefined && highText === undefined;
  return rangeError({ low: low.value, high: openEnded ? BigInt(bounds.max) : high.value, step: step.value }, bounds, text);
}

interface Numbers {
  readonly low: bigint;
  readonly high: bigint;
  readonly step: bigint;
}

function rangeError({ low, high, step }: Numbers, { min, max }: Bounds, text: string): string | undefined {
  if (low < min) return `beginning of range (${low}) below minimum (${min}): ${text}`;
  if (high > max) return `end of range (${high}) above maximum (${max}): ${text}`;
  if (low > high) return `beginning of range (${low}) beyond end of range (${high}): ${text}`;
  return step === 0n ? `step of range should be a positive number: ${text}` : undefined;
}

function number(value: number): Read & { readonly ok: true } {
  return { ok: true, value: BigInt(value) };
}

function readValue(text: string, { min, names }: Bounds): Read {
  const position = text.length === 3 ? names.indexOf(text.replaceAll("\u0130", "i").toLowerCase()) : -1;
  return position >= 0 ? number(min + position) : readInteger(text);
}

// As Go's strconv.Atoi, which takes a sign and leading zeros, and gives up where 64 bits no longer do, before it reads on.
function readInteger(text: string): Read {
  const failed = (why: string): Read => refused(`failed to parse int from ${text}: strconv.Atoi: parsing ${quoted(text)}: ${why}`);
  const [all = "", sign = "", digits = ""] = /^([+-]?)0*(\d*)/u.exec(text) ?? [];
  const value = digits.length > 20 ? 1n << 64n : BigInt(digits || "0");
  if (value >= 1n << 64n) return failed("value out of range");
  if (all !== text || all === sign) return failed("invalid syntax");
  if (value > (1n << 63n) - (sign === "-" ? 0n : 1n)) return failed("value out of range");
  return sign === "-" && value > 0n ? refused(`negative number (-${value}) not allowed: ${text}`) : { ok: true, value };
}

function refused(error: string): Read {
  return { ok: false, error };
}

const units = new Set(["ns", "us", "\u00b5s", "\u03bcs", "ms", "s", "m", "h"]);

// The first thing that Go stumbles over in a duration that it refuses.
function durationError(text: string): string {
  const part = /0*(\d*)(?:\.\d*)?([^\d.]*)/uy;
  part.lastIndex = /^[-+]/u.test(text) ? 1 : 0;
  for (let match = part.exec(text); match && match[0] !== ""; match = part.exec(text)) {
    const [all, whole = "", unit = ""] = match;
    const fits = whole.length < 20 && BigInt(whole || "0") <= 1n << 63n;
    if (!fits || !/^\.?\d/u.test(all)) break;
    if (unit === "") return `missing unit in duration ${quotedBytes(text)}`;
    if (!units.has(unit)) return `unknown unit ${quotedBytes(unit)} in duration ${quotedBytes(text)}`;
    if (!parseDuration(text.slice(0, part.lastIndex)).ok) break;
  }
  return `invalid duration ${quotedBytes(text)}`;
}
