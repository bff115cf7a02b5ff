import { describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { ran } from "./world.js";

const note = "(as far as it is known: a template, a placeholder or a patch hides the rest)";

const job = (container: string, metadata = "name: a"): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { ${metadata} }\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n` +
  `      volumes: [{ name: v, emptyDir: {} }]\n      containers: [{ name: a, ${container} }]\n`;

function verdict(text: string, ...args: string[]) {
  return ran(folderWith({ "job.yaml": text }), ["verdict", "job.yaml", "--no-config", "-k", "1.36", ...args]);
}

describe("what is not known", () => {
  test.each([
    ["nothing", "image: a", ""],
    ["a whole value", "image: a, imagePullPolicy: $(POLICY)", ` ${note}`],
    ["a quantity", "image: a, resources: { limits: { memory: '${MEM}' } }", ` ${note}`],
    ["a part of a value", "image: 'a:${TAG}'", ` ${note}`],
    ["what Kubernetes expands", "image: a, args: [$(A)], env: [{ name: B, value: $(A) }]", ""],
  ])("is said of %s", (_, container, expected) => {
    expect(verdict(job(container)).out).toBe(`job.yaml:2 Job a${expected}\n  1.36  accepted\n\n`);
    expect(JSON.parse(verdict(job(container), "--format", "json").out).objects[0].partial).toBe(expected === "" ? undefined : true);
  });

  test("subPathExpr is expanded by Kubernetes, and judged", () => {
    const { out, code } = verdict(job("image: a, volumeMounts: [{ name: v, mountPath: /v, subPath: b, subPathExpr: $(POD) }]"));
    expect(out).toMatch(/^job\.yaml:2 Job a\n {2}1\.36 {2}rejected: 1 reason\n.*volumeMounts\[0\]\.subPathExpr/);
    expect(code).toBe(1);
  });

  test("what a patch does not say is not missing", () => {
    const patch = "apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { backoffLimit: 1 }\n";
    const kustomization = "resources: [job.yaml]\npatches:\n- path: patch.yaml\n";
    const files = { "old/job.yaml": job("image: a"), "new/job.yaml": job("image: a"), "new/patch.yaml": patch };
    const cwd = folderWith({ ...files, "new/kustomization.yaml": kustomization });
    const { out, code } = ran(cwd, ["verdict", "new/patch.yaml", "--no-config", "-k", "1.36"]);
    expect(out).toBe("new/job.yaml:2 Job a as new deploys it\n  1.36  accepted\n\n");
    expect(code).toBe(0);
    const updated = "new/job.yaml:2 Job a as new deploys it updated\n  1.36  accepted\n\n";
    expect(ran(cwd, ["diff", "old", "new", "--no-config", "-k", "1.36"])).toMatchObject({ code: 0, out: updated });
    const elsewhere = { ...files, "new/kustomization.yaml": "patches:\n- path: patch.yaml\n" };
    const alone = ran(folderWith(elsewhere), ["verdict", "new/patch.yaml", "--no-config", "-k", "1.36"]);
    expect(alone).toMatchObject({ code: 0, out: `new/patch.yaml:2 Job a ${note}\n  1.36  accepted\n\n` });
    expect(ran(folderWith(files), ["verdict", "new/patch.yaml", "--no-config", "-k", "1.36"]).code).toBe(1);
  });

  test.each([["{ a: 1, a: b }"], ["{ <<: { a: c }, a: b }"]])("what kubectl would get: %s", (labels) => {
    const text = job("image: a", `name: a, labels: ${labels}`);
    const { out, code } = verdict(text);
    expect(out).toMatch(/ {2}rejected: 1 reason; kubectl create gets it accepted\n {2}3:\d+ error duplicate field metadata\.labels\.a\n/);
    expect(Number(/3:(\d+)/.exec(out)?.[1])).toBe((text.split("\n")[2] ?? "").lastIndexOf("a: b") + 1);
    expect(code).toBe(1);
    expect(JSON.parse(verdict(text, "--format", "json").out).objects[0].verdicts["1.36"]).toMatchObject({ accepted: false, acceptedByKubectl: true });
  });
});

describe("diff", () => {
  const diff = (old: string, now: string, ...args: string[]) =>
    ran(folderWith({ "old.yaml": old, "new.yaml": now }), ["diff", "old.yaml", "new.yaml", "--no-config", "-k", "1.36", ...args]);
  const broken = "apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: [\n";

  test.each([
    ["new", job("image: a"), broken],
    ["old", broken, job("image: a")],
  ])("says that the %s side cannot be read, and nothing of what it may hold", (side, old, now) => {
    const { out, code } = diff(old, now);
    expect(out).toMatch(new RegExp(`^${side}\\.yaml:4:7 unreadable .*\n\n$`));
    expect(code).toBe(1);
    const json = JSON.parse(diff(old, now, "--format", "json").out);
    expect(json).toMatchObject({ objects: [], removed: [], unreadable: [{ file: `${side}.yaml`, range: { line: 4 } }] });
  });

  test("no namespace, an empty one and the default are the same", () => {
    const [none, empty, written] = ["name: a", "name: a, namespace: ''", "name: a, namespace: default"].map((metadata) => job("image: a", metadata));
    for (const [old, now] of [[none, empty], [empty, written], [written, none]]) {
      expect(diff(old ?? "", now ?? "")).toMatchObject({ code: 0 });
      expect(diff(old ?? "", now ?? "").out).toMatch(/ updated\n {2}1\.36 {2}accepted\n/);
    }
  });

  const annotated = (image: string, annotations: string): string => job(`image: '${image}'`, `name: a, annotations: { ${annotations} }`);

  test("an update that a tool makes a replacement is none that fails", () => {
    const force = "argocd.argoproj.io/sync-options: 'Force=true,Replace=true'";
    const { out, code } = diff(annotated("a:1", force), annotated("a:2", force));
    expect(out).toBe("new.yaml:2 Job a updated\n  1.36  rejected: 1 reason; replaced by Argo CD, which deletes the old one first\n\n");
    expect(code).toBe(0);
    const { verdicts } = JSON.parse(diff(annotated("a:1", force), annotated("a:2", force), "--format", "json").out).objects[0];
    expect(verdicts["1.36"]).toMatchObject({ accepted: false, stage: "update", replacedBy: "Argo CD" });
  });

  test("what could not even be made is refused", () => {
    const force = "kustomize.toolkit.fluxcd.io/force: enabled";
    const { out, code } = diff(annotated("a:1", force), annotated("a:2", force).replace("Never", "Always"));
    expect(out).not.toContain("replaced");
    expect(code).toBe(1);
  });
});
