import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import AjvDraft04 from "ajv-draft-04";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { rules } from "../../../rules/index.js";
import { lintSource } from "../../../src/engine.js";
import { ruleHelp } from "../../../src/core/lint/explain.js";
import type { Diagnostic } from "../../../src/core/lint/diagnostic.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { createReporter, type Format, formats } from "../../../src/core/report/reporter.js";
import { counted, nothing } from "../../../src/core/report/summary.js";

const hostileName = "a'b\"c<script>&amp;\u001b[31m,x:y%0A::error::]]>|`@someone`#1 https://evil.example \u202e";

/** A Job with faults of all levels, a fix, a suppression, and a name that tries everything. */
const manifest = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 0 * * 7"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Sometimes
          # kronlint-ignore image-mutable-tag -- pinned by the registry
          containers: [{ name: ${JSON.stringify(hostileName)}, image: "a:latest" }]
`;

const tool = {
  version: "1.2.3",
  aboutRule: (id: string) => {
    const rule = rules.find((one) => one.id === id);
    return rule && { ...rule, help: ruleHelp(rule) };
  },
};

function report(format: Format, file = "deploy/a b.yaml", text = manifest): string {
  const { diagnostics, suppressed, objects } = lintSource({ name: file, text }, { rules, settings: defaultFileSettings() });
  const reporter = createReporter(format, { colour: false, width: 100, tool });
  const summary = counted(nothing, diagnostics, { files: 1, objects });
  const pieces = [
    reporter.begin(),
    reporter.suppressed?.(suppressed) ?? "",
    reporter.findings(diagnostics, () => text),
    reporter.end(summary),
  ];
  return pieces.join("");
}

const found = (file = "deploy/a b.yaml", text = manifest): readonly Diagnostic[] =>
  lintSource({ name: file, text }, { rules, settings: defaultFileSettings() }).diagnostics;

const clean = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";

interface Region {
  readonly charOffset: number;
  readonly charLength: number;
}

function sliced({ charOffset, charLength }: Region): string {
  return manifest.slice(charOffset, charOffset + charLength);
}

function replaced({ deletedRegion, insertedContent }: { readonly deletedRegion: Region; readonly insertedContent: { readonly text: string } }): string {
  const { charOffset, charLength } = deletedRegion;
  return `${manifest.slice(0, charOffset)}${insertedContent.text}${manifest.slice(charOffset + charLength)}`;
}

describe("sarif", () => {
  const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const schema: object = JSON.parse(readFileSync(path, "utf8"));
  const validate = new AjvDraft04({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

  test.each([["findings", manifest], ["nothing", clean]])("follows the standard's schema: %s", (_, text) => {
    const log: unknown = JSON.parse(report("sarif", "deploy/a b.yaml", text));
    expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  test("each result leads to its rule, its stretch of the source and its fix", () => {
    const { runs: [run] } = JSON.parse(report("sarif"));
    const { results, tool: { driver } } = run;
    expect(driver).toMatchObject({ name: "kronlint", version: "1.2.3" });
    expect(results.length).toBe(found().length + 1);
    for (const result of results) {
      expect(driver.rules[result.ruleIndex]).toMatchObject({ id: result.ruleId });
      expect(driver.rules[result.ruleIndex].help.markdown.length).toBeGreaterThan(40);
      expect(result.locations[0].physicalLocation.artifactLocation).toEqual({ uri: "deploy/a%20b.yaml", uriBaseId: "%SRCROOT%" });
    }
    const schedule = results.find((one: { ruleId: string }) => one.ruleId === "schedule-syntax");
    const { region } = schedule.locations[0].physicalLocation;
    expect(sliced(region)).toBe("7");
    const [replacement] = schedule.fixes[0].artifactChanges[0].replacements;
    expect(replaced(replacement)).toContain('schedule: "0 0 * * 0"');
  });

  test("what is suppressed is there, with the reason", () => {
    const { runs: [{ results }] } = JSON.parse(report("sarif"));
    const suppressed = results.filter((one: { suppressions?: unknown }) => one.suppressions !== undefined);
    expect(suppressed).toHaveLength(1);
    expect(suppressed[0]).toMatchObject({
      ruleId: "image-mutable-tag",
      suppressions: [{ kind: "inSource", justification: "pinned by the registry" }],
    });
  });

  test.each([["/x/a.yaml", "file:///x/a.yaml"], ["C:\\x\\a.yaml", "file:///C:/x/a.yaml"]])("%s is an address", (file, uri) => {
    const { runs: [{ results }] } = JSON.parse(report("sarif", file));
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri });
  });
});

/** Elements with their attributes, as a strict parser of XML sees them. */
function elements(xml: string): readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const seen: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => seen.push({ name, attributes: { ...attributes } }));
  parser.write(xml).close();
  return seen;
}

describe("XML", () => {
  test("junit counts tests and failures as a parser does", () => {
    const all = elements(report("junit"));
    const [suite] = all.filter(({ name }) => name === "testsuite");
    const failures = all.filter(({ name }) => name === "failure");
    const cases = all.filter(({ name }) => name === "testcase");
    expect(cases).toHaveLength(found().length);
    expect(failures).toHaveLength(found().filter(({ severity }) => severity !== "info").length);
    expect(suite?.attributes).toMatchObject({ name: "deploy/a b.yaml", tests: String(found().length), failures: String(failures.length) });
  });

  test("junit without findings is a run that passed", () => {
    const all = elements(report("junit", "a.yaml", clean)).map(({ name }) => name);
    expect(all).toEqual(["testsuites", "testsuite", "testcase", "system-out"]);
  });

  test("checkstyle has the messages as they are", () => {
    const all = elements(report("checkstyle"));
    const messages = all.flatMap(({ name, attributes }) => (name === "error" ? [attributes["message"]] : []));
    expect(messages).toHaveLength(found().length);
    expect(messages).toContain(found().find(({ rule }) => rule === "schedule-syntax")?.message);
  });
});

describe("workflow commands", () => {
  /** As a runner reads a line: https://github.com/actions/toolkit/blob/main/docs/commands.md */
  function read(line: string): { readonly level: string; readonly properties: ReadonlyMap<string, string>; readonly message: string } | undefined {
    const [, level = "", list = "", message = ""] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
    const unescaped = (text: string): string =>
      text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%3A", ":").replaceAll("%2C", ",").replaceAll("%25", "%");
    const properties = new Map(list.split(",").map((one) => [one.slice(0, one.indexOf("=")), unescaped(one.slice(one.indexOf("=") + 1))]));
    return level === "" ? undefined : { level, properties, message: unescaped(message) };
  }

  test("each finding is one command, whatever stands in names", () => {
    const file = "a,b:c%25::error::.yaml";
    const lines = report("github", file).trimEnd().split("\n").slice(0, -1);
    const expected = found(file);
    expect(lines).toHaveLength(expected.length);
    lines.forEach((line, index) => {
      const command = read(line);
      expect(command?.properties.get("file")).toBe(file);
      expect(command?.properties.get("line")).toBe(String(expected[index]?.line));
      expect(command?.message.split("\n").at(-1)).toBe(expected[index]?.url);
    });
  });
});

test("gitlab follows what Code Quality needs, and no fingerprint comes twice", () => {
  const issues: readonly Record<string, unknown>[] = JSON.parse(report("gitlab"));
  expect(issues).toHaveLength(found().length);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  for (const issue of issues) {
    expect(issue).toMatchObject({ description: expect.any(String), check_name: expect.any(String), location: { path: "deploy/a b.yaml" } });
    expect(["info", "major", "critical"]).toContain(issue["severity"]);
  }
  expect(JSON.parse(report("gitlab", "a.yaml", clean))).toEqual([]);
});

describe("tap", () => {
  test("numbers its tests and plans them", () => {
    const lines = report("tap").split("\n");
    const results = lines.filter((line) => /^(?:not )?ok /.test(line));
    expect(lines[0]).toBe("TAP version 14");
    expect(results.map((line) => Number(/\d+/.exec(line)?.[0]))).toEqual(results.map((_, index) => index + 1));
    expect(lines.at(-2)).toBe(`1..${String(results.length)}`);
    expect(results).toHaveLength(found().length);
    expect(lines.at(-3)).toMatch(/^# \d+ errors?, /);
    expect(results.filter((line) => line.startsWith("not"))).toHaveLength(found().filter(({ severity }) => severity !== "info").length);
  });

  test("without findings is one test that passed", () => {
    expect(report("tap", "a.yaml", clean)).toMatch(/^TAP version 14\nok 1 - no findings in .*\n1\.\.1\n$/);
  });

  test("its details are YAML with the same values", () => {
    const blocks = [...report("tap").matchAll(/^ {2}---\n(.*?)^ {2}\.\.\.$/gms)].map(([, block = ""]) => parseAllDocuments(block)[0]?.toJS());
    expect(blocks.map(({ message }) => message)).toEqual(found().map(({ message }) => message));
  });
});

describe("markdown", () => {
  test("a cell holds no markup of the manifest's own", () => {
    const file = "a|b`c`<img src=x>*d*@someone#12[x](y).yaml";
    const rows = report("markdown", file).split("\n").filter((line) => line.includes(".yaml"));
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) {
      expect(row.split(/(?<!\\)\|/)).toHaveLength(6);
      expect(row).toContain("a\\|b\\`c\\`\\<img src\\=x\\>\\*d\\*@&#8203;someone\\#&#8203;12\\[x\\]\\(y\\).yaml:");
    }
  });

  test("the worst comes first, and the whole fits into a comment", () => {
    const reporter = createReporter("markdown", { colour: false, width: 80 });
    const [sample] = found();
    if (!sample) throw new Error("nothing is found");
    const many = Array.from({ length: 2000 }, (_, line) => ({ ...sample, line, severity: line === 1999 ? ("error" as const) : ("info" as const) }));
    const text = reporter.begin() + reporter.findings(many, () => "") + reporter.end(counted(nothing, many, { files: 1, objects: 1 }));
    expect(text.length).toBeLessThan(65_536);
    expect(text.split("\n")[4]).toContain(":1999:");
    const shown = text.split("\n").filter((line) => line.startsWith("| ❌") || line.startsWith("| ℹ")).length;
    expect(text).toContain(`and ${String(2000 - shown)} more findings`);
  });
});

test("markdown takes as much as a reader with more room takes", () => {
  const room = { size: 400_000, sizeOf: (text: string) => Buffer.byteLength(text), rest: (left: number) => `${String(left)} stand elsewhere` };
  const reporter = createReporter("markdown", { colour: false, width: 80, room });
  const [sample] = found("ä".repeat(100));
  if (!sample) throw new Error("nothing is found");
  const many = Array.from({ length: 2000 }, (_, line) => ({ ...sample, line }));
  const text = reporter.begin() + reporter.findings(many, () => "") + reporter.end(counted(nothing, many, { files: 1, objects: 1 }));
  const shown = text.split("\n").filter((line) => line.includes("ääää")).length;
  expect(Buffer.byteLength(text)).toBeLessThan(400_600);
  expect(Buffer.byteLength(text)).toBeGreaterThan(399_000);
  expect(text.endsWith(`\n\n${String(2000 - shown)} stand elsewhere\n`)).toBe(true);
});

test("html shows hostile text as text, and loads nothing", () => {
  const page = report("html");
  expect(page).toContain("default-src 'none'");
  expect(page).not.toContain("<script>");
  expect(page.replaceAll(/href="https:\/\/github\.com\/kronlint\/[^"]*"/g, "")).not.toMatch(/\b(?:src|href)=/);
  expect(page.match(/<article /g)).toHaveLength(found().length);
});

test("a fingerprint stays when lines move, and differs where the value does", () => {
  const prints = (text: string): readonly string[] => found("a.yaml", text).map(({ fingerprint }) => fingerprint);
  expect(prints(`# one more line\n\n${manifest}`)).toEqual(prints(manifest));
  expect(prints(manifest.replace("Sometimes", "Rarely"))).not.toEqual(prints(manifest));
  const twice = manifest.replace("}]", `}, { name: b, image: "b:latest" }, { name: b, image: "b:latest" }]`);
  expect(new Set(prints(twice)).size).toBe(prints(twice).length);
});

test.each(formats)("%s has no control character in it", (format) => {
  const text = report(format, "a\u001b[31m\u0007.yaml");
  expect([...text].filter((character) => (character < " " && character !== "\n") || character === "\u202e")).toEqual([]);
});
