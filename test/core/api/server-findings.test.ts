import { describe, expect, test } from "vitest";
import { serverFindings } from "../../../src/core/api/server-findings.js";
import { kindOf } from "../../../src/core/model/workload.js";
import { read } from "../../../src/core/read/read.js";

/** What servers of these minors say of a Job: rule, field, the text it points at, and the message's end in brackets. */
function findings(text: string, versions: readonly string[] = ["1.36"]): readonly string[] {
  const [document] = read({ name: "job.yaml", text }).documents;
  const kind = document && kindOf(document);
  if (!document || !kind) throw new Error(text);
  return serverFindings(document, kind, versions).map(({ rule, field, at, message }) => {
    const versionsSaid = / \([^()]*rejects? it\)$/.exec(message)?.[0] ?? "";
    return `${rule} ${field} at ${JSON.stringify(text.slice(at.start, at.end))}${versionsSaid}`;
  });
}

const job = (metadata: string, spec: string, pod = 'containers: [{ name: a, image: "a:1" }]'): string => `apiVersion: batch/v1
kind: Job
metadata: { name: a${metadata} }
spec:
  ${spec}
  template:
    spec:
      restartPolicy: Never
      ${pod}
`;

test("what is well is silent", () => {
  expect(findings(job("", "parallelism: 2"), ["1.24", "1.30", "1.36"])).toEqual([]);
});

test("what only some of the versions reject names them", () => {
  const seven = 'dnsConfig: { searches: [a, b, c, d, e, f, g] }\n      containers: [{ name: a, image: "a:1" }]';
  expect(findings(job("", "backoffLimit: -1", seven), ["1.24", "1.25", "1.36"])).toEqual([
    'field-invalid spec.backoffLimit at "-1"',
    'field-invalid spec.template.spec.dnsConfig.searches at "[a, b, c, d, e, f, g]" (1.24 and 1.25 reject it)',
  ]);
});

test("a missing level is said once, at the level above", () => {
  expect(findings("apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec: { schedule: '1 2 * * *' }\n")).toEqual([
    'field-required spec.jobTemplate at "spec"',
  ]);
});

test("warnings are said where nothing rejects", () => {
  const twice = "containers: [{ name: a, image: a, env: [{ name: X, value: a }, { name: X, value: b }] }]";
  expect(findings(job("", "parallelism: 1", twice))).toEqual([
    'server-warning spec.template.spec.containers[0].env[1] at "X"',
  ]);
  expect(findings(job("", "parallelism: -1", twice))).toEqual(['field-invalid spec.parallelism at "-1"']);
});

test("an object to be made has no resourceVersion, but one that was exported has", () => {
  expect(findings(job(', resourceVersion: "12"', "parallelism: 1"))).toEqual(['field-forbidden metadata.resourceVersion at "\\"12\\""']);
  expect(findings(job(', resourceVersion: "12", uid: b', "parallelism: 1"))).toEqual([]);
  expect(findings(job(', resourceVersion: "0"', "parallelism: 1"))).toEqual([]);
});

test("what the server wrote into an export is no fault", () => {
  const selector = "selector: { matchLabels: { controller-uid: b } }";
  expect(findings(job(", uid: b", selector))).toEqual([]);
  expect(findings(job("", selector))).not.toEqual([]);
});

test("each entry of a map is a mistake of its own", () => {
  expect(findings(job(", labels: { x: b c, y: d e }", "parallelism: 1"))).toEqual([
    'field-invalid metadata.labels at "b c"',
    'field-invalid metadata.labels at "d e"',
  ]);
});

test("what << brings in and is written too is hinted at once, where it is written", () => {
  const labels = ", labels: { <<: { x: a, y: b }, x: c, y: d }";
  const [document] = read({ name: "job.yaml", text: job(labels, "parallelism: 1") }).documents;
  const found = document ? serverFindings(document, "Job", ["1.35", "1.36"]) : [];
  expect(found.map(({ rule, severity, outcome, at }) => [rule, severity, outcome, at.start])).toEqual([
    ["duplicate-yaml-key", "info", "accepted", job(labels, "").indexOf("x: c")],
  ]);
});

test("one value is one mistake, whatever the server makes of it", () => {
  const text = (metadata: string, template = ""): string =>
    job("", "parallelism: 1").replace("{ name: a }", metadata).replace("template:\n", `template:\n    metadata: { ${template} }\n`);
  // The name becomes a label too, a template's labels are a Job's, and what generateName makes is a name.
  expect(findings(text("{ name: demo- }"))).toEqual(['field-invalid metadata.name at "demo-"']);
  expect(findings(text("{ name: a }", "labels: { b: c d }"))).toEqual(['field-invalid spec.template.labels at "c d"']);
  expect(findings(text("{ generateName: Demo_ }"))).toEqual(['field-invalid metadata.generateName at "Demo_"']);
  expect(findings(text("{ name: a, finalizers: [x y, w z] }"))).toEqual([
    'field-invalid metadata.finalizers at "x y"',
    'field-invalid metadata.finalizers at "w z"',
  ]);
  const key = "env: [{ name: A, valueFrom: { fileKeyRef: { volumeName: '', path: a, key: A } } }]";
  expect(findings(job("", "parallelism: 1", `containers: [{ name: a, image: a, ${key} }]`))).toEqual([
    `field-required spec.template.spec.containers[0].env[0].valueFrom.fileKeyRef.volumeName at "''"`,
  ]);
});

