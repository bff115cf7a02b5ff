import { expect, test } from "vitest";
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
