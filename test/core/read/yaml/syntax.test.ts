import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../../src/core/text/edit.js";
import { lineStarts, positionAt } from "../../../../src/core/text/lines.js";
import { parseFragment } from "../../../../src/core/read/yaml-document.js";
import { fixtures, fixtureTexts, fragmentOf } from "./fragments.js";

const mistakes = fixtureTexts(".yaml").filter(([path]) => /^syntax[\\/][^\\/]+$/.test(path));

function reported(text: string): string {
  const { problems } = parseFragment(fragmentOf(text));
  const starts = lineStarts(text);
  const at = (offset: number): string => {
    const { line, column } = positionAt(starts, offset);
    return `${line}:${column}`;
  };
  return problems.map(({ place: { start, end }, rule, message }) => `${at(start)}-${at(end)} ${rule} ${message}\n`).join("");
}

describe.each(mistakes)("%s", (path, text) => {
  test("is reported as expected", () => {
    const expected = new URL(path.replace(/\.yaml$/, ".expected"), fixtures);
    if (process.env["UPDATE"] === "1") writeFileSync(expected, reported(text));
    expect(existsSync(expected) ? readFileSync(expected, "utf8") : "").toBe(reported(text));
  });

  test("has one problem, at a place in its text", () => {
    const { problems: [problem, ...more] } = parseFragment(fragmentOf(text));
    expect(more).toEqual([]);
    expect(problem).toBeDefined();
    expect(problem?.place.end).toBeLessThanOrEqual(text.length);
    expect(problem?.place.start).toBeLessThanOrEqual(problem?.place.end ?? -1);
  });

  test("its fix, if there is one, leaves nothing to report", () => {
    const fix = parseFragment(fragmentOf(text)).problems[0]?.fix;
    if (fix) expect(reported(applyEdits(text, fix.edits))).toBe("");
  });
});

test("every cause of the table stands in a fixture, and seven of them can be put right", () => {
  const problems = mistakes.flatMap(([, text]) => parseFragment(fragmentOf(text)).problems);
  const causes = new Set(problems.flatMap(({ cause }) => cause ?? []));
  expect([...causes].sort()).toEqual([
    "alias", "at-sign", "backtick", "colon-in-value", "comment", "conflict-marker", "control-character", "escape", "flow", "indentation", "key", "merge", "missing-colon",
    "missing-comma",
    "missing-space", "not-finite", "percent", "tab", "tag", "text-after-quote", "unclosed-bracket", "unclosed-quote",
  ]);
  expect(problems.filter(({ fix }) => fix).length).toBeGreaterThanOrEqual(7);
});

test("what is odd but readable is no problem", () => {
  const readable = fixtureTexts(".yaml").filter(([name]) => /^syntax[\\/]readable/.test(name));
  expect(readable.length).toBeGreaterThan(3);
  for (const [path, text] of readable) expect([path, reported(text)]).toEqual([path, ""]);
});

test("with CRLF the same mistakes are seen", () => {
  for (const [path, text] of mistakes) {
    const problems = (content: string) => parseFragment(fragmentOf(content)).problems.map(({ message, cause }) => [cause, message]);
    expect([path, problems(text.replaceAll("\n", "\r\n"))]).toEqual([path, problems(text)]);
  }
});
