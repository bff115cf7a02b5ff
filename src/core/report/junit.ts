import type { Diagnostic } from "../lint/diagnostic.js";
import { byFile } from "./by-file.js";
import type { Reporter } from "./reporter.js";
import { type Summary, summaryLine } from "./summary.js";
import { attributes, markupText } from "./xml.js";

/**
 * A test suite for each file with findings and a failed test for each finding; advice is a test that passes and says something. A run
 * without findings is a test that passes, since a report without tests is taken for one that went wrong:
 * https://github.com/testmoapp/junitxml
 */
export function junitReporter(): Reporter {
  let tests = 0;
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kronlint">\n',
    findings: (diagnostics) => {
      tests += diagnostics.length;
      return [...byFile(diagnostics)].map(([file, found]) => suite(file, found)).join("");
    },
    end: (summary) => `${tests === 0 ? cleanRun(summary) : ""}</testsuites>\n`,
  };
}

function cleanRun(summary: Summary): string {
  const named = attributes({ name: "run", classname: "kronlint", time: 0 });
  return `${opening("kronlint", 1, 0)}    <testcase${named}>${output(summaryLine(summary))}</testcase>\n  </testsuite>\n`;
}

function opening(name: string, tests: number, failures: number): string {
  return `  <testsuite${attributes({ name, tests, failures, errors: 0, skipped: 0, time: 0 })}>\n`;
}

function suite(file: string, found: readonly Diagnostic[]): string {
  const failures = found.filter(({ severity }) => severity !== "info").length;
  return `${opening(file, found.length, failures)}${found.map(testCase).join("")}  </testsuite>\n`;
}

function testCase({ file, line, column, rule, severity, message, url }: Diagnostic): string {
  const text = `${file}:${line}:${column} ${severity} ${rule} ${message}\n`;
  const said =
    severity === "info" ? output(text) : `<failure${attributes({ message, type: severity })}>${lines(`${text}${url}`)}</failure>`;
  const named = attributes({ name: `${rule} ${line}:${column}`, classname: file, file, line, time: 0 });
  return `    <testcase${named}>${said}</testcase>\n`;
}

function output(text: string): string {
  return `<system-out>${lines(text)}</system-out>`;
}

function lines(text: string): string {
  return text.trimEnd().split("\n").map(markupText).join("\n");
}
