import { describe, expect, test } from "vitest";
import { cronJobText, errorsIn, jobText } from "./object-errors.js";

const a = (count: number): string => "a".repeat(count);

describe("names", () => {
  test.each([
    ["a good one", "name: report", []],
    ["one of 63 characters", `name: ${a(63)}`, []],
    ["one that no label can hold", `name: ${a(64)}`, ["Invalid spec.template.labels", "Invalid metadata.labels"]],
    ["one with capitals", "name: Report", ["Invalid metadata.name"]],
    ["none", "labels: { app: a }", ["Required metadata.name"]],
    ["an empty one", 'name: ""', ["Required metadata.name"]],
    ["a generated one", "generateName: report-", []],
    ["a prefix with capitals", "generateName: Report-", ["Invalid metadata.generateName", "Invalid metadata.name"]],
    ["a prefix that is cut", `generateName: ${a(200)}-`, []],
    ["a template's", "name: '{{ .Values.name }}'", []],
    ["one that a template may add", "'{{ .Values.meta }}': x", []],
  ])("%s", (_, metadata, expected) => {
    expect([...errorsIn(jobText({ metadata }))].sort()).toEqual([...expected].sort());
  });

  test("a CronJob's are shorter by what the controller appends", () => {
    expect(errorsIn(cronJobText({ metadata: `name: ${a(52)}` }))).toEqual([]);
    expect(errorsIn(cronJobText({ metadata: `name: ${a(53)}` }))).toEqual(["Invalid metadata.name"]);
    expect(errorsIn(cronJobText({ metadata: `generateName: ${a(47)}` }))).toEqual([]);
    expect(errorsIn(cronJobText({ metadata: `generateName: ${a(48)}` }))).toEqual(["Invalid metadata.name"]);
  });

  test("pods of an indexed Job are hosts", () => {
    const indexed = (metadata: string, completions: number): string =>
      jobText({ metadata, spec: `completionMode: Indexed, completions: ${String(completions)}, parallelism: 1` });
    expect(errorsIn(indexed(`name: ${a(61)}`, 10))).toEqual([]);
    expect(errorsIn(indexed(`name: ${a(61)}`, 11))).toEqual(["Invalid metadata.name"]);
    expect(errorsIn(indexed("name: a.b", 1))).toEqual(["Invalid metadata.name"]);
    expect(errorsIn(indexed("name: a.b", 0))).toEqual([]);
    expect(errorsIn(indexed("name: '{{ .Release.Name }}'", 11))).toEqual([]);
  });
});

describe("the rest of metadata", () => {
  test.each([
    ["labels", "labels: { app: a, example.com/role: A_b.c }", []],
    ["a label's value", "labels: { app: a b }", ["Invalid metadata.labels"]],
    ["a label's key", "labels: { a/b/c: x }", ["Invalid metadata.labels"]],
    ["a template's label", "labels: { app: '{{ .Chart.Name }}' }", []],
    ["annotations", "annotations: { Example.com/Role: any text at all }", []],
    ["an annotation's key", "annotations: { a b: x }", ["Invalid metadata.annotations"]],
    ["annotations of 256 KiB", `annotations: { k: ${a(256 * 1024 - 1)} }`, []],
    ["annotations of a byte more", `annotations: { k: ${a(256 * 1024)} }`, ["TooLong metadata.annotations"]],
    ["annotations of more bytes than characters", `annotations: { k: ${"ä".repeat(128 * 1024)} }`, ["TooLong metadata.annotations"]],
    ["a namespace", "namespace: a.b", ["Invalid metadata.namespace"]],
    ["finalizers", "finalizers: [orphan, example.com/a]", []],
    ["a finalizer without a domain", "finalizers: [cleanup]", ["Invalid metadata.finalizers[0]"]],
    ["a finalizer that is no name", "finalizers: [a/b/c]", ["Invalid metadata.finalizers"]],
    ["two that exclude each other", "finalizers: [orphan, foregroundDeletion]", ["Invalid metadata.finalizers"]],
    ["what the server sets itself", "generation: -1, uid: '', managedFields: [{ operation: x }]", []],
  ])("%s", (_, metadata, expected) => {
    expect(errorsIn(jobText({ metadata: `name: report, ${metadata}` }))).toEqual(expected);
  });

  const owner = "apiVersion: apps/v1, kind: Deployment, name: a, uid: b";
  test.each([
    ["good", `[{ ${owner} }]`, []],
    ["no version", "[{ apiVersion: apps/, kind: Deployment, name: a, uid: b }]", ["Invalid metadata.ownerReferences.apiVersion"]],
    ["an Event", "[{ apiVersion: v1, kind: Event, name: a, uid: b }]", ["Invalid metadata.ownerReferences"]],
    ["two controllers", `[{ ${owner}, controller: true }, { ${owner}, controller: true }]`, ["Invalid metadata.ownerReferences"]],
    ["one controller", `[{ ${owner}, controller: true }, { ${owner}, controller: false }]`, []],
    ["blank", '[{ apiVersion: v1, kind: "", name: "", uid: "" }]', ["kind", "name", "uid"].map((name) => `Invalid metadata.ownerReferences.${name}`)],
  ])("owners: %s", (_, owners, expected) => {
    expect(errorsIn(jobText({ metadata: `name: report, ownerReferences: ${owners}` }))).toEqual(expected);
  });

  test("controllers without a name are counted since 1.26", () => {
    const nameless = "apiVersion: apps/v1, kind: Deployment, name: '', uid: b, controller: true";
    const text = jobText({ metadata: `name: report, ownerReferences: [{ ${nameless} }, { ${nameless} }]` });
    expect(errorsIn(text, "1.25")).toEqual(["Invalid metadata.ownerReferences.name"]);
    expect(errorsIn(text, "1.26")).toEqual(["Invalid metadata.ownerReferences.name", "Invalid metadata.ownerReferences"]);
  });
});
