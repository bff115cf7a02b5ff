import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { ran } from "./world.js";

const job = (more = ""): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  labels: { app: migrate }
spec:
  backoffLimit: 1
  ttlSecondsAfterFinished: 3600
  template:
    metadata:
      labels: { app: migrate }
    spec:
      automountServiceAccountToken: false
${more}      containers:
        - name: migrate
          image: registry.example.com/migrate:1
          resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }
`;
const never = "      restartPolicy: Never\n";
const patch = (spec: string, annotations = ""): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n${annotations}spec: ${spec}\n`;
const overlay = (...lines: readonly string[]): string => `resources: [../base]\n${lines.join("\n")}\n`;
const base = { "base/kustomization.yaml": "resources: [job.yaml]\n" };
const patches = "patches: [{ path: patch.yaml }]";

function findings(cwd: string, args: readonly string[] = ["."]): readonly string[] {
  const { out, err } = ran(cwd, ["-f", "compact", ...args]);
  expect(err.replace(/^kronlint: fixed .*\n/, "")).toBe("");
  return out.split("\n").flatMap((line) => /^(\S+): \w+: .*\[(.+)\]$/.exec(line)?.slice(1, 3).join(" ") ?? []);
}

describe("what overlays make of a base", () => {
  test("what all of them fill in is not missing", () => {
    const cwd = folderWith({
      ...base,
      "base/job.yaml": job(never),
      "a/kustomization.yaml": overlay(patches),
      "a/patch.yaml": patch("{ activeDeadlineSeconds: 600 }"),
      "b/kustomization.yaml": overlay(patches),
      "b/patch.yaml": patch("{ activeDeadlineSeconds: 900 }"),
    });
    expect(findings(cwd)).toEqual([]);
    expect(findings(cwd, ["base/job.yaml"])).toEqual([]);
  });

  test("what one of them leaves out is said once, and where", () => {
    const cwd = folderWith({
      ...base,
      "base/job.yaml": job(never),
      "a/kustomization.yaml": overlay(patches),
      "a/patch.yaml": patch("{ activeDeadlineSeconds: 600 }"),
      "b/kustomization.yaml": overlay("namespace: b"),
    });
    expect(findings(cwd)).toEqual(["base/job.yaml:6:1 no-active-deadline"]);
    expect(ran(cwd, ["."]).out).toContain("see b/kustomization.yaml:1:1 so it is as b builds it");
  });

  test("what an overlay breaks is said in the file of the overlay", () => {
    const cwd = folderWith({
      ...base,
      "base/job.yaml": job(never),
      "a/kustomization.yaml": overlay(patches),
      "a/patch.yaml": patch("{ activeDeadlineSeconds: 600, template: { spec: { restartPolicy: Always } } }"),
    });
    expect(findings(cwd)).toEqual(["a/patch.yaml:5:72 restart-policy-invalid"]);
  });

  test("a finding of the base that all share stands there once, with its fix", () => {
    const cwd = folderWith({
      ...base,
      "base/job.yaml": job("      restartPolicy: Always\n"),
      "a/kustomization.yaml": overlay("namePrefix: a-", patches),
      "a/patch.yaml": patch("{ activeDeadlineSeconds: 600 }"),
      "b/kustomization.yaml": overlay("namePrefix: b-", patches),
      "b/patch.yaml": patch("{ activeDeadlineSeconds: 600 }"),
    });
    expect(findings(cwd)).toEqual(["base/job.yaml:14:22 restart-policy-invalid"]);
    expect(findings(cwd, [".", "--fix", "--unsafe"])).toEqual([]);
    expect(readFileSync(join(cwd, "base/job.yaml"), "utf8")).toContain("restartPolicy: Never");
  });

  test("an object that every overlay takes away is nobody's", () => {
    const cwd = folderWith({
      ...base,
      "base/job.yaml": job("      restartPolicy: Always\n"),
      "a/kustomization.yaml": overlay(patches),
      "a/patch.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate }\n$patch: delete\n",
    });
    expect(findings(cwd)).toEqual([]);
  });

  test.each([
    ["a remote component", "components: [https://example.com/x?ref=1]"],
    ["transformers", "transformers: [t.yaml]"],
    ["a patch that is not there", "patches: [{ path: none.yaml }]"],
    ["a patch that cannot be applied", `patches: [{ target: { kind: Job }, patch: '[{ "op": "remove", "path": "/spec/x" }]' }]`],
    ["replacements from a file", "replacements: [{ path: r.yaml }]"],
  ])("%s may fill in anything, so nothing is missing, and what is written still counts", (_, line) => {
    const silent = folderWith({ ...base, "base/job.yaml": job(), "a/kustomization.yaml": overlay(line) });
    expect(findings(silent)).toEqual([]);
    const wrong = folderWith({ ...base, "base/job.yaml": job("      restartPolicy: Always\n"), "a/kustomization.yaml": overlay(line) });
    expect(findings(wrong)).toEqual(["base/job.yaml:14:22 restart-policy-invalid"]);
  });

  test("a value that a replacement writes is unknown", () => {
    const replacement = "replacements: [{ source: { kind: ConfigMap, name: x }, targets: [{ select: { kind: Job }, fieldPaths: [spec.template.spec.restartPolicy] }] }]";
    const cwd = folderWith({ ...base, "base/job.yaml": job("      restartPolicy: Always\n"), "a/kustomization.yaml": overlay(replacement) });
    expect(findings(cwd)).toEqual(["base/job.yaml:6:1 no-active-deadline"]);
  });

  test("a linted overlay shows what stands in its base, one file does not", () => {
    const cwd = folderWith({
      ".git/HEAD": "",
      ...base,
      "base/job.yaml": job("      restartPolicy: Always\n"),
      "a/kustomization.yaml": overlay(patches),
      "a/patch.yaml": patch("{ activeDeadlineSeconds: 600 }"),
    });
    expect(findings(cwd, ["a"])).toEqual(["base/job.yaml:14:22 restart-policy-invalid"]);
    expect(findings(cwd, ["a/patch.yaml"])).toEqual([]);
  });
});

