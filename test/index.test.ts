import type { CronJob, Job } from "kubernetes-types/batch/v1.js";
import { describe, expect, test } from "vitest";
import { explain, fix, lint, rules } from "../src/index.js";

const container = { name: "report", image: "report:1.4", resources: { requests: { cpu: "100m", memory: "64Mi" } } };

const cronJob: CronJob = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "report", namespace: "office" },
  spec: {
    schedule: "0 4 * * 7",
    jobTemplate: { spec: { activeDeadlineSeconds: 600, backoffLimit: 1, template: { spec: { restartPolicy: "Never", containers: [container] } } } },
  },
};

describe("lint", () => {
  test("takes an object, and says where in its JSON", () => {
    const [found, ...others] = lint(cronJob);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      rule: "schedule-syntax",
      severity: "error",
      path: "spec.schedule",
      object: { kind: "CronJob", namespace: "office", name: "report" },
    });
    const text = JSON.stringify(cronJob, null, 2);
    expect(text.slice(found?.start, found?.end)).toBe("7");
    expect(text.split("\n")[(found?.line ?? 0) - 1]?.slice((found?.column ?? 0) - 1, (found?.endColumn ?? 0) - 1)).toBe("7");
  });

  test("takes a List and an array of objects as JSON", () => {
    const job: Job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "a" }, spec: { template: { spec: { restartPolicy: "Always", containers: [container] } } } };
    const list = { apiVersion: "v1", kind: "List", items: [cronJob, job] };
    expect(lint(list).filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toEqual(["schedule-syntax", "restart-policy-invalid"]);
  });

  test("takes an array of objects as a List of them", () => {
    const text = JSON.stringify({ apiVersion: "v1", kind: "List", items: [cronJob, cronJob] }, null, 2);
    const found = lint([cronJob, cronJob]);
    expect(found.map(({ rule, start, end }) => [rule, text.slice(start, end)])).toEqual([["schedule-syntax", "7"], ["schedule-syntax", "7"]]);
  });

  test.each([[undefined], [null], [7], [[cronJob, "text"]]])("refuses %s", (input) => {
    expect(() => lint(input as never)).toThrow(new RegExp("^a manifest is a text, an object or an array of objects, not "));
    expect(() => lint(input as never)).toThrow(TypeError);
  });

  test("says once what is wrong with the versions", () => {
    expect(() => lint(cronJob, { settings: { kubernetes: "1.99" } })).toThrow(/^settings are not valid: kubernetes: (?!.*kubernetes: )/);
  });

  test("obeys settings, and refuses those that are none", () => {
    expect(lint(cronJob, { settings: { rules: { "schedule-syntax": "off" } } })).toEqual([]);
    expect(() => lint(cronJob, { settings: { kubernetes: "1.99" } })).toThrow(TypeError);
    expect(() => lint(cronJob, { settings: JSON.parse('{ "rulez": {} }') })).toThrow(/rules/);
  });

  test("knows what time it is only from the caller", () => {
    const text = JSON.stringify(cronJob, null, 2);
    const yaml = `# kronlint-ignore-file schedule-syntax -- until=2026-02-01\n${text}`;
    const ids = (now?: Date): readonly string[] => lint(yaml, now ? { now } : {}).map(({ rule }) => rule);
    expect(ids()).toEqual([]);
    expect(ids(new Date("2026-01-15T00:00:00Z"))).toEqual([]);
    expect(ids(new Date("2026-03-01T00:00:00Z"))).toEqual(["expired-suppression", "schedule-syntax"]);
  });
});

describe("fix", () => {
  test("mends, says what it mended and what remains", () => {
    const { output, applied, remaining } = fix(cronJob);
    expect(JSON.parse(output)).toEqual({ ...cronJob, spec: { ...cronJob.spec, schedule: "0 4 * * 0" } });
    expect(applied.map(({ rule }) => rule)).toEqual(["schedule-syntax"]);
    expect(remaining).toEqual([]);
  });

  test("leaves what may change what the cluster does, unless asked", () => {
    const text = 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec:\n  schedule: "* 2 * * *"\n';
    expect(fix(text).output).toBe(text);
    expect(fix(text, { unsafe: true }).output).toContain('schedule: "0 2 * * *"');
  });
});

describe("rules and explain", () => {
  test("every rule has its page", () => {
    expect(rules.length).toBeGreaterThan(30);
    for (const { id, summary } of rules) {
      expect(explain(id)).toContain(summary);
    }
    expect(explain("no-such-rule")).toBeUndefined();
  });
});
