import type { CronJob, Job } from "kubernetes-types/batch/v1.js";
import type { PodTemplateSpec } from "kubernetes-types/core/v1.js";
import { describe, expect, test } from "vitest";
import { estimateRuntime, explain, fix, kubernetesVersions, lint, rules, schedule, simulate, verdict } from "../src/index.js";

const container = { name: "report", image: "report:1.4", resources: { requests: { cpu: "100m", memory: "64Mi" } } };

const template: PodTemplateSpec = {
  metadata: { labels: { app: "report" } },
  spec: { restartPolicy: "Never", automountServiceAccountToken: false, containers: [container] },
};

const cronJob: CronJob = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "report", namespace: "office" },
  spec: {
    schedule: "0 4 * * 7",
    timeZone: "Europe/Berlin",
    jobTemplate: { spec: { activeDeadlineSeconds: 600, backoffLimit: 1, template } },
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
    // The server rejects it all the same.
    expect(lint(cronJob, { settings: { rules: { "schedule-syntax": "off" } } }).map(({ rule }) => rule)).toEqual(["field-invalid"]);
    expect(lint(cronJob, { settings: { rules: { "schedule-syntax": "off", "field-invalid": "off" } } })).toEqual([]);
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
      expect(explain(id)?.replace(/\\(?=[<>|*_])/g, "")).toContain(summary);
    }
    expect(explain("no-such-rule")).toBeUndefined();
  });
});

describe("verdict", () => {
  const text = (schedule: string, zone = ""): string =>
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec:\n  schedule: "${schedule}"\n${zone}` +
    "  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: b }] } } } }\n";

  test("gives type, field and range as the server does", () => {
    const { accepted, stage, errors } = verdict(text("61 * * * *"), { kubernetes: "1.34" });
    expect({ accepted, stage }).toEqual({ accepted: false, stage: "validate" });
    expect(errors).toMatchObject([{ type: "FieldValueInvalid", field: "spec.schedule", range: { line: 5, column: 14 } }]);
  });

  test("differs by version", () => {
    const zoned = text("0 1 * * *", "  timeZone: Mars/Base\n");
    expect(verdict(zoned, { kubernetes: "1.24" })).toMatchObject({ accepted: true, dropped: ["spec.timeZone"] });
    expect(verdict(zoned).errors).toMatchObject([{ field: "spec.timeZone" }]);
  });

  test("says where kubectl gets another answer", () => {
    const twice = text("0 1 * * *", '  schedule: "0 2 * * *"\n');
    expect(verdict(twice)).toMatchObject({ accepted: false, stage: "strict", acceptedByKubectl: true, strict: [{ range: { line: 6 } }] });
  });

  test("judges an update", () => {
    const job = (image: string): string =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: ${image} }] } } }\n`;
    expect(verdict(job("b:2"), { previous: job("b:1") })).toMatchObject({ accepted: false, stage: "update", errors: [{ field: "spec.template" }] });
    expect(verdict(job("b:1"), { previous: job("b:1") })).toMatchObject({ accepted: true, stage: "ok" });
  });

  test("knows 1.24 and later", () => {
    expect(kubernetesVersions).toContain("1.24");
    expect(() => verdict(text("@daily"), { kubernetes: "1.3" })).toThrow(RangeError);
  });
});

describe("time", () => {
  test("a schedule", () => {
    const read = schedule("30 2 * * *", { timeZone: "Europe/Berlin" });
    expect(read.next(new Date("2026-03-28T12:00:00Z"))?.toISOString()).toBe("2026-03-30T00:30:00.000Z");
    expect(schedule("61 * * * *").error).toBeDefined();
  });

  test("a scenario", () => {
    const spec = { schedule: "* * * * *", concurrencyPolicy: "Forbid" } as const;
    const cronjob = { name: "a", creationTimestamp: "2026-01-01T00:00:00Z", spec };
    const { trace } = simulate({ cronjob, durations: [90], until: "2026-01-01T00:03:00Z" });
    expect(trace.map(({ event }) => event)).toContain("skipped-forbid");
  });

  test("how long a run takes", () => {
    const job = (script: string): string =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: b, command: [sh, -c, "${script}"] }] } } }\n`;
    expect(estimateRuntime(job("sleep 20; sleep 5"))).toMatchObject({ least: 25, most: 25 });
    expect(estimateRuntime(job("./report"))).toMatchObject({ most: null });
    expect(estimateRuntime("kind: Pod")).toMatchObject({ least: 0, most: null, evidence: [] });
  });
});
