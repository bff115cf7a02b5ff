import { describe, expect, test } from "vitest";
import { jobFaultsOf } from "../../../src/core/api/created-job.js";
import { read } from "../../../src/core/read/read.js";

interface Parts {
  readonly metadata?: string;
  readonly jobMetadata?: string;
  readonly spec?: string;
  readonly podMetadata?: string;
}

function cronJob({ metadata = "{ name: a }", jobMetadata = "{}", spec = "{}", podMetadata = "{}" }: Parts): string {
  const template = `{ metadata: ${podMetadata}, spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }`;
  const job = spec.replace(/^\{/, `{ template: ${template}, `).replace(", }", " }");
  const jobTemplate = `{ metadata: ${jobMetadata}, spec: ${job} }`;
  return `{ apiVersion: batch/v1, kind: CronJob, metadata: ${metadata}, spec: { schedule: "0 3 * * *", jobTemplate: ${jobTemplate} } }\n`;
}

function faults(parts: Parts, versions: readonly string[] = ["1.36"]): readonly string[] {
  const [document] = read({ name: "test.yaml", text: cronJob(parts) }).documents;
  if (!document) throw new Error("nothing read");
  return jobFaultsOf(document, versions, new Set()).map(({ field, versions: refusing }) => `${field}${refusing === undefined ? "" : ` in ${refusing}`}`);
}

describe("the Job that a CronJob makes", () => {
  test("is accepted where nothing is wrong", () => {
    expect(faults({ jobMetadata: "{ labels: { a: b }, annotations: { c: any text }, name: Not Looked At }", podMetadata: "{ labels: { a: b } }" })).toEqual([]);
  });

  test.each([
    [{ jobMetadata: "{ labels: { a: b c } }" }, ["spec.jobTemplate.metadata.labels"]],
    [{ jobMetadata: "{ labels: { a/b/c: d } }" }, ["spec.jobTemplate.metadata.labels"]],
    [{ jobMetadata: "{ annotations: { a/b/c: d } }" }, ["spec.jobTemplate.metadata.annotations"]],
    [{ podMetadata: "{ labels: { job-name: a } }" }, ["spec.jobTemplate.spec.template.metadata.labels[job-name]"]],
    [{ spec: "{ completionMode: Indexed, completions: 2 }", metadata: "{ name: a.b }" }, ["metadata.name"]],
  ])("is refused: %j", (parts, expected) => {
    expect(faults(parts)).toEqual(expected);
  });

  test("has a name of nine characters more", () => {
    const indexed = "{ completionMode: Indexed, completions: 11 }";
    const named = (length: number): Parts => ({ spec: indexed, metadata: `{ name: ${"a".repeat(length)} }` });
    expect([51, 52].map((length) => faults(named(length)).length)).toEqual([0, 1]);
    expect(faults({ spec: indexed, metadata: `{ generateName: ${"a".repeat(47)} }` })).toEqual(["metadata.name"]);
  });

  test("says nothing of what is wrong with the CronJob itself", () => {
    expect(faults({ podMetadata: "{ labels: { a: b c } }" })).toEqual([]);
    expect(faults({ spec: "{ backoffLimit: -1 }" })).toEqual([]);
  });

  test("is judged per version", () => {
    const prefixed = { podMetadata: "{ labels: { batch.kubernetes.io/job-name: b } }" };
    const field = "spec.jobTemplate.spec.template.metadata.labels[batch.kubernetes.io/job-name]";
    expect(faults(prefixed, ["1.26"])).toEqual([]);
    expect(faults(prefixed, ["1.26", "1.27", "1.28"])).toEqual([`${field} in 1.27 and 1.28`]);
  });

  test("is unknown where a template decides", () => {
    expect(faults({ jobMetadata: '{ labels: { a: "${TEAM}", "${KEY}": b } }', podMetadata: '{ labels: { job-name: "${NAME}" } }' })).toEqual([]);
    expect(faults({ metadata: '{ name: "${NAME}" }', spec: "{ completionMode: Indexed, completions: 2 }" })).toEqual([]);
  });
});
