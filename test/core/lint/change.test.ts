import { describe, expect, test } from "vitest";
import { changesBetween } from "../../../src/core/lint/change.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { defineRule } from "../../../src/core/lint/rule.js";
import { simulate } from "../../../src/core/time/controller/simulate.js";
import { rules } from "../../../rules/index.js";

const hour = 3_600_000;
const start = Date.UTC(2026, 2, 2);

interface Spec {
  readonly schedule: string;
  readonly suspend?: boolean;
  readonly startingDeadlineSeconds?: number;
}

function manifest(spec: Spec): { name: string; text: string } {
  const template = "jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a:1 }] } } } }";
  const fields = Object.entries(spec).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`).join("");
  return { name: "a.yaml", text: `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec:\n${fields}  ${template}\n` };
}

function said(id: string, before: Spec, after: Spec, now: number): readonly string[] {
  const input = { rules: rules.filter((rule) => rule.id === id), settings: defaultFileSettings({ settings: {}, now }) };
  const { reports, failures } = changesBetween(manifest(before), manifest(after), input);
  expect(failures).toEqual([]);
  return reports.map(({ message }) => message);
}

const iso = (time: number): string => new Date(time).toISOString().replace(".000", "");

/** When the controller starts runs if the CronJob, a month old, is edited at `at`. */
function startsAfter(before: Spec, after: Spec, at: number): readonly { readonly t: number; readonly due: number }[] {
  const cronjob = { name: "a", creationTimestamp: iso(start - 30 * 24 * hour), spec: before };
  const { trace } = simulate({ cronjob, durations: [30], edits: [{ t: iso(at), spec: after }], until: iso(at + 10 * 24 * hour) });
  const started = trace.filter(({ event, t }) => event === "started" && Date.parse(t) > at - 1);
  return started.map(({ t, scheduledFor = "" }) => ({ t: Date.parse(t), due: Date.parse(scheduledFor) }));
}

const changes: readonly (readonly [string, string])[] = [
  ["0 2 * * *", "0 5 * * *"],
  ["0 5 * * *", "0 2 * * *"],
  ["0 2 * * *", "0 2 * * 1-5"],
  ["0 9 * * 1", "30 9 * * 3"],
  ["15 */6 * * *", "45 */6 * * *"],
  ["0 1,13 * * *", "0 7 * * *"],
  ["0 4 * * 2,5", "0 4 * * 1"],
];

describe("schedule-change-retroactive-run", () => {
  test.each(changes)("says of %s to %s when a run comes at the old time, as the simulated controller has it", (from, to) => {
    const seen = new Set<boolean>();
    for (let at = start + 30 * 60_000 + 1000; at < start + 7 * 24 * hour; at += 3 * hour + 7 * 60_000) {
      const surprise = startsAfter({ schedule: from }, { schedule: to }, at).find(({ t, due }) => t - due > 60_000);
      const [message] = said("schedule-change-retroactive-run", { schedule: from }, { schedule: to }, at);
      const [, opens = "", closes = ""] = /between (.{27}) and (.{27})/.exec(message ?? "") ?? [];
      const [opened, closed] = [opens, closes].map((text) => Date.parse(text.slice(4).replace(" +", "+").replace(" ", "T")));
      const isOpen = opened !== undefined && closed !== undefined && opened <= at && at < closed;
      expect(isOpen, `${iso(at)}: ${message ?? "nothing"}`).toBe(surprise !== undefined);
      if (surprise) expect(Math.floor(surprise.t / 60_000) * 60_000).toBe(closed);
      seen.add(isOpen);
    }
    expect(seen.has(true) || said("schedule-change-retroactive-run", { schedule: from }, { schedule: to }, start).length === 0).toBe(true);
  });

  test("a short deadline prevents it", () => {
    const after = { schedule: "0 5 * * *", startingDeadlineSeconds: 300 };
    expect(said("schedule-change-retroactive-run", { schedule: "0 2 * * *" }, after, start + 12 * hour)).toEqual([]);
    expect(startsAfter({ schedule: "0 2 * * *" }, after, start + 12 * hour).some(({ t, due }) => t - due > 60_000)).toBe(false);
  });
});

describe("unsuspend-immediate-run", () => {
  test.each([
    [{ schedule: "0 2 * * *" }, true],
    [{ schedule: "0 2 * * *", startingDeadlineSeconds: 600 }, false],
    [{ schedule: "0 5 * * *" }, false],
  ] as const)("resumed as %j: %s", (after, runs) => {
    const before = { schedule: "0 2 * * *", suspend: true };
    const at = start + 12 * hour;
    expect(startsAfter(before, after, at).some(({ t }) => t === at)).toBe(runs);
    expect(said("unsuspend-immediate-run", before, after, at).length > 0).toBe(runs);
  });
});

test("a rule that throws is named, and the others still run", () => {
  const shape = { summary: "A rule.", why: "", category: "hygiene", severity: "info", references: [], examples: [{ title: "", bad: "", good: "" }] } as const;
  const broken = defineRule({ ...shape, id: "broken", change: () => { throw new Error("broken"); } });
  const whole = defineRule({ ...shape, id: "whole", *change(_, { metadata }) { yield { at: metadata.name, message: "changed" }; } });
  const input = { rules: [broken, whole], settings: defaultFileSettings({ settings: {} }) };
  const { reports, failures } = changesBetween(manifest({ schedule: "0 1 * * *" }), manifest({ schedule: "0 2 * * *" }), input);
  expect(failures.map(({ rule }) => rule)).toEqual(["broken"]);
  expect(reports.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(["whole: changed"]);
});
