import { describe, expect, test } from "vitest";
import { rules } from "../../../rules/index.js";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { lint } from "../../../src/index.js";

const ids = new Set(rules.map(({ id }) => id));

describe.each(rules)("$id", ({ id, supersedes = [], outranks = [] }) => {
  test("gives way to nobody that gives way to it", () => {
    for (const other of [...supersedes, ...outranks]) {
      expect(ids).toContain(other);
      const back = rules.find((rule) => rule.id === other);
      expect([...(back?.supersedes ?? []), ...(back?.outranks ?? [])]).not.toContain(id);
    }
  });
});

function cronJob(spec: string, pod = "restartPolicy: Never"): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  ${spec}
  jobTemplate:
    spec:
      activeDeadlineSeconds: 600
      backoffLimit: 1
      template:
        metadata: { labels: { app: report } }
        spec:
          automountServiceAccountToken: false
          ${pod}
          containers:
            - { name: report, image: "report:1.4", resources: { requests: { cpu: 100m, memory: 64Mi } } }
`;
}

describe("one finding per mistake", () => {
  test.each([
    ["a schedule without quotes", cronJob("schedule: */5 * * * *"), "schedule-template-or-quote"],
    ["a missing restartPolicy", cronJob('schedule: "15 * * * *"', "serviceAccountName: report"), "restart-policy-invalid"],
    ["a restartPolicy of another spelling", cronJob('schedule: "15 * * * *"', "restartPolicy: never"), "restart-policy-invalid"],
    ["an unknown zone", cronJob('{ schedule: "15 * * * *", timeZone: Mars/Base }'.slice(2, -2).replace(", ", "\n  ")), "timezone-invalid-or-legacy"],
    ["a beta", cronJob('schedule: "15 * * * *"').replace("batch/v1", "batch/v1beta1"), "api-version-removed"],
  ])("%s", (_, text, rule) => {
    expect(lint(text).map((diagnostic) => diagnostic.rule)).toEqual([rule]);
  });

  test("what gave way stays with the sharper finding, and its severity where no setting names the rule", () => {
    const text = cronJob('schedule: "15 * * * *"', "restartPolicy: never");
    const gentle = rules.map((rule) => (rule.id === "restart-policy-invalid" ? { ...rule, severity: "info" as const } : rule));
    const { reports: [found] } = lintReports({ name: "a.yaml", text }, { rules: gentle, settings: defaultFileSettings() });
    expect(found).toMatchObject({ rule: "restart-policy-invalid", severity: "error" });
    expect(found?.superseded.map((one) => one.rule)).toEqual(["value-unsupported"]);
  });

  test("a level in the settings is obeyed, whatever gave way", () => {
    const [found] = lint(cronJob('schedule: "15 * * * *"', "restartPolicy: never"), { settings: { rules: { "restart-policy-invalid": "info" } } });
    expect(found).toMatchObject({ rule: "restart-policy-invalid", severity: "info", superseded: [{ rule: "value-unsupported" }] });
  });

  test("a rule that is off replaces nothing", () => {
    const found = lint(cronJob('schedule: "15 * * * *"', "restartPolicy: never"), { settings: { rules: { "restart-policy-invalid": "off" } } });
    expect(found.map(({ rule }) => rule)).toEqual(["value-unsupported"]);
  });

  const containers = '      containers: [{ name: a, image: "a:1" }]\n';
  test.each([
    ["a restartPolicy in the Job's spec", `  restartPolicy: Never\n  template:\n    spec:\n${containers}`, "misplaced-field", "restart-policy-invalid"],
    ["a deadline misspelt", `  activeDeadlineSecond: 60\n  template:\n    spec:\n${containers}`, "unknown-field", "no-active-deadline"],
  ])("%s is meant, and nothing says that it is missing", (_, spec, said, unsaid) => {
    const found = lint(`apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec:\n${spec}`).map(({ rule }) => rule);
    expect(found).toContain(said);
    expect(found).not.toContain(unsaid);
    const without = { [said]: "off" } as const;
    expect(lint(`apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec:\n${spec}`, { settings: { rules: without } }).map(({ rule }) => rule)).toContain(unsaid);
  });

  test("a pod spec one level too high is meant, whether or not that is reported", () => {
    const text = "apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec:\n  template:\n    restartPolicy: Never\n";
    expect(lint(text).map(({ rule }) => rule)).toContain("misplaced-field");
    expect(lint(text, { settings: { rules: { "misplaced-field": "off" } } }).map(({ rule }) => rule)).not.toContain("field-required");
  });
});
