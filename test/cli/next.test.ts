import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ran } from "./world.js";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kronlint-next-"));
  const job = "  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers: [{ name: a, image: a:1 }]\n";
  const cronJob = (spec: string): string => `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: report, namespace: prod }\nspec:\n${spec}${job}`;
  writeFileSync(join(folder, "berlin.yaml"), cronJob('  schedule: "30 2 * * *"\n  timeZone: Europe/Berlin\n'));
  writeFileSync(join(folder, "suspended.yaml"), cronJob('  schedule: "@daily"\n  suspend: true\n'));
  writeFileSync(join(folder, "wrong.yaml"), cronJob('  schedule: "every day"\n'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const next = (...args: string[]) => ran(folder, ["next", ...args]);

describe("of a manifest", () => {
  test("shows the job's zone and the reader's, and leaves out what the clocks take away", () => {
    const { out, code } = next("berlin.yaml", "--from", "2026-03-28T00:00:00Z", "--count", "2", "--tz", "America/New_York");
    expect(out).toBe(
      "berlin.yaml:5 CronJob prod/report\n" +
        "  30 2 * * *  at 02:30 every day (Europe/Berlin)\n" +
        "  Sat 2026-03-28 02:30 +01:00   Fri 2026-03-27 21:30 -04:00 America/New_York\n" +
        "  Sun 2026-03-29 02:30         skipped: the clock goes from 02:00 to 03:00\n" +
        "  Mon 2026-03-30 02:30 +02:00   Sun 2026-03-29 20:30 -04:00 America/New_York\n\n",
    );
    expect(code).toBe(0);
  });

  test("says which of two equal times it is when the clocks go back", () => {
    const { out } = next("berlin.yaml", "--from", "2026-10-24T12:00:00Z", "--count", "2", "--format", "json");
    expect(JSON.parse(out)).toEqual({
      version: 1,
      schedules: [
        {
          file: "berlin.yaml", line: 5, namespace: "prod", name: "report", suspended: false,
          schedule: "30 2 * * *", timeZone: "Europe/Berlin", timeZoneFrom: "manifest", description: "at 02:30 every day",
          runs: [
            { time: "2026-10-25T00:30:00Z", local: "2026-10-25T02:30:00+02:00", reader: "2026-10-25T02:30:00+02:00", repeats: "first" },
            { time: "2026-10-25T01:30:00Z", local: "2026-10-25T02:30:00+01:00", reader: "2026-10-25T02:30:00+01:00", repeats: "second" },
          ],
        },
      ],
    });
  });

  test("says that a suspended one does not run, and where the zone comes from", () => {
    const { out } = next("suspended.yaml", "--count", "1", "--kubernetes-time-zone", "Asia/Tokyo");
    expect(out).toContain("suspended: nothing runs until spec.suspend is false");
    expect(out).toContain("at 00:00 every day (Asia/Tokyo, the controller's zone)");
  });

  test("says why there are no runs, and exits with 1", () => {
    const { out, code } = next("wrong.yaml");
    expect(out).toContain("no runs: ");
    expect(code).toBe(1);
  });
});

describe("of a schedule", () => {
  test.each([[["0 5 1 * 1"]], [["0", "5", "1", "*", "1"]]])("takes %j", (args) => {
    expect(next(...args, "--count", "1").out).toContain("at 05:00 on day 1 of the month or on Monday (Etc/UTC, the controller's zone)");
  });

  test("a zone in it counts", () => {
    expect(next("TZ=Asia/Tokyo 0 9 * * *", "--count", "1").out).toContain("(Asia/Tokyo, from the schedule)");
  });

  test.each([["0 0 30 2 *", "it never fires"]])("%s: %s", (schedule, text) => {
    expect(next(schedule).out).toContain(text);
  });
});

test.each([
  [["61 * * * *"], "no schedule that Kubernetes accepts"],
  [["@reboot"], "no schedule that Kubernetes accepts"],
  [["@daily", "--tz", "Mars/Base"], "--tz Mars/Base: there is no time zone of this name"],
  [["@daily", "--count", "0"], "--count 0"],
  [["@daily", "--from", "yesterday"], "--from yesterday"],
  [["nowhere.yaml"], "nowhere.yaml"],
  [[], "next needs a manifest or a schedule"],
])("exits with 2 for %j", (args, message) => {
  const { code, err } = next(...args);
  expect({ code, err: err.includes(message) }).toEqual({ code: 2, err: true });
});

describe("what is neither a file nor a schedule", () => {
  test.each([
    ["", '"" is neither a file nor a schedule; a schedule has five fields, or begins with @'],
    ["foo", 'there is no file "foo", and it is no schedule: that has five fields, or begins with @'],
    [" @daily", '" @daily" is no schedule that Kubernetes accepts: a schedule has five fields, and 1 is there'],
  ])("%j is refused with a hint", (argument, message) => {
    expect(next(argument)).toEqual({ code: 2, out: "", err: `kronlint: ${message}\n` });
  });

  test("a day that does not exist is refused", () => {
    expect(next("@daily", "--from", "2026-02-30").code).toBe(2);
  });

  test("a zone within the schedule is said once", () => {
    expect(next("TZ=Asia/Tokyo 30 2 * * *").out).toContain("at 02:30 every day (Asia/Tokyo, from the schedule)");
  });
});
