import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scheduleCreateProblem, scheduleCreateProblems } from "../../../src/core/time/create.js";
import { parseAsController, parseSchedule } from "../../../src/core/time/cron.js";
import { recogniseSchedule } from "../../../src/core/time/recognise.js";

/** The refused schedule with its fault in brackets, and the reason. */
function fault(text: string): string {
  const result = parseSchedule(text);
  if (result.ok) return "accepted";
  const { start, end, reason } = result;
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}: ${reason}`;
}

describe("parseSchedule points at what is wrong", () => {
  test.each([
    ["0 0 * * 7", "0 0 * * [7]: 7 is too large: a day of week is 0 to 6"],
    ["0 24 * * *", "0 [24] * * *: 24 is too large: an hour is 0 to 23"],
    ["0 0 0 * *", "0 0 [0] * *: 0 is too small: a day of month is 1 to 31"],
    ["1,2,99 0 * * *", "1,2,[99] 0 * * *: 99 is too large: a minute is 0 to 59"],
    ["0 0 * * sat-sun", "0 0 * * [sat-sun]: a range may not run backwards, from 6 to 0"],
    ["0 0 * * MONDAY", '0 0 * * [MONDAY]: "MONDAY" cannot be read as a day of week'],
    ["*/0 * * * *", "*[/0] * * * *: a step of 0 never moves on; a step is at least 1"],
    ["*/ * * * *", "*[/] * * * *: the step is missing"],
    ["5- * * * *", "5-[] * * * *: a minute is missing"],
    ["1-2-3 * * * *", '[1-2-3] * * * *: "1-2-3" has more than one hyphen'],
    ["*/2/3 * * * *", '[*/2/3] * * * *: "*/2/3" has more than one slash'],
    ["0 0 * *", "[0 0 * *]: a schedule has five fields, and 4 are there"],
    [" @daily", " [@daily]: a schedule has five fields, and 1 is there"],
    ["@reboot", '[@reboot]: there is no "@reboot"'],
    ["@every 5x", '@every 5[x]: there is no unit "x"; use h, m or s'],
    ["@every ", "@every []: the duration is missing"],
    ["TZ=Nowhere 0 0 * * *", 'TZ=[Nowhere] 0 0 * * *: there is no time zone "Nowhere"'],
    ["TZ=UTC", "[TZ=UTC]: nothing follows the time zone; five fields are needed"],
    ["", "[]: the schedule is empty"],
  ])("%s", (text, expected) => {
    expect(fault(text)).toBe(expected);
  });

  test("names the field", () => {
    expect(parseSchedule("0 0 * 13 *")).toMatchObject({ ok: false, field: "month", start: 6, end: 8 });
  });
});

describe("parseSchedule accepts what robfig/cron accepts", () => {
  const plain = ["? ? ? ? ?", "*/61 * * * *", "1,,2 * * * *", "*-5 * * * *", ", * * * *", "+5 007 * * *", "0 0 * * MON-3"];
  test.each([...plain, "0 0 * * FR\u0130", "\u00a00\u20030 * * *"])("%j", (text) => {
    expect(parseSchedule(text).ok).toBe(true);
  });

  const odd = ["0 0 * * \u017fun", "0 0 * * *\ufeff *", "0\ufeff0 * * *", "TZ=UTC\t0 0 * * *"];
  test.each([...odd, "@Daily", "@every 1d", "9223372036854775808 * * * *"])("but not %j", (text) => {
    expect(parseSchedule(text).ok).toBe(false);
  });

  test("fields know their values, their star and their place", () => {
    const result = parseSchedule(" */20  1-3 *,5 JAN 0");
    expect(result).toMatchObject({
      ok: true,
      schedule: {
        minute: { values: [0, 20, 40], star: false, text: "*/20", start: 1, end: 5 },
        hour: { values: [1, 2, 3], star: false, start: 7, end: 10 },
        dayOfMonth: { star: true, start: 11, end: 14 },
        month: { values: [1] },
        dayOfWeek: { values: [0], start: 19, end: 20 },
      },
    });
  });

  test("a prefix knows its place", () => {
    const zone = { name: "Asia/Tokyo", start: 8, end: 18 };
    expect(parseSchedule("CRON_TZ=Asia/Tokyo @daily")).toMatchObject({ schedule: { macro: "@daily", zone } });
  });

  test.each([
    ["@every 1h30m", 5400],
    ["@every 1.5h", 5400],
    ["@every 500ms", 1],
    ["@every -5m", 1],
    ["@every 0", 1],
    ["@every 1m0.9s", 60],
    ["@every 2562047h47m16.854775807s", 9_223_372_036],
  ])("%s", (text, seconds) => {
    expect(parseSchedule(text)).toMatchObject({ schedule: { kind: "every", seconds } });
  });

  test.each(["@every 2562047h47m16.854775808s", "@every 10000000000000000000000ns", "@every 5", "@every .s"])("not %s", (text) => {
    expect(parseSchedule(text).ok).toBe(false);
  });
});

describe("a new object", () => {
  test.each([
    ["0 0 * * *", undefined, undefined],
    ["TZ=UTC 0 0 * * *", undefined, "zone-in-schedule"],
    ["0 0 * * 7", undefined, "unparseable"],
    ["", undefined, "empty"],
    ["0 0 * * *", "", "empty"],
    ["0 0 * * *", "loCal", "local-zone"],
    ["0 0 * * *", "europe/berlin", "unknown-zone"],
    [" @daily", "Europe/Berlin", "unparseable"],
  ])("%j in %j", (text, zone, kind) => {
    expect(scheduleCreateProblem(text, zone)?.kind).toBe(kind);
  });

  test("may have several faults", () => {
    const kinds = scheduleCreateProblems("0 TZ * * *", "PST").map(({ kind }) => kind);
    expect(kinds).toEqual(["unparseable", "zone-in-schedule", "unknown-zone"]);
  });

  test("of the controller's, blanks around a macro are gone once a zone is set", () => {
    expect(parseAsController(" @daily ", "UTC").ok).toBe(true);
    expect(parseAsController(" @daily ").ok).toBe(false);
  });
});

describe("whatever the text", () => {
  const single = "0123456789*/,-?@ \tTZ=LW#HmonSUN7.{}\u00a0\u2003\u0130😀".match(/./gu) ?? [];
  const signs = fc.constantFrom(...single, "@every ", "TZ=UTC ", "MONDAY", "* * * *");
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.array(signs, { maxLength: 30 }).map((parts) => parts.join("")));

  test("nothing throws, and offsets stay inside", () => {
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), (schedule, zone) => {
        const result = parseSchedule(schedule);
        if (!result.ok) expect(0 <= result.start && result.start <= result.end && result.end <= schedule.length).toBe(true);
        for (const { start, end } of scheduleCreateProblems(schedule, zone)) expect(0 <= start && start <= end).toBe(true);
        recogniseSchedule(schedule);
        parseAsController(schedule, zone);
      }),
      { numRuns: 5000 },
    );
  });

  const parts = ["1,", "* ", "@every 1s", "0", "*/", "1-", "MON,", "TZ=", " ", "\u00a0", "1s", "((((", "cron(", "00:"];
  test.each(parts)("a megabyte of %j is read quickly", (part) => {
    for (const start of ["", "@every ", "* * * * ", "TZ=UTC ", "cron("]) {
      const huge = start + part.repeat(1_000_000 / part.length);
      parseSchedule(huge);
      recogniseSchedule(huge);
      scheduleCreateProblems(huge, huge);
    }
  });
});
