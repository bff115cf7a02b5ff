import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ran } from "./world.js";

let folder = "";

const job = (image: string, container = ""): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: task\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n` +
  `      containers:\n        - name: m\n          image: ${image}\n${container}`;

const write = (name: string, text: string): void => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
};
const found = (): readonly string[] =>
  ran(folder, ["-f", "compact", "-q", "."])
    .out.split("\n")
    .filter((line) => line !== "");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kronlint-as-written-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("what stands in the files is looked at, whatever becomes of it", () => {
  test("a name that kustomize makes anew with each content", () => {
    const head = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
    write("kustomization.yaml", `${head}resources: [m.yaml]\nconfigMapGenerator:\n  - name: cfg\n    literals: [A=b]\n`);
    write("m.yaml", job("r.example.com/s:5", "          envFrom:\n            - configMapRef:\n                name: cfg\n"));
    expect(found()).toEqual([expect.stringMatching(/^m\.yaml:14:23: warning: kustomize renames ConfigMap cfg .*\[configmap-hash-job\]$/)]);
  });

  test("an image that comes from a chart's values", () => {
    write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n");
    write("values.yaml", "image: { tag: 5.2.0 }\n");
    write("templates/j.yaml", job('"r.example.com/s:{{ .Values.image.tag }}"'));
    expect(found()).toEqual([
      expect.stringMatching(/^templates.j\.yaml:11:18: warning: the image may change .*\[job-template-immutable\]$/),
    ]);
  });

  test("unless a comment silences it", () => {
    write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.2.3\n");
    write("values.yaml", "image: { tag: 5.2.0 }\n");
    const text = job('"r.example.com/s:{{ .Values.image.tag }}" # kronlint-ignore job-template-immutable -- deleted before');
    write("templates/j.yaml", text);
    expect(found()).toEqual([]);
  });
});
