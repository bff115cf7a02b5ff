import { describe, expect, test } from "vitest";
import { minors } from "../../../src/core/api/versions.js";
import { cronJob, decoded, job, said } from "./manifest.js";

describe("what is accepted", () => {
  test.each([
    ["a CronJob", cronJob()],
    ["a Job", job()],
    ["null where a field may be left out", cronJob({ spec: "timeZone: null", job: "backoffLimit: ~" })],
    ["numbers as Kubernetes' YAML reads them", job({ job: "backoffLimit: 1_0", pod: "terminationGracePeriodSeconds: 1e1" })],
    ["old booleans", cronJob({ spec: "suspend: off" })],
    ["an empty text for the default", cronJob({ spec: 'concurrencyPolicy: ""' })],
    ["numbers as keys of labels", job({ pod: "nodeSelector: { 1: yes-please }" })],
    ["quantities without quotes", job({ item: "{ name: a, image: b, resources: { limits: { cpu: 0.5, memory: 2Gi, nvidia.com/gpu: 1 } } }" })],
    ["null items of text", job({ item: "{ name: a, image: b, args: [x, null] }" })],
  ])("%s", (_, text) => {
    expect(said(decoded(text, { versions: ["1.36"] }))).toEqual([]);
  });
});

describe("unknown fields", () => {
  test.each([
    ["a slip", cronJob({ spec: "concurencyPolicy: Forbid" }), "concurencyPolicy is no field of the CronJob spec; did you mean concurrencyPolicy?"],
    ["another case", cronJob({ spec: "timezone: Etc/UTC" }), "timezone is no field of the CronJob spec; write timeZone"],
    ["another name", job({ job: "retries: 3" }), "retries is no field of the Job spec; did you mean backoffLimit?"],
    ["nothing near", job({ job: "frobnicate: 3" }), "frobnicate is no field of the Job spec; remove it or correct its name"],
    ["a CronJob's field in a Job", job({ job: 'schedule: "@daily"' }), "schedule is a field of a CronJob, and this is a Job; remove it or make this a CronJob"],
  ])("%s", (_, text, message) => {
    const [finding, ...others] = decoded(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "unknown-field", outcome: "rejected", message });
  });

  test("a rename is safe only when case alone differs", () => {
    const [spelt] = decoded(cronJob({ spec: "timezone: Etc/UTC" }));
    const [near] = decoded(cronJob({ spec: "timeZon: Etc/UTC" }));
    expect(spelt?.fix).toMatchObject({ safe: true, edits: [{ text: "timeZone" }] });
    expect(near?.fix).toMatchObject({ safe: false, edits: [{ text: "timeZone" }] });
  });

  test("no rename to a field that is there already", () => {
    const [finding] = decoded(job({ job: "backoffLimit: 1\n  backOffLimit: 2" }));
    expect(finding).toMatchObject({ rule: "unknown-field" });
    expect(finding?.fix).toBeUndefined();
  });

  test("a hundred thousand of them take no longer than they must", () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `  someFieldNumber${String(index)}: 1`).join("\n");
    expect(decoded(`apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec:\n${keys}\n`).length).toBe(100_001);
  });
});

describe("types", () => {
  test.each([
    ["text for a number", job({ job: 'backoffLimit: "3"' }), 'backoffLimit must be a whole number, not the text "3"; remove the quotes', "3"],
    ["text for a boolean", cronJob({ spec: 'suspend: "true"' }), 'suspend must be true or false, not the text "true"; remove the quotes', "true"],
    ["a number for text", job({ item: "{ name: a, image: b, env: [{ name: X, value: 3 }] }" }), "the value of env X must be text, not the number 3; quote it", '"3"'],
    ["a boolean for text", job({ item: "{ name: a, image: b, args: [yes] }" }), "args[0] must be text, not the boolean yes; quote it", '"yes"'],
    ["a fraction", job({ job: "backoffLimit: 1.5" }), "backoffLimit must be a whole number, not the number 1.5; write 1 or 2", undefined],
    ["more than 32 bits", job({ job: "backoffLimit: 2147483648" }),
      "backoffLimit is 2147483648, but must lie between -2147483648 and 2147483647; write a number in that range", undefined],
    ["one value for a list", job({ item: "{ name: a, image: b, command: sh }" }), 'command must be a list, not the text "sh"; write a list, one word per item', undefined],
    ["a list for a mapping", job({ pod: "nodeSelector: [a]" }), 'nodeSelector must be a mapping, not a list; write "name: value" lines', undefined],
    ["no quantity", job({ item: "{ name: a, image: b, resources: { limits: { memory: 2GB } } }" }),
      'limits.memory must be a quantity such as 500m or 2Gi, not the text "2GB"; write 2Gi or 2G', undefined],
    ["no time", job({ pod: "dnsPolicy: Default" }).replace("name: report }", "name: report, creationTimestamp: today }"),
      'creationTimestamp must be a time such as 2026-01-31T08:00:00Z, not the text "today"; correct the value', undefined],
  ])("%s", (_, text, message, fixed) => {
    const [finding, ...others] = decoded(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "type-mismatch", message });
    expect(finding?.fix?.edits[0]?.text).toBe(fixed);
  });
});

