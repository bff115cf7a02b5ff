import { describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { ran } from "./world.js";

const job = (name: string, spec: string, annotations = ""): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
${annotations}spec:
${spec}
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: c, image: registry.example.com/a:1 }]
`;

interface Shown {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a finding of a rule points to besides its place. */
function related(files: Readonly<Record<string, string>>, rule: string, args: readonly string[], stdin = ""): readonly string[] {
  const { out } = ran(folderWith(files), ["-f", "json", ...args], { stdin });
  const { diagnostics } = JSON.parse(out) as { diagnostics: readonly { rule: string; related: readonly Shown[] }[] };
  const shown = diagnostics.filter((one) => one.rule === rule).flatMap((one) => one.related);
  return shown.map(({ file, line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`);
}

describe("a name that overlays make too long", () => {
  const long = "p".repeat(60);
  const base = { "base/kustomization.yaml": "resources: [job.yaml]\n", "base/job.yaml": job("migrate", "  backoffLimit: 1") };
  const one = { ...base, "a/kustomization.yaml": `resources: [../base]\nnamePrefix: ${long}-\n` };

  test("points to the prefix", () => {
    expect(related(one, "name-too-long", ["."])).toEqual(["a/kustomization.yaml:2:13 added to the name"]);
  });

  test("points to the prefixes and suffixes of the overlay in which it is too long", () => {
    const files = {
      ...one,
      "b/kustomization.yaml": "resources: [../base]\nnamePrefix: b-\n",
      "c/kustomization.yaml": "resources: [../b]\nnameSuffix: -" + "s".repeat(60) + "\n",
      "a/kustomization.yaml": "resources: [../base]\n",
    };
    expect(related(files, "name-too-long", ["."])).toEqual(["b/kustomization.yaml:2:13 so it is as c builds it", "c/kustomization.yaml:2:13 added to the name"]);
  });
});

describe("a finding in what kustomize build prints", () => {
  const origin = "    config.kubernetes.io/origin: |\n      path: ../base/job.yaml\n";
  const change = (...kinds: readonly string[]): string =>
    kinds.map((kind) => `      - configuredIn: kustomization.yaml\n        configuredBy:\n          apiVersion: builtin\n          kind: ${kind}\n`).join("");
  const stream = (annotations: string): string => job("migrate", "  backoffLimit: -1", `  annotations:\n${annotations}`);
  const files = { "base/job.yaml": job("migrate", "  backoffLimit: 1") };

  test("whose line the file does not have says what the object is made of, and no more", () => {
    expect(related(files, "field-invalid", ["-"], stream(origin))).toEqual(["base/job.yaml:1:1 the object is read from this file"]);
    expect(related({}, "field-invalid", ["-"], stream(origin))).toEqual(["<stdin>:7:13 the object is read from ../base/job.yaml"]);
  });

  test("says what has changed the object, where the stream does", () => {
    const told = `    alpha.config.kubernetes.io/transformations: |\n${change("PatchTransformer", "PrefixTransformer", "PatchTransformer")}`;
    expect(related(files, "field-invalid", ["-"], stream(`${told}${origin}`))).toEqual([
      "base/job.yaml:1:1 the object is read from this file",
      "<stdin>:7:23 changed by kustomization.yaml: PatchTransformer, PrefixTransformer",
    ]);
  });

  test("is nothing of the sort for what a template wrote", () => {
    const helm = `---\n# Source: demo/templates/job.yaml\n${job("migrate", "  backoffLimit: -1")}`;
    expect(related({ "templates/job.yaml": job("migrate", "  backoffLimit: {{ .Values.b }}") }, "field-invalid", ["-"], helm)).toEqual(["templates/job.yaml:1:1 rendered from this file"]);
  });
});
