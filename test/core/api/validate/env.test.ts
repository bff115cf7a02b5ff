import { describe, expect, test } from "vitest";
import { containerErrors } from "./pod-errors.js";

describe("names of variables", () => {
  test.each([
    ["A.b-c", []],
    ["1A", ["Invalid env[0].name"]],
    ["..A", ["Invalid env[0].name"]],
    ["a b", ["Invalid env[0].name"]],
    ["''", ["Required env[0].name"]],
    ["'{{ .name }}'", []],
  ])("%s before they were relaxed", (name, errors) => {
    expect(containerErrors(`env: [{ name: ${name} }]`, "1.31")).toEqual(errors);
  });

  test.each([
    ["1A", []],
    ["a b", []],
    ["a=b", ["Invalid env[0].name"]],
    ["é", ["Invalid env[0].name"]],
  ])("%s since then", (name, errors) => {
    expect(containerErrors(`env: [{ name: ${name} }]`, "1.32")).toEqual(errors);
  });
});

describe("where a value comes from", () => {
  test.each([
    ["configMapKeyRef: { name: a, key: b }", []],
    ["configMapKeyRef: { key: b }", ["Invalid env[0].valueFrom.configMapKeyRef.name"]],
    ["secretKeyRef: { name: a }", ["Required env[0].valueFrom.secretKeyRef.key"]],
    ["secretKeyRef: { name: a, key: a/b }", ["Invalid env[0].valueFrom.secretKeyRef.key"]],
    ["", ["Invalid env[0].valueFrom"]],
    ["'{{ .kind }}': { name: a }", []],
    ["configMapKeyRef: { name: a, key: b }, secretKeyRef: { name: a, key: b }", ["Invalid env[0].valueFrom"]],
    ["fieldRef: { fieldPath: status.podIP }", []],
    ["fieldRef: { fieldPath: spec.schedulerName }", ["NotSupported env[0].valueFrom.fieldRef.fieldPath"]],
    ["fileKeyRef: { volumeName: v, path: a/../b, key: a=b }", [
      "Invalid env[0].valueFrom.fileKeyRef.key",
      "Invalid env[0].valueFrom.fileKeyRef.path",
    ]],
    ["fileKeyRef: { volumeName: other, path: a, key: b }", ["NotFound env[0].valueFrom.fileKeyRef.volumeName"]],
    ["fileKeyRef: { volumeName: w, path: a, key: b }", ["Invalid env[0].valueFrom.fileKeyRef.volumeName"]],
  ])("%s", (source, errors) => {
    const volumes = "volumes: [{ name: v, emptyDir: {} }, { name: w, configMap: { name: w } }]";
    expect(containerErrors(`env: [{ name: A, valueFrom: { ${source} } }]`, "1.36", volumes)).toEqual(errors);
  });

  test("a value beside it", () => {
    const from = (value: string) => `env: [{ name: A, value: ${value}, valueFrom: { fieldRef: { fieldPath: metadata.name } } }]`;
    expect(containerErrors(from("a"))).toEqual(["Invalid env[0].valueFrom"]);
    expect(containerErrors(from("''"))).toEqual([]);
    expect(containerErrors(from("'{{ .value }}'"))).toEqual([]);
  });
});

test.each([
  ["{ configMapRef: { name: a } }, { secretRef: { name: a }, prefix: A_ }", []],
  ["{}", ["Invalid envFrom"]],
  ["{ configMapRef: { name: a }, secretRef: { name: b } }", ["Invalid envFrom"]],
  ["{ secretRef: {} }", ["Required envFrom[0].secretRef.name"]],
  ["{ secretRef: { name: A_B } }", ["Invalid envFrom[0].secretRef.name"]],
  ["{ secretRef: { name: a }, prefix: a=b }", ["Invalid envFrom[0].prefix"]],
  ["'{{ .from }}'", []],
])("envFrom of %s", (sources, errors) => {
  if (sources.startsWith("'")) expect(containerErrors(`envFrom: ${sources}`)).toEqual(errors);
  else expect(containerErrors(`envFrom: [${sources}]`)).toEqual(errors);
});
