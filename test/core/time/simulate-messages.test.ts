import { expect, test } from "vitest";
import { parserError, zoneError } from "../../../src/core/time/controller/parser-error.js";
import { quoted } from "../../../src/core/time/controller/quote.js";
import { simulate } from "../../../src/core/time/controller/simulate.js";

const outOfRange = (number: string): string => `failed to parse int from ${number}: strconv.Atoi: parsing "${number}": value out of range`;

// What robfig/cron v3.0.1 (Go 1.26) answered.
test.each([
  ["", undefined, "empty spec string"],
  ["", "Etc/UTC", "expected exactly 5 fields, found 0: []"],
  ["0 0 12 * * ?", undefined, "expected exactly 5 fields, found 6: [0 0 12 * * ?]"],
  ["61 * * * *", undefined, "end of range (61) above maximum (59): 61"],
  ["* * 0 * *", undefined, "beginning of range (0) below minimum (1): 0"],
  ["5-1 * * * *", undefined, "beginning of range (5) beyond end of range (1): 5-1"],
  ["*/0 * * * *", undefined, "step of range should be a positive number: */0"],
  ["1-2-3 * * * *", undefined, "too many hyphens: 1-2-3"],
  ["1/2/3 * * * *", undefined, "too many slashes: 1/2/3"],
  ["* * * * MONDAY", undefined, 'failed to parse int from MONDAY: strconv.Atoi: parsing "MONDAY": invalid syntax'],
  ["-5 * * * *", undefined, 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
  ["*/-3 * * * *", undefined, "negative number (-3) not allowed: -3"],
  ["9223372036854775808 * * * *", undefined, outOfRange("9223372036854775808")],
  ["18446744073709551616x * * * *", undefined, outOfRange("18446744073709551616x")],
  ["@Daily", undefined, "unrecognized descriptor: @Daily"],
  ["@every 1d", undefined, 'failed to parse duration @every 1d: time: unknown unit "d" in duration "1d"'],
  ["@every 5", undefined, 'failed to parse duration @every 5: time: missing unit in duration "5"'],
  ["@every µs", undefined, 'failed to parse duration @every µs: time: invalid duration "\\xc2\\xb5s"'],
  ["TZ=UTC", undefined, "invalid schedule format: runtime error: slice bounds out of range [:-1]"],
  ["TZ=Mars/X * * * * *", "Europe/Berlin", "provided bad location Mars/X: unknown time zone Mars/X"],
  ["TZ=../x * * * * *", undefined, "provided bad location ../x: time: invalid location name"],
  [" @daily", "Europe/Berlin", ""],
  [" @daily", undefined, "expected exactly 5 fields, found 1: [@daily]"],
  [",1 * * * *", undefined, ""],
])("%j in %s is refused in Go's words", (schedule, timeZone, words) => {
  expect(parserError(schedule, timeZone)).toBe(words);
});

test("an unknown zone is named", () => {
  expect([zoneError("Mars/Olympus"), zoneError("/etc")]).toEqual(["unknown time zone Mars/Olympus", "time: invalid location name"]);
});

test.each([
  ['a"\\b', '"a\\"\\\\b"'],
  ["\u0000\t\n\u007f", '"\\x00\\t\\n\\x7f"'],
  ["é\u00ad\u200b😀\u00a0", '"é\\u00ad\\u200b😀\\u00a0"'],
])("%j is quoted as Go does", (text, words) => {
  expect(quoted(text)).toBe(words);
});

test.each([
  [undefined, "a scenario is an object with cronjob, not undefined"],
  [{}, "a scenario has no cronjob"],
  [{ cronjob: { name: "a", creationTimestamp: 5 } }, "cronjob.creationTimestamp is a text, not number"],
])("%j is no scenario", (scenario, message) => {
  const untyped = simulate as unknown as (scenario: unknown) => unknown;
  expect(() => untyped(scenario)).toThrow(new TypeError(message));
});
