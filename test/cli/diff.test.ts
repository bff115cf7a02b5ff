import { describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { ran } from "./world.js";

function cronJob(spec: object): string {
  const template = { spec: { restartPolicy: "Never", containers: [{ name: "a", image: "a:1.0" }] } };
  const whole = { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "a" }, spec: { ...spec, jobTemplate: { spec: { template } } } };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

/** It is 2026-01-15 00:00 UTC. */
function diff(before: object, after: object, ...args: string[]) {
  const cwd = folderWith({ "old.yaml": cronJob(before), "new.yaml": cronJob(after) });
  return ran(cwd, ["diff", "old.yaml", "new.yaml", "--no-config", "-k", "1.34", ...args]);
}

function times(before: object, after: object, ...args: string[]) {
  return JSON.parse(diff(before, after, "--format", "json", ...args).out).objects[0].times;
}

const berlin = { timeZone: "Europe/Berlin" };

describe("fire times", () => {
  test("an hour later", () => {
    const { out } = diff({ schedule: "0 2 * * *", ...berlin }, { schedule: "0 3 * * *", ...berlin, startingDeadlineSeconds: 60 });
    expect(out).toContain(
      "  fired  0 2 * * *  at 02:00 every day (Europe/Berlin), 1 run a day\n" +
        "  fires  0 3 * * *  at 03:00 every day (Europe/Berlin), 1 run a day\n" +
        "  moves from 02:00 to 03:00 Europe/Berlin\n" +
        "  next   Thu 2026-01-15 02:00 +01:00 → Thu 2026-01-15 03:00 +01:00\n" +
        "         Fri 2026-01-16 02:00 +01:00 → Fri 2026-01-16 03:00 +01:00\n" +
        "         Sat 2026-01-17 02:00 +01:00 → Sat 2026-01-17 03:00 +01:00\n",
    );
  });

  test("in another zone, old times are shown on the new wall", () => {
    const { out } = diff({ schedule: "0 2 * * *" }, { schedule: "0 2 * * *", ...berlin }, "--time-zone", "America/New_York");
    expect(out).toContain("  moves from 02:00 America/New_York to 02:00 Europe/Berlin\n");
    // 02:00 in New York is 07:00 UTC, 08:00 in Berlin.
    expect(out).toContain("  next   Thu 2026-01-15 08:00 +01:00 → Thu 2026-01-15 02:00 +01:00\n");
  });

  test("as JSON, in UTC and on the wall of each", () => {
    expect(times({ schedule: "*/30 * * * *" }, { schedule: "0 6 * * 1", ...berlin })).toEqual({
      before: {
        schedule: "*/30 * * * *", timeZone: "Etc/UTC", description: "every 30 minutes", runsPerDay: 48,
        next: ["00:30:00", "01:00:00", "01:30:00"].map((clock) => ({ time: `2026-01-15T${clock}Z`, local: `2026-01-15T${clock}+00:00` })),
      },
      after: {
        schedule: "0 6 * * 1", timeZone: "Europe/Berlin", description: "at 06:00 on Monday", runsPerDay: 0.142,
        next: ["19", "26"].map((date) => ({ time: `2026-01-${date}T05:00:00Z`, local: `2026-01-${date}T06:00:00+01:00` }))
          .concat([{ time: "2026-02-02T05:00:00Z", local: "2026-02-02T06:00:00+01:00" }]),
      },
      suspended: false,
    });
  });

  test.each([
    ["1440 runs a day", "* * * * *"],
    ["24 runs a day", "7 * * * *"],
    ["1.4 runs a day", "0 0,12 * * 1-5"],
    ["52 runs a year", "0 6 * * 1"],
    ["12 runs a year", "0 6 1 * *"],
    ["1 run a year", "0 6 1 7 *"],
    ["0 runs a year", "0 6 31 2 *"],
    ["16 runs a day", "@every 90m"],
  ])("%s: %s", (rate, schedule) => {
    expect(diff({ schedule: "1 1 1 1 1" }, { schedule }).out).toContain(`, ${rate}\n`);
  });

  test("says that it is suspended, and why there is none", () => {
    expect(diff({ schedule: "0 2 * * *" }, { schedule: "0 3 * * *", suspend: true }).out).toContain("(suspended: nothing runs until spec.suspend is false)\n");
    expect(times({ schedule: "0 2 * * *" }, { schedule: "0 25 * * *" }).after).toEqual({ schedule: "0 25 * * *", error: "25 is too large: an hour is 0 to 23" });
  });

  test.each([
    ["nothing that matters to the clock changes", { schedule: "0 2 * * *" }, { schedule: "0 2 * * *", suspend: true }],
    ["the zone stays", { schedule: "0 2 * * *", ...berlin }, { schedule: "0 2 * * *", ...berlin, concurrencyPolicy: "Forbid" }],
  ])("are left out where %s", (_, before, after) => {
    expect(times(before, after)).toBeUndefined();
    expect(diff(before, after).out).not.toMatch(/fire[sd] /);
  });

  test("do not move where the days change as well", () => {
    expect(times({ schedule: "0 2 * * 1" }, { schedule: "0 3 * * 2" }).moved).toBeUndefined();
    expect(times({ schedule: "0 2 * * 1" }, { schedule: "0 3 * * 1" }).moved).toEqual({ from: "02:00", to: "03:00" });
  });
});

describe("an old manifest that is refused itself", () => {
  test("has the new one judged as a new object", () => {
    const { out, code } = diff({ schedule: "CRON_TZ=Europe/Berlin 0 2 * * *" }, { schedule: "0 2 * * *", ...berlin }, "-k", "1.28 - 1.30");
    expect(out).toContain("the old manifest is itself refused by 1.29 and 1.30, where the new one is judged as a new object");
    expect(out).not.toContain("rejected");
    expect(code).toBe(0);
  });

  test("does not save a new one that is refused too", () => {
    const { code } = diff({ schedule: "0 2 * * 7" }, { schedule: "0 3 * * 7" });
    expect(code).toBe(1);
  });
});

describe("runs that a change brings about", () => {
  const rulesOf = (before: object, after: object, ...args: string[]): { rule: string; message: string }[] =>
    JSON.parse(diff(before, after, "--format", "json", ...args).out).objects[0].diagnostics;

  test("one more at the old time", () => {
    const [before, after] = [{ schedule: "0 2 * * *", ...berlin }, { schedule: "0 5 * * *", ...berlin }];
    const { out, code } = diff(before, after, "--now", "2026-01-15T12:00:00Z");
    expect(out).toMatch(/new\.yaml:8:\d+ warning schedule-change-retroactive-run\b/);
    expect(out).toContain("one more run starts at the old time");
    expect(code).toBe(1);
    expect(rulesOf(before, after)).toMatchObject([{ rule: "schedule-change-retroactive-run", severity: "warning" }]);
    expect(rulesOf(before, { ...after, startingDeadlineSeconds: 300 })).toEqual([]);
  });

  test("one at once when it is resumed", () => {
    const [before, after] = [{ schedule: "0 2 * * *", suspend: true }, { schedule: "0 2 * * *", suspend: false }];
    const { out, code } = diff(before, after, "--now", "2026-01-15T12:00:00Z");
    expect(out).toMatch(/new\.yaml:9:\d+ warning unsuspend-immediate-run\b/);
    expect(out).toContain("Thu 2026-01-15 02:00 +00:00");
    expect(code).toBe(1);
    expect(rulesOf(before, after)).toMatchObject([{ rule: "unsuspend-immediate-run", severity: "warning" }]);
    expect(rulesOf(before, { ...after, startingDeadlineSeconds: 300 })).toEqual([]);
  });

  test("neither, where the server refuses the change", () => {
    const refused = { schedule: "0 5 * * *", suspend: false, startingDeadlineSeconds: -1 };
    expect(rulesOf({ schedule: "0 2 * * *", suspend: true }, refused).map(({ rule }) => rule)).toEqual(["field-invalid"]);
  });
});
