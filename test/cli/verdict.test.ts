import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ran } from "./world.js";

let folder = "";

const job = (name: string, fields: string, image = "report:1"): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: ${name} }\nspec:\n${fields}  template:\n    spec:\n` +
  `      restartPolicy: Never\n      containers: [{ name: report, image: "${image}", resources: { limits: { cpu: 500m } } }]\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kronlint-verdict-"));
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  for (const name of ["old", "new"]) mkdirSync(join(folder, name));
  write("good.yaml", job("good", ""));
  write("recent.yaml", job("recent", "  podReplacementPolicy: Failed\n"));
  write("bad.yaml", `${job("good", "")}---\n${job("bad", "  backoffLimit: -1\n")}`);
  write("broken.yaml", "apiVersion: batch/v1\nkind: Job\nspec: [\n");
  write("old/migrate.yaml", job("migrate", ""));
  write("new/migrate.yaml", job("migrate", "", "report:2"));
  write("old/same.yaml", job("same", "  backoffLimit: 6\n"));
  write("new/same.yaml", job("same", "").replace("500m", "0.5"));
  write("old/gone.yaml", job("gone", ""));
  write("new/added.yaml", job("added", ""));
  // Indexed, and both numbers change together.
  write("old/elastic.yaml", job("elastic", "  completionMode: Indexed\n  completions: 2\n  parallelism: 2\n"));
  write("new/elastic.yaml", job("elastic", "  completionMode: Indexed\n  completions: 4\n  parallelism: 4\n"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => ran(folder, args);

describe("verdict", () => {
  test("has a row for each version of the range", () => {
    const { out, code } = run("verdict", "good.yaml", "--kubernetes", "1.29 - 1.31");
    expect(out).toBe("good.yaml:2 Job good\n  1.29  accepted\n  1.30  accepted\n  1.31  accepted\n\n");
    expect(code).toBe(0);
  });

  test("asks all versions when none is named, and exits with 1 when one rejects", () => {
    const { out, code } = run("verdict", "recent.yaml");
    expect(out).toContain("  1.24  rejected: 1 reason\n");
    expect(out).toContain("  1.36  accepted\n");
    expect(out).toMatch(/5:3 error unknown field spec\.podReplacementPolicy.* \(1\.24 to 1\.27\)/);
    expect(code).toBe(1);
    expect(run("verdict", "recent.yaml", "-k", ">=1.29").code).toBe(0);
  });

  test("as JSON", () => {
    const { out, code } = run("verdict", "bad.yaml", "-k", "1.36", "--format", "json");
    expect(code).toBe(1);
    const { version, objects } = JSON.parse(out) as { version: number; objects: readonly { name: string; line: number; verdicts: object }[] };
    expect(version).toBe(1);
    expect(objects.map(({ name, line }) => [name, line])).toEqual([["good", 2], ["bad", 11]]);
    expect(objects[1]?.verdicts).toMatchObject({
      "1.36": { accepted: false, stage: "validate", errors: [{ type: "FieldValueInvalid", field: "spec.backoffLimit", range: { line: 14, column: 17 } }] },
    });
  });

  test("what does not parse is rejected", () => {
    const { out, code } = run("verdict", "broken.yaml", "-k", "1.36");
    expect(out).toContain("unreadable");
    expect(code).toBe(1);
  });

  test.each([[["verdict"]], [["verdict", "nowhere.yaml"]], [["verdict", "good.yaml", "-k", "1.99"]], [["verdict", "good.yaml", "-f", "sarif"]]])(
    "exits with 2 for %j",
    (args) => {
      expect(run(...args).code).toBe(2);
    },
  );
});

describe("diff", () => {
  test("names the immutable field and the ways out", () => {
    const { out, code } = run("diff", "old/migrate.yaml", "new/migrate.yaml", "-k", "1.36");
    expect(out).toContain("new/migrate.yaml:2 Job migrate updated\n  1.36  rejected: 1 reason\n");
    expect(out).toContain("new/migrate.yaml:8:43 error field-immutable");
    expect(out).toContain("kubectl replace --force");
    expect(code).toBe(1);
  });

  test.each([
    ["argocd", "Force=true,Replace=true"],
    ["flux", "kustomize.toolkit.fluxcd.io/force"],
    ["helm", "before-hook-creation"],
  ])("as %s deploys it", (delivery, way) => {
    expect(run("diff", "old/migrate.yaml", "new/migrate.yaml", "--delivery", delivery).out).toContain(way);
  });

  test("accepts equal quantities and explicit defaults", () => {
    expect(run("diff", "old/same.yaml", "new/same.yaml")).toMatchObject({ code: 0 });
  });

  test("an elastic Job is accepted where its gate is on; unasked, the newest version decides", () => {
    const { out, code } = run("diff", "old/elastic.yaml", "new/elastic.yaml");
    expect(out).toMatch(/1\.26 {2}rejected: 1 reason\n {2}1\.27 {2}accepted/);
    expect(code).toBe(0);
    expect(run("diff", "old/elastic.yaml", "new/elastic.yaml", "-k", "1.26").code).toBe(1);
  });

  test("pairs the objects of two folders", () => {
    const { out } = run("diff", "old", "new", "-k", "1.36", "--format", "json");
    const { objects, removed } = JSON.parse(out) as { objects: readonly { name: string; change: string }[]; removed: readonly string[] };
    expect(objects.map(({ name, change }) => `${name} ${change}`).sort()).toEqual(["added added", "elastic updated", "migrate updated", "same updated"]);
    expect(removed).toEqual(["Job default/gone"]);
  });

  test("says when nothing differs", () => {
    expect(run("diff", "old", "old")).toMatchObject({ code: 0, out: "", err: "kronlint: no Job or CronJob differs\n" });
  });

  test("takes the old side from git", () => {
    const git = (...args: string[]): void => {
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...args], { cwd: folder, stdio: "ignore" });
    };
    git("init", "-q");
    git("add", "new", "old", "good.yaml");
    git("commit", "-qm", "one");
    writeFileSync(join(folder, "good.yaml"), job("good", "", "report:9"));
    const { out, code } = run("diff", "--since", "HEAD", "-k", "1.36", "good.yaml", "new");
    expect(out).toContain("good.yaml:2 Job good updated");
    expect(out).not.toContain("migrate");
    expect(code).toBe(1);
    expect(run("diff", "--since", "nowhere", "good.yaml").err).toContain("--since nowhere: ");
  });

  test.each([[["diff", "old"]], [["diff", "old", "new", "old"]], [["diff", "old", "nowhere"]], [["diff", "--since", "HEAD", "nowhere.yaml"]]])(
    "exits with 2 for %j",
    (args) => {
      expect(run(...args).code).toBe(2);
    },
  );
});