describe("values", () => {
  test("one of a few, told by case", () => {
    const [finding] = decoded(cronJob({ spec: "concurrencyPolicy: forbid" }));
    expect(finding).toMatchObject({
      rule: "value-unsupported", type: "FieldValueNotSupported", field: "spec.concurrencyPolicy",
      message: 'concurrencyPolicy "forbid" is not supported; use Forbid', fix: { safe: true },
    });
  });

  test("all of them, when none is near", () => {
    const [finding] = decoded(cronJob({ spec: "concurrencyPolicy: Queue" }));
    expect(finding).toMatchObject({ message: 'concurrencyPolicy "Queue" is not supported; use Allow, Forbid or Replace' });
  });

  test("a value that plain YAML would take for a boolean keeps its quotes", () => {
    const policy = "podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: 'true' }] }] }";
    expect(decoded(job({ job: policy }))[0]?.fix?.edits[0]?.text).toBe("'True'");
  });

  test("bounds", () => {
    const [finding] = decoded(job({ job: "backoffLimit: -1" }));
    expect(finding).toMatchObject({
      rule: "field-invalid", field: "spec.backoffLimit", message: "backoffLimit is -1, but must be at least 0; write 0 or more",
    });
  });

  test("a value behind a gate that is off", () => {
    const [finding] = decoded(job({ pod: "tolerations: [{ key: a, operator: Lt, value: '1' }]" }));
    expect(finding).toMatchObject({ rule: "value-unsupported", field: "spec.template.spec.tolerations[0].operator" });
  });
});

describe("required fields", () => {
  test.each([
    ["schedule", cronJob().replace(/ {2}schedule.*\n/, ""), "spec", "spec.schedule"],
    ["an empty schedule", cronJob().replace('"0 5 * * *"', '""'), '""', "spec.schedule"],
    ["a null schedule", cronJob().replace('"0 5 * * *"', ""), "schedule", "spec.schedule"],
    ["restartPolicy", job().replace(/ *restartPolicy.*\n/, ""), "spec", "spec.template.spec.restartPolicy"],
    ["image", job({ item: "{ name: a }" }), "name", "spec.template.spec.containers[0].image"],
    ["containers", job().replace(/containers:[^]*/, "containers: []\n"), "[]", "spec.template.spec.containers"],
    ["the name", job().replace("{ name: report }", "{ labels: { a: b } }"), "metadata", "metadata.name"],
    ["metadata", job().replace("metadata: { name: report }\n", ""), "kind", "metadata.name"],
    ["spec", "apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\n", "kind", "spec"],
  ])("%s", (_, text, at, field) => {
    const [finding, ...others] = decoded(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "field-required", type: "FieldValueRequired", field });
    expect(finding && text.slice(finding.at.start, finding.at.end)).toBe(at);
  });

  test("a prefix for the name is enough", () => {
    expect(decoded(job().replace("name: report }", "generateName: report- }"))).toEqual([]);
  });

  test("the status of a pod condition: in a CronJob up to 1.33", () => {
    const policy = "podFailurePolicy: { rules: [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget }] }] }";
    const versions = ["1.29", "1.33", "1.34", "1.36"];
    expect(decoded(job({ job: policy }), { versions })).toEqual([]);
    expect(decoded(cronJob({ job: policy }), { versions })).toMatchObject([{ rule: "field-required", versions: ["1.29", "1.33"] }]);
  });
});

describe("silence where the manifest is not the whole of it", () => {
  test("a patch lacks what it likes and may carry directives", () => {
    const text = "kind: CronJob\nmetadata: { name: report }\nspec:\n  $patch: merge\n  jobTemplate:\n    spec: { backoffLimit: 1 }\n";
    expect(decoded(text, { patch: true })).toEqual([]);
    expect(decoded(text.replace("backoffLimit: 1", "backoffLimit: one"), { patch: true })).toMatchObject([{ rule: "type-mismatch" }]);
  });

  test("templates", () => {
    const text = job({ job: "backoffLimit: {{ .Values.limit }}" }).replace("      restartPolicy: Never\n", "      {{- include \"pod\" . | nindent 6 }}\n");
    expect(said(decoded(text))).toEqual([]);
  });

  test("a status is not judged, only decoded", () => {
    expect(decoded(`${job()}status: { conditions: [{ type: Complete }] }\n`)).toEqual([]);
    expect(decoded(`${job()}status: { active: many }\n`)).toMatchObject([{ rule: "type-mismatch", field: "status.active" }]);
  });
});

describe("any text", () => {
  test("in all minors at once throws nothing", () => {
    for (const text of [cronJob(), job({ job: "template: 3" }), "apiVersion: batch/v1\nkind: Job\nspec: []\nmetadata: 7\n"]) {
      expect(() => decoded(text, { versions: minors })).not.toThrow();
    }
  });
});
