import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/engine.js";
import { displayWidth } from "../../src/core/report/visible.js";
import { createDelivery } from "../../src/node/delivery.js";
import { createFolders } from "../../src/node/folder.js";
import { folderWith } from "../node/folder-tree.js";
import { good } from "./manifests.js";
import { ran } from "./world.js";

const nowhere = () => folderWith({});

describe("--help and --version", () => {
  test.each([[["--help"]], [["-h"]], [["explain", "--help"]]])("%j", (args) => {
    const { code, out, err } = ran(nowhere(), args);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("usage");
    expect(Math.max(...out.split("\n").map(displayWidth))).toBeLessThanOrEqual(130);
  });

  test("the help names every flag and every exit code", () => {
    const { out } = ran(nowhere(), ["--help"]);
    const source = readFileSync(new URL("../../src/cli/flags.ts", import.meta.url), "utf8");
    const flags = [...source.slice(0, source.indexOf("as const")).matchAll(/^ {2}"?([a-z-]+)"?: \{ type/gm)].map(([, name]) => name);
    expect(flags.length).toBeGreaterThan(20);
    for (const flag of flags) expect(out).toContain(`--${flag ?? ""}`);
    for (const code of ["0 ", "1 ", "2 ", "3 "]) expect(out.slice(out.indexOf("exit codes"))).toContain(code);
  });

  test.each([["--version"], ["-V"]])("%s", (flag) => {
    expect(ran(nowhere(), [flag])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) });
  });
});

describe("explain", () => {
  test.each(rules.map(({ id }) => [id]))("%s", (id) => {
    const { code, out } = ran(nowhere(), ["explain", id]);
    expect(code).toBe(0);
    expect(out).toContain(id);
    expect(out).toContain("\n\n");
  });

  test("takes several", () => {
    const { out } = ran(nowhere(), ["explain", "job-no-ttl", "schedule-syntax"]);
    expect(out.indexOf("job-no-ttl")).toBeLessThan(out.indexOf("schedule-syntax"));
  });
});

describe("rules", () => {
  test("lists every rule with its level", () => {
    const { code, out } = ran(nowhere(), ["rules"]);
    expect(code).toBe(0);
    for (const { id, severity, summary } of rules) expect(out).toMatch(new RegExp(`^${id} +${severity} +${escaped(summary)}$`, "m"));
    expect(out).toContain(`\n${rules.length} rules; `);
  });

  test("as JSON", () => {
    const listed: unknown = JSON.parse(ran(nowhere(), ["rules", "--format", "json"]).out);
    expect(listed).toHaveLength(rules.length);
    expect(listed).toContainEqual(expect.objectContaining({ id: "job-no-ttl", severity: "info", url: expect.stringMatching(/^https:/) }));
  });

  test("wins over a folder of that name, which ./ means", () => {
    const cwd = folderWith({ "rules/a.yaml": good });
    expect(ran(cwd, ["rules"]).out).toContain(" rules; ");
    expect(ran(cwd, ["./rules"]).out).toBe("no findings in 1 object, 1 file\n");
  });
});

describe("init", () => {
  const written = (files: Readonly<Record<string, string>>) => {
    const cwd = folderWith({ ".git/": "", ...files });
    const result = ran(cwd, ["init"]);
    return { ...result, cwd, text: readFileSync(join(cwd, ".kronlint.yaml"), "utf8") };
  };

  test("writes settings that are valid and change nothing", () => {
    const { code, err, cwd } = written({ "a.yaml": good });
    expect({ code, err }).toEqual({ code: 0, err: "kronlint: wrote .kronlint.yaml\n" });
    expect(ran(cwd, ["."])).toMatchObject({ code: 0, err: "" });
    const decided = (flags: readonly string[]): unknown => ({ ...JSON.parse(ran(cwd, ["--print-config", "a.yaml", ...flags]).out), settings: "" });
    expect(decided([])).toEqual(decided(["--no-config"]));
  });

  test("every line that is commented out is valid too", () => {
    const { cwd, text } = written({});
    const opened = text.replace(/^# (?=(?:kubernetes|delivery|timeZone|rules|runtimes|include|exclude|overrides| ).*)/gm, "");
    expect(opened).toContain("\noverrides:\n  - files:");
    writeFileSync(join(cwd, ".kronlint.yaml"), opened);
    expect(ran(cwd, ["--print-config", "a.yaml"])).toMatchObject({ code: 0, err: "" });
  });

  const application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    path: deploy\n";
  const flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  path: ./deploy\n";
  test.each([
    ["a chart", { "chart/Chart.yaml": 'name: a\nkubeVersion: ">=1.29.0-0"\n' }, "helm", "chart/Chart.yaml"],
    ["an Argo CD Application", { "Chart.yaml": "name: a\n", "apps/a.yaml": application }, "argocd", "apps/a.yaml"],
    ["a Flux Kustomization", { "flux/a.yaml": flux }, "flux", "flux/a.yaml"],
  ])("sees %s", (_, files, how, file) => {
    const { text, err } = written(files);
    expect(text).toContain(`\ndelivery: ${how} # because of ${file}\n`);
    expect(err).toBe(`kronlint: wrote .kronlint.yaml; delivery is ${how}, because of ${file}\n`);
  });

  test("takes the versions that a chart asks for", () => {
    const { text, cwd } = written({ "Chart.yaml": 'name: a\nkubeVersion: ">= 1.29.0-0"\n' });
    expect(text).toContain('\nkubernetes: ">=1.29" # Chart.yaml asks for it\n');
    expect(JSON.parse(ran(cwd, ["--print-config", "a.yaml"]).out)).toHaveProperty("kubernetes.0", "1.29");
  });

  test("never overwrites unless forced", () => {
    const cwd = folderWith({ ".kronlint.yaml": "preset: strict\n" });
    expect(ran(cwd, ["init"])).toEqual({ code: 2, out: "", err: "kronlint: .kronlint.yaml is there already; --force writes a new one\n" });
    expect(readFileSync(join(cwd, ".kronlint.yaml"), "utf8")).toBe("preset: strict\n");
    expect(ran(cwd, ["init", "--force"])).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, ".kronlint.yaml"), "utf8")).toContain("preset: recommended");
    expect(ran(folderWith({ ".kronlint.yml": "" }), ["init", "--force"])).toMatchObject({ code: 2, err: "kronlint: .kronlint.yml is there already\n" });
  });

  test("takes a folder", () => {
    const cwd = folderWith({ "sub/a.yaml": good });
    expect(ran(cwd, ["init", "sub"]).err).toBe("kronlint: wrote sub/.kronlint.yaml\n");
    expect(ran(cwd, ["init", "none"])).toMatchObject({ code: 2, err: "kronlint: no such folder: none\n" });
  });
});

