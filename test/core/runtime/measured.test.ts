import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { type Estimate, estimateScript } from "../../../src/core/runtime/estimate.js";
import { parseScript } from "../../../src/core/runtime/parsed-script.js";
import { recorder, scaledSeconds } from "./recorded-sleep.js";

interface Measured {
  readonly script: string;
  readonly shell: "sh" | "bash";
  /** What it took, measured where `sleep` and `timeout` are ten times as fast, or write down how long they would sleep. */
  readonly seconds: number;
  /** Not one after the other, so that what was slept does not add up to the time. */
  readonly sideBySide?: true;
}

const rows = JSON.parse(readFileSync(new URL("../../../fixtures/runtime/measured.json", import.meta.url), "utf8")) as readonly Measured[];

function estimated({ script, shell }: Measured): Estimate {
  const parsed = parseScript(script);
  if (parsed === undefined) throw new Error("does not parse");
  return estimateScript(parsed, { shell });
}

test.each(rows)("$script in $shell took $seconds s, and the estimate has it", (row) => {
  const { least, most } = estimated(row);
  expect(row.seconds).toBeGreaterThanOrEqual(least);
  expect(row.seconds).toBeLessThanOrEqual(most ?? Infinity);
});

test("most estimates say the very number, and few say nothing about the longest run", () => {
  const exact = rows.filter((row) => estimated(row).least === row.seconds && estimated(row).most === row.seconds);
  const open = rows.filter((row) => estimated(row).most === null);
  expect({ rows: rows.length, exact: exact.length, open: open.length }).toEqual({ rows: 110, exact: 72, open: 13 });
});

const recorded = recorder();
afterAll(() => recorded.remove());

test.each(rows.filter(({ sideBySide }) => !sideBySide))("$script in $shell takes $seconds s here too", ({ script, shell, seconds }) => {
  expect(recorded.run(script, shell).seconds).toBe(seconds);
});

const speed = 40;

test.each(rows.filter(({ sideBySide }) => sideBySide))("$script in sh takes $seconds s on the clock here too", ({ script, seconds }) => {
  const took = scaledSeconds(script, speed);
  expect(took).toBeGreaterThanOrEqual(seconds - 0.2);
  // A busy machine takes its time to start a shell.
  expect(took).toBeLessThanOrEqual(seconds + 3 * speed);
});
