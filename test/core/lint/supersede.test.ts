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

function job(metadata: string, spec = "parallelism: 1"): string {
  return `apiVersion: batch/v1
kind: Job
${metadata}
spec:
  ${spec}
  template:
    metadata: { labels: { app: report } }
    spec:
      restartPolicy: Never
      containers: [{ name: report, image: "report:1.4" }]
`;
}

describe("one finding per mistake", () => {
  test.each([
    ["a schedule without quotes", cronJob("schedule: */5 * * * *"), "schedule-template-or-quote"],
    ["a missing restartPolicy", cronJob('schedule: "15 * * * *"', "serviceAccountName: report"), "restart-policy-invalid"],
    ["a restartPolicy of another spelling", cronJob('schedule: "15 * * * *"', "restartPolicy: never"), "restart-policy-invalid"],
    ["an unknown zone", cronJob('{ schedule: "15 * * * *", timeZone: Mars/Base }'.slice(2, -2).replace(", ", "\n  ")), "timezone-invalid-or-legacy"],
    ["a name that is too long for a label", job("metadata: { name: " + "a".repeat(64) + " }"), "name-too-long"],
    ["a generateName that is too long", cronJob('schedule: "15 * * * *"').replace("name: report", `generateName: ${"a".repeat(60)}`), "name-too-long"],
    ["a status of another spelling", job("metadata: { name: a }", "podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: "
      + "[{ type: DisruptionTarget, status: 'true' }] }] }"), "value-unsupported"],
    ["a zone in the schedule", cronJob('schedule: "TZ=UTC 15 * * * *"'), "schedule-inline-tz"],
    ["a zone and nothing else", cronJob('schedule: "TZ=UTC"'), "schedule-inline-tz"],
    ["a number that JSON lacks", cronJob('schedule: "15 * * * *"').replace("image: ", "env: [{ name: A, value: .inf }], image: "), "yaml-syntax"],
    ["a beta", cronJob('schedule: "15 * * * *"').replace("batch/v1", "batch/v1beta1"), "api-version-removed"],
  ])("%s", (_, text, rule) => {
    expect(lint(text).filter(({ severity }) => severity !== "info").map((diagnostic) => diagnostic.rule)).toEqual([rule]);
  });

  test.each([
    ["an unknown zone", cronJob('schedule: "15 * * * *"\n  timeZone: PST'), "write America/Los_Angeles (1.25 to 1.36 reject it)"],
    ["a zone in the schedule", cronJob('schedule: "TZ=UTC 15 * * * *"'), "which needs 1.25 (1.29 to 1.36 reject it)"],
    ["a zone and nothing else", cronJob('schedule: "TZ=UTC"'), "move it to timeZone, which needs 1.25"],
    ["a sidecar", cronJob('schedule: "15 * * * *"', "initContainers: [{ name: a, image: a:1, restartPolicy: Always, startupProbe: { exec: { command: [a] } } }]"
      + "\n          restartPolicy: Never"), "a native sidecar needs 1.29"],
    ["an address", cronJob('schedule: "15 * * * *"', 'hostAliases: [{ ip: 010.0.0.1, hostnames: [a] }]\n          restartPolicy: Never'), "(1.36 rejects it)"],
  ])("says which versions reject, where not all do: %s", (_, text, end) => {
    const errors = lint(text, { settings: { kubernetes: "1.24 - 1.36" } }).filter(({ severity }) => severity === "error");
    expect(errors.map(({ message }) => message.slice(-end.length))).toEqual([end]);
  });

  test("a warning of old versions is none beside what new ones refuse", () => {
    const text = cronJob('schedule: "15 * * * *"', 'hostAliases: [{ ip: 010.0.0.1, hostnames: [a] }]\n          restartPolicy: Never');
    expect(lint(text, { settings: { kubernetes: "1.24 - 1.36" } }).map(({ rule }) => rule)).not.toContain("server-warning");
    expect(lint(text, { settings: { kubernetes: "1.34 - 1.35" } }).map(({ rule }) => rule)).toContain("server-warning");
    const empty = cronJob('schedule: "15 * * * *"', "volumes: [{ name: a, projected: { sources: [{ clusterTrustBundle: { name: x, path: ca } }] } }]\n"
      + "          restartPolicy: Never");
    expect(lint(empty).map(({ rule }) => rule)).toEqual(["field-too-new"]);
  });

  test("what gave way stays with the sharper finding, and its severity where no setting names the rule", () => {
    const text = cronJob('schedule: "15 * * * *"', "restartPolicy: never");
    const gentle = rules.map((rule) => (rule.id === "restart-policy-invalid" ? { ...rule, severity: "info" as const } : rule));
    const { reports: [found] } = lintReports({ name: "a.yaml", text }, { rules: gentle, settings: defaultFileSettings() });
    expect(found).toMatchObject({ rule: "restart-policy-invalid", severity: "error" });
    expect(found?.superseded.map((one) => one.rule)).toEqual(["value-unsupported"]);
  });

  test("advice that gives the server's own warning its words stays advice", () => {
    const text = cronJob('schedule: "15 * * * *"', "nodeSelector: { beta.kubernetes.io/os: linux }\n          restartPolicy: Never");
    const found = lint(text).find(({ rule }) => rule === "unschedulable-constraints");
    expect(found).toMatchObject({ severity: "info", superseded: [{ rule: "server-warning" }] });
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
