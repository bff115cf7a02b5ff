import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/core/lint/diagnostic.js";
import { createReporter, type Format, formats } from "../../../src/core/report/reporter.js";
import { counted, nothing, summaryLine } from "../../../src/core/report/summary.js";

const text = "apiVersion: batch/v1\nkind: Job\nspec:\n  ttl: 0\n";

const finding: Diagnostic = {
  file: "deploy/a.yaml",
  line: 4,
  column: 3,
  endLine: 4,
  endColumn: 6,
  start: 39,
  end: 42,
  rule: "unknown-field",
  severity: "error",
  message: "ttl is no field of a Job",
  url: "https://example.com/unknown-field",
  path: "spec.ttl",
  object: { kind: "Job", name: "a" },
  related: [{ file: "deploy/b.yaml", line: 1, column: 1, endLine: 1, endColumn: 2, start: 0, end: 1, message: "as here" }],
  fix: {
    title: "rename it",
    safe: true,
    edits: [{ file: "deploy/a.yaml", line: 4, column: 3, endLine: 4, endColumn: 6, start: 37, end: 40, text: "ttlSecondsAfterFinished" }],
  },
  superseded: [],
  fingerprint: "0123456789abcdef",
};
const note: Diagnostic = {
  file: "deploy/a.yaml",
  line: 2,
  column: 7,
  endLine: 2,
  endColumn: 10,
  start: 27,
  end: 30,
  rule: "job-no-ttl",
  severity: "info",
  message: "stays\u001b[2J for ever",
  url: "https://example.com/job-no-ttl",
  related: [],
  superseded: [],
  fingerprint: "0123456789abcdef",
};

function report(format: Format, parts: readonly (readonly Diagnostic[])[], look = { colour: false, width: 80 }): string {
  const reporter = createReporter(format, look);
  const summary = parts.reduce((sum, part) => counted(sum, part, { files: 1, objects: 1 }), nothing);
  return [reporter.begin(), ...parts.map((part) => reporter.findings(part, (file) => (file === "deploy/a.yaml" ? text : undefined))), reporter.end(summary)].join("");
}

test("text shows the line, what is related, the fix and a summary", () => {
  expect(report("text", [[note, finding]])).toBe(`deploy/a.yaml:2:7 info job-no-ttl stays\\x1b[2J for ever
  2 | kind: Job
    |       ^^^

deploy/a.yaml:4:3 error unknown-field ttl is no field of a Job
  4 |   ttl: 0
    |   ^^^
   see deploy/b.yaml:1:1 as here
   fix rename it

1 error, 1 note in 1 object, 1 file; 1 fixable with --fix
more about a rule: kronlint explain unknown-field
`);
});

test("text is the same with colours, but for the colours", () => {
  const coloured = report("text", [[note, finding]], { colour: true, width: 80 });
  expect(coloured).toContain("\u001b[31merror\u001b[39m");
  // eslint-disable-next-line no-control-regex
  expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(report("text", [[note, finding]]));
});

test("text says so when there is nothing", () => {
  expect(report("text", [[], []])).toBe("no findings in 2 objects, 2 files\n");
  expect(report("text", [])).toBe("");
});

test("compact has one line a finding", () => {
  expect(report("compact", [[note], [finding]])).toBe(
    "deploy/a.yaml:2:7: info: stays\\x1b[2J for ever [job-no-ttl]\ndeploy/a.yaml:4:3: error: ttl is no field of a Job [unknown-field]\n",
  );
});

describe("json", () => {
  const schema: object = JSON.parse(readFileSync(new URL("../../../schemas/report.schema.json", import.meta.url), "utf8"));
  const validate = new Ajv2020({ allErrors: true }).compile(schema);

  test.each([[[]], [[[note, finding]]], [[[], [note], [], [finding, finding]]]])("follows its schema: %#", (parts) => {
    const value: unknown = JSON.parse(report("json", parts));
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    expect(value).toMatchObject({ version: 1, diagnostics: parts.flat() });
  });

  test("its schema refuses other things", () => {
    const base = JSON.parse(report("json", [[finding]]));
    expect(validate({ ...base, version: 2 })).toBe(false);
    expect(validate({ ...base, extra: 1 })).toBe(false);
    expect(validate({ ...base, diagnostics: [{ ...finding, line: 0 }] })).toBe(false);
    expect(validate({ ...base, diagnostics: [{ ...finding, severity: "fatal" }] })).toBe(false);
  });

  test("has no raw control character", () => {
    expect(report("json", [[note]])).not.toContain("\u001b");
    expect(report("json", [[note]])).toContain("\\u001b");
  });
});

test("every format puts nothing of a hostile file name on the terminal as it is", () => {
  const hostile = { ...finding, file: "\u001b[31m\n.yaml", related: [], message: "a\nb" };
  for (const format of formats) expect(report(format, [[hostile]])).not.toContain("\u001b[31m");
});

test("summaryLine counts in the singular and plural", () => {
  expect(summaryLine({ files: 5, objects: 12, errors: 2, warnings: 1, notes: 3, fixable: 2, unsafelyFixable: 1 })).toBe(
    "2 errors, 1 warning, 3 notes in 12 objects, 5 files; 2 fixable with --fix, 1 more with --fix --unsafe",
  );
  expect(summaryLine({ ...nothing, files: 1, objects: 1, errors: 1, unsafelyFixable: 1 })).toBe(
    "1 error in 1 object, 1 file; 1 fixable with --fix --unsafe",
  );
});
