import { describe, expect, test } from "vitest";
import { lint } from "../src/index.js";

/** As a generator's class for a CronJob does: members that are not set, getters, methods, and a way to JSON. */
class KubeCronJob {
  readonly apiVersion = "batch/v1";
  readonly kind = "CronJob";
  readonly metadata: object;
  readonly status = undefined;
  private readonly parts: object;

  constructor(name: string, spec: object) {
    this.metadata = { name, labels: { app: name }, namespace: undefined };
    this.parts = spec;
  }

  toJSON(): object {
    const { apiVersion, kind, metadata, parts: spec } = this;
    return { apiVersion, kind, metadata, spec };
  }
}

const container = {
  name: "report",
  image: "registry.example.com/report:1.4.2",
  command: undefined,
  resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "64Mi" } },
};

function jobTemplate(pod: object): object {
  const template = { metadata: { labels: { app: "report" }, creationTimestamp: undefined }, spec: pod };
  return { spec: { backoffLimit: 1, activeDeadlineSeconds: 600, ttlSecondsAfterFinished: 3600, selector: undefined, template } };
}

const pod = { automountServiceAccountToken: false, restartPolicy: "Never", containers: [container], volumes: undefined };
const spec = {
  schedule: "0 3 * * *",
  timeZone: "Etc/UTC",
  suspend: undefined,
  concurrencyPolicy: "Forbid",
  startingDeadlineSeconds: 600,
  jobTemplate: jobTemplate(pod),
};
const rulesOf = (input: object): readonly string[] => lint(input).map(({ rule, path }) => `${rule} ${path ?? ""}`);

describe("objects of programs", () => {
  test("members that are undefined are not there", () => {
    expect(rulesOf({ apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "report", labels: { app: "report" } }, spec, status: undefined }))
      .toEqual([]);
  });

  test("instances of classes are what they make of themselves", () => {
    expect(rulesOf(new KubeCronJob("report", spec))).toEqual([]);
    expect(rulesOf(new KubeCronJob("report", { ...spec, jobTemplate: jobTemplate({ ...pod, restartPolicy: "Always" }) }))).toEqual([
      "restart-policy-invalid spec.jobTemplate.spec.template.spec.restartPolicy",
    ]);
  });

  test("a whole app is judged object by object", () => {
    const app = [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "reports" } }, new KubeCronJob("a", spec), new KubeCronJob("b", { ...spec, schedule: "61 * * * *" })];
    expect(lint(app).filter(({ severity }) => severity === "error").map(({ object }) => object?.name)).toEqual(["b"]);
  });

  test("dates become the text that JSON has for them, methods go", () => {
    const metadata = { name: "report", labels: { app: "report" }, creationTimestamp: new Date(0), toString: () => "report" };
    expect(rulesOf({ apiVersion: "batch/v1", kind: "CronJob", metadata, spec })).toEqual([]);
  });

  test("numbers of any size", () => {
    expect(rulesOf(new KubeCronJob("report", { ...spec, startingDeadlineSeconds: 600n }))).toEqual([]);
  });

  test("what refers to itself is refused", () => {
    const metadata: Record<string, unknown> = { name: "report" };
    metadata["self"] = metadata;
    expect(() => lint({ apiVersion: "batch/v1", kind: "CronJob", metadata, spec })).toThrow(TypeError);
  });
});
