/** The same inputs through every surface: each says the same at the same places, in the same words. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Linter } from "eslint";
import { describe, expect, test } from "vitest";
import type { Diagnostic, WorkspaceDiagnosticReport } from "vscode-languageserver-protocol";
import { runStep } from "../src/action/run.js";
import plugin from "../src/eslint/plugin.js";
import { fix, lint } from "../src/index.js";
import { good, refused } from "./cli/manifests.js";
import { ran } from "./cli/world.js";
import { able, connect } from "./lsp/client.js";
import { folderWith } from "./node/folder-tree.js";

const root = fileURLToPath(new URL("..", import.meta.url));

const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly } # 🕐 before the schedule
spec:
  schedule: "0 0 * * 7"
  jobTemplate:
    spec:
      backoffLimt: 2
      template:
        spec:
          restartPolicy: Always
          containers:
            - name: "🐙"
              image: "a:latest"
              command: [sh, -c, "curl https://example.com | tee out"]
`;
const items = [refused, cronJob].map((text) => text.replace(/^/gm, "    ").replace("    ", "  - "));
const list = `apiVersion: v1\nkind: List\nitems:\n${items.join("\n")}`;

/** What a file holds, and one rule that is found in it; without one nothing is. */
const inputs: Readonly<Record<string, readonly [text: string, rule?: string]>> = {
  "good/job.yaml": [good],
  "refused/job.yaml": [refused, "restart-policy-invalid"],
  "fixable/cronjob.yaml": [cronJob, "schedule-syntax"],
  "crlf/cronjob.yaml": [cronJob.replaceAll("\n", "\r\n"), "restart-policy-invalid"],
  "suppressed/job.yaml": [refused.replace("Always", "Always # kronlint-ignore restart-policy-invalid -- a test")],
  "unused/job.yaml": [good.replace("Never", "Never # kronlint-ignore restart-policy-invalid -- a test"), "unused-suppression"],
  "several/all.yaml": [`${good}---\n${refused}---\n${cronJob}`, "restart-policy-invalid"],
  "list/list.yaml": [list, "unknown-field"],
  "broken/job.yaml": [good.replace("template:", "template: ["), "yaml-syntax"],
  "template/job.yaml": [refused.replace("name: report", "name: {{ .Values.name }}"), "restart-policy-invalid"],
  "other/deployment.yaml": ["apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n"],
  "json/job.json": ['{ "apiVersion": "batch/v1", "kind": "Job", "spec": { "backoffLimit": -1 } }\n', "field-invalid"],
  "prose/notes.md": [`# Notes\n\nRun this:\n\n\`\`\`yaml\n${cronJob}\`\`\`\n`, "restart-policy-invalid"],
};
const names = Object.keys(inputs);
const textOf = (name: string): string => inputs[name]?.[0] ?? "";
const tree = (): string => folderWith(Object.fromEntries(names.map((name) => [name, textOf(name)])));