describe("without a repository", () => {
  const files = {
    "k/base/kustomization.yaml": "resources: [job.yaml]\n",
    "k/base/job.yaml": job(never),
    "k/overlays/a/kustomization.yaml": "resources: [../../base]\npatches: [{ path: patch.yaml }]\n",
    "k/overlays/a/patch.yaml": patch("{ activeDeadlineSeconds: 600, backoffLimit: -1 }"),
  };

  test.each([".", "k", "k/overlays", "k/overlays/a", "k/overlays/a/patch.yaml"])("%s finds the base", (argument) => {
    expect(findings(folderWith(files), [argument])).toEqual(["k/overlays/a/patch.yaml:5:51 field-invalid"]);
  });

  test.each(["k/base", "k/base/job.yaml"])("%s is told of the overlays", (argument) => {
    expect(findings(folderWith({ ...files, "k/kustomization.yaml": "resources: [overlays/a]\n" }), [argument])).toEqual([]);
  });

  test("an overlay in a folder beside is judged as far as its files may be read", () => {
    const cwd = folderWith({ ...files, "x/a.txt": "" });
    expect(findings(cwd, ["k"])).toHaveLength(1);
    expect(ran(join(cwd, "x"), ["../k/overlays/a", "-f", "compact"]).out).toContain("patch.yaml:5:51");
  });
});

describe("suppressions", () => {
  const deadline = { "a/kustomization.yaml": overlay(patches), ...base };
  const note = '  annotations: { kronlint/ignore: "no-active-deadline -- short anyway" }\n';

  test("a comment counts where the finding stands", () => {
    const job1 = job(never).replace("spec:\n", "spec: # kronlint-ignore no-active-deadline\n");
    expect(findings(folderWith({ ...deadline, "base/job.yaml": job1, "a/patch.yaml": patch("{ backoffLimit: 2 }") }))).toEqual([]);
  });

  test("an annotation that an overlay adds counts for the base, and is used", () => {
    const files = { ...deadline, "base/job.yaml": job(never), "a/patch.yaml": patch("{ backoffLimit: 2 }", note) };
    expect(findings(folderWith(files))).toEqual([]);
  });

  test("the annotation of the base counts for what an overlay brings", () => {
    const noted = job(never).replace("spec:\n", '  annotations: { kronlint/ignore: "disruption-counts-as-failure" }\nspec:\n');
    const files = { ...deadline, "base/job.yaml": noted, "a/patch.yaml": patch("{ backoffLimit: 0, activeDeadlineSeconds: 60 }") };
    expect(findings(folderWith(files))).toEqual([]);
  });
});
