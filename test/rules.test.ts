import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { deployedAsWritten } from "../src/core/lint/deployed.js";
import { diffOf } from "../src/core/lint/diff.js";
import { type Report, spanOf } from "../src/core/lint/diagnostic.js";
import { fixText } from "../src/core/lint/fix.js";
import type { AnyRule, Example } from "../src/core/lint/rule.js";
import { lintChart } from "../src/core/lint/chart.js";
import { type FileReport, type LintInput, lintReports } from "../src/core/lint/run.js";
import { defaultFileSettings } from "../src/core/lint/settings-file.js";
import { readSettings } from "../src/core/lint/settings-read.js";
import { validateSettings } from "../src/core/lint/settings-validate.js";
import type { Source } from "../src/core/text/place.js";
import { workspaceDiagnostics } from "../src/core/lint/workspace.js";
import { rules } from "../rules/index.js";
import { withMarks, withoutMarks } from "./marks.js";

/** With UPDATE=1 the expected marks are written into the rules' files. */
const update = process.env["UPDATE"] === "1";
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "fixtures", "rules");

type Lint = (source: Source) => readonly Report[];

/** This rule alone, at its own level; with a text from `before`, as an update of it too. */
function linter(rule: AnyRule, settings: object = {}, before?: string): Lint {
  expect(validateSettings(settings, rules)).toEqual([]);
  const input = { rules: [rule], settings: defaultFileSettings({ settings, now: Date.UTC(2026, 0, 1) }) };
  return (source) => {
    const { reports, facts, failures } = isTemplate(source) ? ofTemplate(source, input) : lintReports(source, input);
    const old = { deployed: deployedAsWritten({ ...source, text: before ?? source.text }), place: "" };
    const change = diffOf([old], [{ deployed: deployedAsWritten(source), place: "" }], input, input.settings.kubernetes);
    const faults = [...failures, ...change.failures];
    const together = [...change.changes.flatMap(({ diagnostics }) => diagnostics), ...workspaceDiagnostics([{ facts }], [rule], faults)].map(
      ({ rule: id, severity, message, start, end }): Report => ({ rule: id, severity, message, place: { source, start, end }, related: [], superseded: [] }),
    );
    expect(faults).toEqual([]);
    return [...reports, ...together];
  };
}

function isTemplate({ name }: Source): boolean {
  return name.startsWith("templates/");
}

/** In a chart that has nothing else. */
function ofTemplate(source: Source, input: LintInput): FileReport {
  const chart = { path: "Chart.yaml", source: { name: "Chart.yaml", text: "apiVersion: v2\nname: example\nversion: 1.0.0\n" } };
  return lintChart({ files: [chart, { path: source.name, source }], inputOf: () => input }).of(source.name, source, input);
}

function named(text: string, { file = "example.yaml" }: Pick<Example, "file">): Source {
  return { name: file, text };
}

describe.each(rules)("$id", (rule) => {
  test.each(rule.examples)("reports $title as its page shows", (example) => {
    const text = withoutMarks(example.bad);
    const actual = withMarks(text, linter(rule, example.settings, example.before)(named(text, example)));
    if (update && actual !== example.bad) rewrite(rule, example.bad, actual);
    else expect(actual).toBe(example.bad);
    expect(actual).not.toBe(text);
  });

  test.each(rule.examples)("is silent once $title is put right", (example) => {
    expect(linter(rule, example.settings, example.before)(named(example.good, example)).map(({ message }) => message)).toEqual([]);
  });

  test.each(rule.examples)("mends $title once and for all", (example) => {
    const lint = linter(rule, example.settings, example.before);
    const source = named(withoutMarks(example.bad), example);
    const found = lint(source);
    for (const unsafe of [false, true]) {
      const { output, remaining } = fixText(source, lint, { unsafe });
      expect(fixText({ ...source, text: output }, lint, { unsafe }).output).toBe(output);
      const isWhole = found.length > 0 && found.every(({ fix }) => fix?.safe === true || (unsafe && fix !== undefined));
      if (isWhole && remaining.length === 0) expect(output).toBe(example.good);
    }
  });
});

