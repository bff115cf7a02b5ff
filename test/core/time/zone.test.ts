import { describe, expect, test } from "vitest";
import { timeZoneLinks } from "../../../schemas/time-zone-links.js";
import { timeZones } from "../../../schemas/time-zones.js";
import { clockOf } from "../../../src/core/time/clock.js";
import { isKnownZone, legacyZone, suggestZone } from "../../../src/core/time/zone.js";

describe("zones", () => {
  test("are those of Go, by their exact names", () => {
    expect(new Set(timeZones).size).toBe(598);
    const known = ["UTC", "Etc/UTC", "Europe/Berlin", "America/Argentina/ComodRivadavia", "EST", "Factory"];
    const unknown = ["", "Local", "local", "utc", "europe/berlin", "PST", "UTC+2", "Europe", "../UTC", "Europe/Berlin "];
    expect(known.filter((name) => !isKnownZone(name))).toEqual([]);
    expect(unknown.filter(isKnownZone)).toEqual([]);
  });

  test("have a clock, each", () => {
    const without = timeZones.filter((name) => clockOf(name) === undefined);
    if (process.versions.tz === "2025c") expect(without).toEqual([]);
    expect(without.length).toBeLessThan(10);
  });

  test.each([
    ["Europe/Berlin", Date.UTC(2026, 2, 29, 1), 60, 120],
    ["America/New_York", Date.UTC(2026, 10, 1, 6), -240, -300],
    ["Australia/Lord_Howe", Date.UTC(2026, 9, 3, 15, 30), 630, 660],
    ["Pacific/Chatham", Date.UTC(2026, 3, 4, 14), 825, 765],
    ["Antarctica/Troll", Date.UTC(2026, 2, 29, 1), 0, 120],
    ["America/Recife", Date.UTC(2000, 9, 15, 2), -120, -180],
  ])("%s changes to the minute", (zone, change, before, after) => {
    const clock = clockOf(zone);
    expect(clock?.offsetAt(change - 1)).toBe(before * 60_000);
    expect(clock?.offsetAt(change)).toBe(after * 60_000);
    expect(clock?.spanAt(change).from).toBe(change);
    expect(clock?.spanAt(change - 1).to).toBe(change);
  });

  test("agree with Intl's own reading of local time", () => {
    for (const timeZone of ["Europe/Dublin", "Africa/Casablanca", "Asia/Tehran", "America/Caracas", "Asia/Pyongyang"]) {
      const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
      for (let at = Date.UTC(2015, 0, 1); at < Date.UTC(2020, 0, 1); at += 1_234_567_000) {
        const local = new Date(at + (clockOf(timeZone)?.offsetAt(at) ?? NaN)).toISOString().slice(0, 19).replace("T", " ");
        expect(format.format(at)).toBe(local);
      }
    }
  });
});

describe("legacyZone", () => {
  test.each([
    ["EST", "America/Panama"],
    ["CET", "Europe/Brussels"],
    ["EST5EDT", "America/New_York"],
    ["US/Eastern", "America/New_York"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["Etc/GMT+5", "Etc/GMT-5"],
    ["Zulu", "Etc/UTC"],
    ["Etc/GMT-14", undefined],
    ["Europe/Berlin", undefined],
    ["UTC", undefined],
    ["Etc/GMT", undefined],
    ["PST", undefined],
  ])("%s: %s", (name, use) => {
    expect(legacyZone(name)?.use).toBe(use);
  });

  // So a rewrite changes no run. GMT+5 is meant the other way round, and is not among these.
  const abbreviations = ["EST", "MST", "HST", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "WET", "CET", "MET", "EET"];
  test.each([...timeZoneLinks.keys(), ...abbreviations])("%s keeps its times", (old) => {
    const use = legacyZone(old)?.use ?? "";
    expect(isKnownZone(old) && isKnownZone(use)).toBe(true);
    for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2028, 0, 1); at += 3 * 86_400_000) {
      expect(clockOf(old)?.offsetAt(at)).toBe(clockOf(use)?.offsetAt(at));
    }
  });
});

describe("suggestZone", () => {
  test.each([
    ["europe/berlin", "Europe/Berlin"],
    [" Europe/Paris", "Europe/Paris"],
    ["utc", "UTC"],
    ["Local", "Etc/UTC"],
    ["GMT+5", "Etc/GMT-5"],
    ["UTC-08:00", "Etc/GMT+8"],
    ["+09:00", "Etc/GMT-9"],
    ["UTC+5:30", undefined],
    ["PST", "America/Los_Angeles"],
    ["ist", "Asia/Kolkata"],
    ["Berlin", "Europe/Berlin"],
    ["New York", "America/New_York"],
    ["Europe/Berln", "Europe/Berlin"],
    ["Aisa/Tokyo", "Asia/Tokyo"],
    ["Europe/Atlantis", undefined],
    ["Europe/Berlin", undefined],
    ["x".repeat(5000), undefined],
  ])("%s: %s", (name, use) => {
    expect(suggestZone(name)?.use).toBe(use);
    if (use !== undefined) expect(isKnownZone(use)).toBe(true);
  });
});