test("what a sidecar may have is no mistake beside that it is none", () => {
  const init = (policy: string): string =>
    job("", "parallelism: 1", `initContainers: [{ name: b, image: b, ${policy}startupProbe: { tcpSocket: { port: 80 } } }]\n      containers: [{ name: a, image: a }]`);
  const all = ["1.24", "1.26", "1.30"];
  expect(findings(init("restartPolicy: Always, "), all)).toEqual(['field-too-new spec.template.spec.initContainers[0].restartPolicy at "restartPolicy"']);
  expect(findings(init("restartPolicy: Always, ").replace("{ tcpSocket: { port: 80 } }", "{}"))).toEqual([
    'field-required spec.template.spec.initContainers[0].startupProbe at "startupProbe"',
  ]);
  // Forbidden in some, invalid in others.
  expect(findings(init(""), all)).toEqual(['field-forbidden spec.template.spec.initContainers[0].startupProbe at "startupProbe"']);
});

describe("a crash", () => {
  // In a Job of its own completions have a default.
  const policy = `apiVersion: batch/v1
kind: CronJob
metadata: { name: a }
spec:
  schedule: "1 2 * * *"
  jobTemplate: { spec: { completionMode: Indexed, successPolicy: { rules: [{ succeededIndexes: "0" }] },
    template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } } }
`;

  test("comes instead of the errors at its place", () => {
    expect(findings(policy, ["1.36"])).toEqual(['server-crash spec.jobTemplate.spec.completions at "spec"']);
  });

  test("is silent where others say as much", () => {
    expect(findings(policy, ["1.29", "1.36"])).toEqual([
      'field-too-new spec.jobTemplate.spec.successPolicy at "successPolicy"',
      'field-required spec.jobTemplate.spec.completions at "spec"',
    ]);
  });

  test("names the object", () => {
    const [document] = read({ name: "job.yaml", text: policy }).documents;
    expect(document && serverFindings(document, "CronJob", ["1.36"])[0]?.message).toContain("so the CronJob is never made");
  });
});

test("a number that JSON lacks is the reader's to say", () => {
  const env = "containers: [{ name: a, image: a, env: [{ name: A, value: .inf }, { name: B, value: 1 }] }]";
  expect(findings(job("", "parallelism: 1", env))).toEqual(['type-mismatch spec.template.spec.containers[0].env[1].value at "1"']);
});

test("a field that is missing is not looked for too", () => {
  const key = "env: [{ name: A, valueFrom: { fileKeyRef: { path: a, key: A } } }]";
  expect(findings(job("", "parallelism: 1", `containers: [{ name: a, image: a, ${key} }]`))).toEqual([
    'field-required spec.template.spec.containers[0].env[0].valueFrom.fileKeyRef.volumeName at "fileKeyRef"',
  ]);
  // Old minors name the list, new ones its item.
  expect(findings(job("", "parallelism: 1", "hostAliases: [{ hostnames: [a] }]\n      containers: [{ name: a, image: a }]"), ["1.24", "1.36"])).toHaveLength(1);
});

describe("a name that is none", () => {
  const container = (fields: string): string => job("", "parallelism: 1", `containers: [{ name: a, image: "a:1", ${fields} }]`);

  test.each([
    ["envFrom: [{ configMap: { name: x } }]", "envFrom[0].configMap"],
    ["livenessProbe: { http: { port: 1 } }", "livenessProbe.http"],
    ["env: [{ A: b }]", "env[0].A"],
  ])("is the one mistake in %s", (fields, field) => {
    expect(findings(container(fields)).map((one) => one.split(" at ")[0])).toEqual([`unknown-field spec.template.spec.containers[0].${field}`]);
  });

  test("leaves other levels alone", () => {
    const both = findings(container("env: [{ A: b }], livenessProbe: {}")).map((one) => one.split(" at ")[0]);
    expect(both).toEqual([
      "unknown-field spec.template.spec.containers[0].env[0].A",
      "field-required spec.template.spec.containers[0].livenessProbe",
    ]);
  });

  test("a field that is too new is no missing one", () => {
    expect(findings(container("lifecycle: { preStop: { sleep: { seconds: 3 } } }"), ["1.28"]).map((one) => one.split(" ")[0])).toEqual(["field-too-new"]);
  });
});