interface Finding {
  readonly rule: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
const brief = ({ rule, line, column, message }: Finding): string => `${line}:${column} ${rule} ${message}`;
const briefly = (findings: readonly Finding[]): readonly string[] => findings.map(brief).sort();

/** What the others are compared with. */
const expected = (name: string): readonly string[] => briefly(lint(textOf(name), { file: name }));

/** The protocol allows for Markdown here. */
const plain = (message: Diagnostic["message"]): string => (typeof message === "string" ? message : message.value);

const now = "2026-01-15T00:00:00Z";
const report = (out: string): readonly (Finding & { readonly file: string; readonly severity: string })[] => JSON.parse(out).diagnostics;

interface Sarif {
  readonly runs: readonly [{ readonly columnKind: string; readonly results: readonly SarifResult[] }];
}

interface SarifResult {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [{ readonly physicalLocation: { readonly region: Readonly<Record<"startLine" | "startColumn", number>> } }];
  readonly suppressions?: readonly unknown[];
}

const decoded = (text: string): string =>
  text.replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%0A", "\n").replaceAll("%25", "%");

/** Annotations as GitHub reads them; what spans lines has no column. */
function annotated(out: string): readonly Finding[] {
  const command = /^::\w+ file=[^,]+,line=(\d+),endLine=\d+(?:,col=(\d+),endColumn=\d+)?,title=kronlint ([\w-]+)::(.*)$/gm;
  return [...out.matchAll(command)].map(([, line, column, rule = "", data = ""]) => {
    return { rule, line: Number(line), column: Number(column ?? Number.NaN), message: decoded(data).replace(/\n\S+$/, "") };
  });
}

/** The same of others: lines alone where a finding spans several. */
function asAnnotated(name: string): readonly string[] {
  return briefly(lint(textOf(name), { file: name }).map((one) => (one.line === one.endLine ? one : { ...one, column: Number.NaN })));
}

describe.each(names)("%s", (name) => {
  const args = ["--now", now, "--fail-on", "never", name];

  test("in the library: what it is here for", () => {
    const rules = lint(textOf(name), { file: name }).map(({ rule }) => rule);
    const [, rule] = inputs[name] ?? [];
    if (rule === undefined) expect(rules).toEqual([]);
    else expect(rules).toContain(rule);
  });

  test("as JSON on the terminal", () => {
    expect(briefly(report(ran(tree(), [...args, "-f", "json"]).out))).toEqual(expected(name));
  });

  test("from standard input", () => {
    const piped = ["--now", now, "-f", "json", "--stdin-filename", name, "-"];
    expect(briefly(report(ran(folderWith({}), piped, { stdin: textOf(name) }).out))).toEqual(expected(name));
  });

  test("as SARIF", () => {
    const sarif: Sarif = JSON.parse(ran(tree(), [...args, "-f", "sarif"]).out);
    const [run] = sarif.runs;
    expect(run.columnKind).toBe("utf16CodeUnits");
    const found = run.results.flatMap(({ ruleId, message, locations: [location], suppressions }): readonly Finding[] => {
      const { startLine, startColumn } = location.physicalLocation.region;
      return suppressions === undefined ? [{ rule: ruleId, line: startLine, column: startColumn, message: message.text }] : [];
    });
    expect(briefly(found)).toEqual(expected(name));
  });

  test("as annotations on GitHub", () => {
    expect(briefly(annotated(ran(tree(), [...args, "-f", "github"]).out))).toEqual(asAnnotated(name));
  });

  test("in the program that the Action and pre-commit run", () => {
    const bundle = join(root, "bundle", "bin.cjs");
    const { stdout } = spawnSync(process.execPath, [bundle, ...args, "-f", "json"], { cwd: tree(), encoding: "utf8" });
    expect(briefly(report(stdout))).toEqual(expected(name));
  });

  test.skipIf(!name.endsWith(".yaml"))("in ESLint", () => {
    const found = new Linter().verify(textOf(name), [plugin.configs.strict], name);
    const findings = found.map(({ ruleId, ...place }) => ({ ...place, rule: ruleId?.replace("kronlint/", "") ?? "" }));
    expect(briefly(findings)).toEqual(expected(name));
  });

  test.skipIf(name.endsWith(".md"))("in an editor", async () => {
    const cwd = tree();
    const client = await connect({ capabilities: able, folders: [cwd] });
    const uri = pathToFileURL(join(cwd, name)).href;
    client.open(uri, textOf(name), name.endsWith(".json") ? "json" : "yaml");
    const found = (await client.pull(uri)).map(({ code, range: { start }, message }) => {
      return { rule: String(code), line: start.line + 1, column: start.character + 1, message: plain(message) };
    });
    expect(briefly(found)).toEqual(expected(name));
  });

  test("fixes", () => {
    const cwd = tree();
    ran(cwd, ["--fix", "--now", now, name]);
    expect(readFileSync(join(cwd, name), "utf8")).toBe(fix(textOf(name), { file: name }).output);
    if (!name.endsWith(".yaml")) return;
    const config = plugin.configs.strict as unknown as Linter.Config;
    expect(new Linter().verifyAndFix(textOf(name), [config], name).output).toBe(fix(textOf(name), { file: name }).output);
  });
});

describe("what only the files of a folder together lead to", () => {
  const twin = (name: string): string => cronJob.replace("nightly", name).replace("* 7", "* 0");
  const files = { "deploy/a.yaml": twin("a"), "deploy/b.yaml": twin("b"), "apart/c.yaml": twin("c") };
  const fromTerminal = (cwd: string): readonly string[] => {
    return report(ran(cwd, ["-f", "json", "--now", now, "."]).out).map((one) => `${one.file} ${brief(one)}`).sort();
  };

  test("the Action says it", () => {
    const cwd = folderWith(files);
    let out = "";
    runStep({
      env: { GITHUB_EVENT_NAME: "push" },
      cwd,
      out: (text) => void (out += text),
      kronlint: (args) => {
        const { code, ...said } = ran(cwd, ["--now", now, ...args]);
        return { exit: code, ...said };
      },
    });
    const said = annotated(out).map(({ rule }) => rule);
    expect(said).toContain("duplicate-cronjob-same-work");
    // Ten of each level are shown.
    for (const severity of ["error", "warning"]) {
      const all = report(ran(cwd, ["-f", "json", "--now", now, "."]).out).filter((one) => one.severity === severity);
      const shown = out.match(new RegExp(`^::${severity} `, "gm")) ?? [];
      expect(shown).toHaveLength(Math.min(all.length, 10));
    }
  });

  test("an editor says it", async () => {
    const cwd = folderWith(files);
    const client = await connect({ capabilities: able, folders: [cwd] });
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
    const found = items.flatMap((one) => {
      if (one.kind !== "full") return [];
      const file = fileURLToPath(one.uri).slice(cwd.length + 1).replaceAll("\\", "/");
      return one.items.map(({ code, range: { start }, message }) => {
        return `${file} ${brief({ rule: String(code), line: start.line + 1, column: start.character + 1, message: plain(message) })}`;
      });
    });
    expect(found.sort()).toEqual(fromTerminal(cwd));
  });

  test("the program that pre-commit runs says it of the files that it is given", () => {
    const cwd = folderWith(files);
    execFileSync("git", ["init", "-q"], { cwd });
    const args = ["--force-exclude", "--now", now, "-f", "json", ...Object.keys(files)];
    const { stdout } = spawnSync(process.execPath, [join(root, "bundle", "bin.cjs"), ...args], { cwd, encoding: "utf8" });
    const found = report(stdout).map((one) => `${one.file} ${brief(one)}`).sort();
    expect(found).toEqual(fromTerminal(cwd));
    expect(found.join("\n")).toContain("duplicate-cronjob-same-work");
  });
});