describe("delivery of what is linted", () => {
  const decided = (files: Readonly<Record<string, string>>, args: readonly string[]): unknown =>
    JSON.parse(ran(folderWith({ ".git/": "", ...files }), args).out);

  test("a chart around the file", () => {
    expect(decided({ "a/Chart.yaml": "name: a\n" }, ["--print-config", "a/templates/x.yaml"])).toMatchObject({ delivery: "helm" });
    expect(decided({ "a/Chart.yaml": "name: a\n" }, ["--print-config", "b/x.yaml"])).toMatchObject({ delivery: "kubectl" });
    expect(decided({ "a/Chart.yaml": "name: a\n" }, ["--print-config", "a/x.yaml", "--delivery=flux"])).toMatchObject({ delivery: "flux" });
    const application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: { source: { repoURL: x, path: deploy } }\n";
    const tree = { "apps/shop.yaml": application };
    expect(decided(tree, ["--print-config", "deploy/x.yaml"])).toMatchObject({ delivery: "argocd" });
    expect(decided(tree, ["--print-config", "other/x.yaml"])).toMatchObject({ delivery: "kubectl" });
  });
});

test("--print-config shows what settings say, and nothing that only the program knows", () => {
  const cwd = folderWith({ ".kronlint.yaml": "include: [a.txt]\nexclude: [old]\n" });
  const shown = (flags: readonly string[]): Record<string, unknown> => JSON.parse(ran(cwd, ["--print-config", "a.yaml", ...flags]).out);
  expect(Object.keys(shown([]))).toEqual([
    "file", "settings", "kubernetes", "delivery", "timeZone", "preset", "runtimes", "include", "exclude", "inlineIgnore", "rules",
  ]);
  expect(shown(["--now=2026-03-01"])).toMatchObject({ include: ["a.txt"], exclude: ["old"], now: "2026-03-01T00:00:00.000Z" });
});

describe("delivery of a linted folder", () => {
  const application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    path: deploy\n";

  test("an Application covers the folder that it deploys, and no other", () => {
    const cwd = folderWith({ ".git/": "", "apps/a.yaml": application, "deploy/sub/a.yaml": good, "other/a.yaml": good });
    const around = createDelivery([cwd], createFolders()).of;
    expect(around(join(cwd, "deploy/sub/a.yaml"))).toBe("argocd");
    expect(around(join(cwd, "other/a.yaml"))).toBe("kubectl");
    const apart = createDelivery([join(cwd, "other"), join(cwd, "apps")], createFolders()).of;
    expect(apart(join(cwd, "deploy/sub/a.yaml"))).toBe("argocd");
    expect(createDelivery([], createFolders()).of(join(cwd, "deploy/sub/a.yaml"))).toBe("kubectl");
  });

  test("a chart that an Application deploys is Argo CD's", () => {
    const cwd = folderWith({ ".git/": "", "apps/a.yaml": application, "deploy/Chart.yaml": "name: a\n", "chart/Chart.yaml": "name: b\n" });
    const around = createDelivery([cwd], createFolders()).of;
    expect(around(join(cwd, "deploy/templates/a.yaml"))).toBe("argocd");
    expect(around(join(cwd, "chart/templates/a.yaml"))).toBe("helm");
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
