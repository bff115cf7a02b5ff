import { describe, expect, test } from "vitest";
import { isQuantity } from "../../../src/core/api/quantity.js";
import { closest, sameButForCase } from "../../../src/core/api/similar.js";
import { isTimestamp } from "../../../src/core/api/timestamp.js";

describe("quantities", () => {
  test.each(["0", "1", "-1", "+1", "1.5", ".5", "1.", "500m", "2Gi", "1e3", "1E3", "1E", "1e-3", " 1 ", "100k", "00", "m", "5u", "\u00a01\u3000"])("%j", (text) => {
    expect(isQuantity(text)).toBe(true);
  });

  test.each(["", " ", "2GB", "1 Gi", "1KB", "1K", "1gi", "1e", "1e3k", "1mm", "abc", "1,5", "0x10", "1ki", "--1", "1.2.3", "1\n", "\t1", "\ufeff1"])("not %j", (text) => {
    expect(isQuantity(text)).toBe(false);
  });

  test("a long text is no work", () => {
    expect(isQuantity(`${"1".repeat(1_000_000)}x`)).toBe(false);
  });
});

describe("times", () => {
  test.each(["2026-01-31T08:00:00Z", "2024-02-29T23:59:59.5+05:30", "2026-01-31T8:00:00Z"])("%j", (text) => {
    expect(isTimestamp(text)).toBe(true);
  });

  test.each(["", "2026-01-31", "2026-02-29T08:00:00Z", "2026-13-01T00:00:00Z", "2026-01-31 08:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T08:00:00"])(
    "not %j",
    (text) => {
      expect(isTimestamp(text)).toBe(false);
    },
  );
});

describe("similar names", () => {
  const names = ["schedule", "suspend", "timeZone", "concurrencyPolicy"];

  test.each([
    ["shcedule", "schedule"],
    ["scedule", "schedule"],
    ["suspended", "suspend"],
    ["concurencyPolcy", "concurrencyPolicy"],
    ["frobnicate", undefined],
    ["ab", undefined],
    ["x".repeat(10_000), undefined],
  ])("%j", (name, expected) => {
    expect(closest(name, names)).toBe(expected);
  });

  test.each([["timezone", "timeZone"], ["time_zone", "timeZone"], ["time-zones", undefined]])("case of %j", (name, expected) => {
    expect(sameButForCase(name, names)).toBe(expected);
  });
});