const examples = rules.flatMap((rule) => rule.examples.map((example) => ({ name: `${rule.id}: ${example.title}`, example })));

describe("all rules together", () => {
  test.each(examples)("find nothing to mend in the good side of $name", ({ example }) => {
    const settings = defaultFileSettings({ settings: example.settings ?? {}, now: Date.UTC(2026, 0, 1) });
    const { reports, failures } = lintReports(named(example.good, example), { rules, settings });
    expect(failures).toEqual([]);
    expect(reports.filter(({ severity }) => severity !== "info").map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  test("a run that never ends is told once to end", () => {
    const text = readFileSync(join(folder, "forbid-loses-ticks", "never-ends.yaml"), "utf8");
    const { reports } = lintReports({ name: "never-ends.yaml", text }, { rules, settings: defaultFileSettings({ settings: {} }) });
    const told = reports.filter(({ message }) => /never ends|for ever|let the run end|Deadline/.test(message));
    expect(told.map(({ rule }) => rule)).toEqual(["never-ending-command"]);
  });
});

function rewrite(rule: AnyRule, before: string, after: string): void {
  const path = join(root, "rules", `${rule.id}.ts`);
  const text = readFileSync(path, "utf8");
  const found = [2, 4, 6, 8, 10, 12].map((indent) => inCode(before, indent)).findIndex((code) => text.includes(code));
  if (found < 0) throw new Error(`the example is not found in ${path}; it should read:\n${after}`);
  const indent = 2 * (found + 1);
  writeFileSync(path, text.replace(inCode(before, indent), () => inCode(after, indent)));
}

function inCode(text: string, indent: number): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
  return escaped.replace(/^(?=.)/gm, " ".repeat(indent));
}

const fixtures = (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : []).filter((name) => {
  return !/\.(?:expected|before\.\w+)$/.test(name) && /[/\\]/.test(name) && /\.\w+$/.test(name);
});

describe.runIf(fixtures.length > 0)("fixtures", () => {
  test.each(fixtures)("%s", (name) => {
    const path = join(folder, name);
    const rule = rules.find(({ id }) => id === name.split(/[/\\]/)[0]);
    if (!rule) throw new Error(`no rule has the name of the folder of ${name}`);
    const text = readFileSync(path, "utf8");
    // The manifest as it was, for a rule about changes.
    const former = path.replace(/(?=\.\w+$)/, ".before");
    const lint = linter(rule, settingsIn(text), existsSync(former) ? readFileSync(former, "utf8") : undefined);
    const expected = path.replace(/\.\w+$/, ".expected");
    if (basename(name).startsWith("near-")) expect(lint({ name, text }).map(({ message }) => message)).toEqual([]);
    else if (existsSync(expected)) compared(expected, `${lint({ name, text }).map(line).join("\n")}\n`);
    else compared(path, withMarks(withoutMarks(text), lint({ name, text: withoutMarks(text) })));
  });
});

/** `# settings: { kubernetes: "1.30" }` as the first line. */
function settingsIn(text: string): object {
  const [, written] = /^# settings: (.+)/.exec(text) ?? [];
  if (written === undefined) return {};
  const read = readSettings({ name: ".kronlint.yaml", text: written }, rules);
  if (read.state === "refused") throw new Error(read.problems.map(({ message }) => message).join("\n"));
  return read.settings;
}

function line({ place, rule, message }: Report): string {
  const { line: row, column, endLine, endColumn } = spanOf(place);
  return `${String(row)}:${String(column)}-${String(endLine)}:${String(endColumn)} ${rule} ${message}`;
}

function compared(path: string, actual: string): void {
  if (update) writeFileSync(path, actual);
  else expect(actual).toBe(readFileSync(path, "utf8"));
}
