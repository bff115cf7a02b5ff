import { describe, expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";
import { good, noted, refused } from "./manifests.js";
import { ran } from "./world.js";

describe("results", () => {
  test("a good manifest is nothing to talk about", () => {
    expect(ran(folderWith({ "a.yaml": good }), ["a.yaml"])).toEqual({ code: 0, out: "no findings in 1 object, 1 file\n", err: "" });
  });

  test("a finding shows its place, line and how to learn more", () => {
    const { code, out, err } = ran(folderWith({ "a.yaml": refused }), []);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("a.yaml:11:22 error restart-policy-invalid ");
    expect(out).toContain("  11 |       restartPolicy: Always\n     |                      ^^^^^^\n");
    expect(out).toMatch(/\n1 error in 1 object, 1 file.*\nmore about a rule: kronlint explain restart-policy-invalid\n$/);
  });

  test("json stands alone on standard output", () => {
    const { code, out } = ran(folderWith({ "a.yaml": refused, "b.yaml": good }), ["--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      diagnostics: [{ file: "a.yaml", line: 11, column: 22, rule: "restart-policy-invalid", severity: "error" }],
      summary: { files: 2, objects: 2, errors: 1 },
    });
  });

  test("several formats at once, and a report is not linted by the next run", () => {
    const cwd = folderWith({ "a.yaml": refused });
    const args = ["-f", "compact", "-f", "json=report.json", "."];
    const first = ran(cwd, args);
    expect(first.out).toMatch(/^a\.yaml:11:22: error: .+ \[restart-policy-invalid\]\n$/);
    expect(ran(cwd, args)).toEqual(first);
    const { out } = ran(cwd, ["-f", "json", "a.yaml"]);
    expect(ran(cwd, ["--fail-on=never", "report.json", "--format=compact"]).out).toBe("");
    expect(JSON.parse(out)).toHaveProperty("summary.errors", 1);
  });

  test("the order and the text are the same in every run", () => {
    const cwd = folderWith({ "b.yaml": refused, "a/x.yaml": refused, "c.json": "{}" });
    expect(ran(cwd, ["."])).toEqual(ran(cwd, ["."]));
    expect(ran(cwd, ["-f", "compact", "."]).out.match(/^[^:]+/gm)).toEqual(["a/x.yaml", "b.yaml"]);
  });
});

describe("standard input", () => {
  test("is read for -, and called as one likes", () => {
    const cwd = folderWith({});
    expect(ran(cwd, ["-", "-f", "compact"], { stdin: refused }).out).toMatch(/^<stdin>:11:22: error/);
    expect(ran(cwd, ["-", "--stdin-filename", "deploy/a.yaml", "-f", "compact"], { stdin: refused }).out).toMatch(/^deploy\/a\.yaml:11:22: error/);
  });

  test("takes its settings from where its name says", () => {
    const cwd = folderWith({ "deploy/.kronlint.yaml": "rules: { job-no-ttl: error }\n" });
    expect(ran(cwd, ["-", "--stdin-filename=deploy/a.yaml", "-f", "compact"], { stdin: noted }).out).toContain(": error: ");
  });
});

describe("exit codes", () => {
  test.each([
    [[], refused, 1],
    [["--fail-on=error"], refused, 1],
    [["--fail-on", "never"], refused, 0],
    [["--rule", "job-no-ttl=warning"], noted, 1],
    [["--rule", "job-no-ttl=warning", "--fail-on=error"], noted, 0],
    [["--rule", "job-no-ttl=warning", "--max-warnings=1"], noted, 0],
    [["--rule", "job-no-ttl=warning", "--max-warnings=0"], noted, 1],
    [["--rule", "job-no-ttl=warning", "--max-warnings=0", "--fail-on=error"], noted, 1],
    [["--rule", "job-no-ttl=off", "--fail-on=info"], noted, 0],
    [[], noted, 0],
    [["--fail-on=info"], noted, 1],
    [["--fail-on=info"], good, 0],
  ])("%j", (flags, text, code) => {
    expect(ran(folderWith({ "a.yaml": text }), [...flags, "a.yaml"])).toMatchObject({ code });
  });
});

test("--quiet leaves out notes, and says nothing of them", () => {
  const cwd = folderWith({ "a.yaml": noted });
  expect(ran(cwd, ["a.yaml"]).out).toContain(" info job-no-ttl ");
  expect(ran(cwd, ["a.yaml", "-q"]).out).toBe("no findings in 1 object, 1 file\n");
});

describe("colour", () => {
  const coloured = (args: readonly string[], env: Record<string, string>, outIsTerminal: boolean): boolean =>
    ran(folderWith({ "a.yaml": refused }), ["a.yaml", ...args], { env, outIsTerminal }).out.includes("\u001b[31m");

  test.each([
    [[], {}, false, false],
    [[], {}, true, true],
    [[], { TERM: "dumb" }, true, false],
    [[], { NO_COLOR: "1" }, true, false],
    [[], { NO_COLOR: "" }, true, true],
    [["--color"], { NO_COLOR: "1" }, false, true],
    [["--no-color"], { FORCE_COLOR: "1" }, true, false],
    [[], { FORCE_COLOR: "1" }, false, true],
  ])("%j %j, terminal: %s", (args, env, terminal, expected) => {
    expect(coloured(args, env, terminal)).toBe(expected);
  });

  test("stays out of files and of json", () => {
    const cwd = folderWith({ "a.yaml": refused });
    expect(ran(cwd, ["a.yaml", "--color", "-f", "json"]).out).not.toContain("\u001b");
  });
});

describe("progress", () => {
  const slowly = () => {
    let time = 0;
    return () => (time += 600);
  };

  test("is shown on a terminal when it takes long, and wiped away", () => {
    const cwd = folderWith({ "a.yaml": good, "b.yaml": good, "c.yaml": good });
    const { err } = ran(cwd, ["."], { errIsTerminal: true, clock: slowly() });
    expect(err).toContain("files … ");
    expect(err.endsWith("\r\u001b[K")).toBe(true);
  });

  test("is not shown elsewhere, nor in the first second", () => {
    const cwd = folderWith({ "a.yaml": good, "b.yaml": good });
    expect(ran(cwd, ["."], { clock: slowly() }).err).toBe("");
    expect(ran(cwd, ["."], { errIsTerminal: true }).err).toBe("");
  });
});

describe("settings", () => {
  test("the nearest file alone counts", () => {
    const cwd = folderWith({
      ".git/": "",
      ".kronlint.yaml": "rules: { job-no-ttl: warning, resources-missing: error }\n",
      "a.yaml": noted,
      "sub/.kronlint.yaml": "rules: { job-no-ttl: error }\n",
      "sub/a.yaml": noted,
    });
    expect(ran(cwd, ["-f", "compact", "."]).out.match(/: (error|warning|info): /g)).toEqual([": warning: ", ": error: "]);
  });

  test("flags beat overrides, which beat rules", () => {
    const cwd = folderWith({
      ".kronlint.yaml": "rules: { job-no-ttl: warning }\noverrides:\n  - files: ['staging/**']\n    rules: { job-no-ttl: error }\n",
      "a.yaml": noted,
      "staging/a.yaml": noted,
    });
    const levels = (flags: readonly string[]) => ran(cwd, ["-f", "compact", ".", ...flags]).out.match(/: (error|warning|info): /g);
    expect(levels([])).toEqual([": warning: ", ": error: "]);
    expect(levels(["--rule", "job-no-ttl=info"])).toEqual([": info: ", ": info: "]);
    expect(levels(["--rule=job-no-ttl=off"])).toBeNull();
    expect(levels(["--no-config"])).toEqual([": info: ", ": info: "]);
  });

  test("--config names one file for all", () => {
    const cwd = folderWith({ "ci.yaml": "rules: { job-no-ttl: error }\n", "a/.kronlint.yaml": "preset: strict\n", "a/a.yaml": noted });
    expect(ran(cwd, ["-f", "compact", "--config=ci.yaml", "a"]).out).toContain(": error: ");
  });

  test("include and exclude choose files", () => {
    const cwd = folderWith({
      ".kronlint.yaml": 'include: ["docs/*.md"]\nexclude: ["vendor/**"]\n',
      "docs/a.md": `# A\n\n\`\`\`yaml\n${refused}\`\`\`\n`,
      "vendor/a.yaml": refused,
    });
    expect(ran(cwd, ["-f", "compact", "."]).out).toMatch(/^docs\/a\.md:14:22: error: [^\n]+\n$/);
  });

  test("--print-config shows what counts for a file", () => {
    const cwd = folderWith({ ".kronlint.yaml": "preset: strict\nrules: { job-no-ttl: off }\n", "Chart.yaml": "name: a\n" });
    const { code, out } = ran(cwd, ["--print-config", "templates/a.yaml"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      file: "templates/a.yaml",
      settings: ".kronlint.yaml",
      preset: "strict",
      delivery: "helm",
      rules: { "job-no-ttl": "off", "restart-policy-invalid": "error" },
    });
  });

  test("--no-inline-ignore reports what a comment suppresses", () => {
    const text = refused.replace("Always", "Always # kronlint-ignore restart-policy-invalid -- a test");
    const cwd = folderWith({ "a.yaml": text });
    expect(ran(cwd, ["a.yaml"])).toMatchObject({ code: 0 });
    expect(ran(cwd, ["a.yaml", "--no-inline-ignore"]).out).toContain("restart-policy-invalid");
  });

  test("--now decides whether a suppression has expired", () => {
    const text = refused.replace("Always", "Always # kronlint-ignore restart-policy-invalid -- a test until=2026-03-01");
    const cwd = folderWith({ "a.yaml": text });
    expect(ran(cwd, ["a.yaml", "--now=2026-02-01T00:00:00Z"]).out).not.toContain("restart-policy-invalid ");
    expect(ran(cwd, ["a.yaml", "--now=2026-04-01"]).out).toContain("restart-policy-invalid ");
  });
});

test("a file that a kustomization lists is a patch: what it lacks is unknown", () => {
  const patch = "apiVersion: batch/v1\nkind: Job\nmetadata: { name: report }\nspec:\n  template:\n    spec:\n      containers: [{ name: report, image: 'a:1.2' }]\n";
  const cwd = folderWith({ ".git/": "", "kustomization.yaml": "patches:\n- path: patches/a.yaml\n", "patches/a.yaml": patch, "b.yaml": patch });
  expect(ran(cwd, ["-f", "compact", "patches"]).out).not.toContain("restart-policy-invalid");
  expect(ran(cwd, ["-f", "compact", "b.yaml"]).out).toContain("restart-policy-invalid");
});
