import { describe, expect, test } from "vitest";
import { frameOf } from "../../../src/core/report/frame.js";

/** The two lines that a report prints, for the stretch between « and ». */
function drawn(marked: string, width = 80): string {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const frame = frameOf(marked.replace(/[«»]/g, ""), start, end, width);
  return `${frame.before}${frame.marked}${frame.after}\n${frame.indent}${frame.carets}`;
}

describe("frameOf", () => {
  test("marks a value in its line", () => {
    expect(drawn('a: 1\nschedule: «"x"» # why\nb: 2\n')).toBe('schedule: "x" # why\n          ^^^');
  });

  test("counts a wide character as two columns, a combining one as none", () => {
    expect(drawn("name: 数据«备份»x")).toBe("name: 数据备份x\n          ^^^^");
    expect(drawn("name: e\u0301«e\u0301»x")).toBe("name: e\u0301e\u0301x\n       ^");
    expect(drawn("🚀: «🚀»")).toBe("🚀: 🚀\n    ^^");
  });

  test("shows a tab as four blanks", () => {
    expect(drawn("\ta:\t«b»")).toBe("    a:    b\n          ^");
  });

  test("ends the line at CRLF, LF and a lone CR", () => {
    for (const end of ["\r\n", "\n", "\r"]) expect(drawn(`x: 1${end}a: «b»${end}c: d`)).toBe("a: b\n   ^");
  });

  test("marks a stretch over several lines up to the end of the first", () => {
    expect(drawn("args: «|\n  one\n  two»\n")).toBe("args: |\n      ^");
  });

  test("puts one caret at an empty place, also at the end of a line and of the text", () => {
    expect(drawn("spec:«»\nx: 1")).toBe("spec:\n     ^");
    expect(drawn("spec:«»")).toBe("spec:\n     ^");
    expect(drawn("«»")).toBe("\n^");
  });

  test("leaves out a byte order mark, wherever the place is", () => {
    expect(drawn("\ufeff«kind»: Job")).toBe("kind: Job\n^^^^");
    expect(drawn("«\ufeffkind»: Job")).toBe("kind: Job\n^^^^");
  });

  test("shows what a terminal would obey, and counts its columns", () => {
    expect(drawn("a: \u001b[31m«b»")).toBe("a: \\x1b[31mb\n           ^");
    expect(drawn("a: \u202e«b»")).toBe("a: \\u{202e}b\n           ^");
  });

  test("cuts a long line around the place", () => {
    const line = drawn(`${"x".repeat(500)}«here»${"y".repeat(500)}`, 40);
    expect(line).toMatch(/^…x+herey+…\n +\^{4}$/);
    const [shown = "", carets = ""] = line.split("\n");
    expect(shown.length).toBeLessThanOrEqual(40);
    expect(carets.indexOf("^")).toBe(shown.indexOf("here"));
  });

  test("cuts a marked stretch that is too long itself", () => {
    const [shown = "", carets = ""] = drawn(`a: «${"x".repeat(500)}»`, 40).split("\n");
    expect(shown).toMatch(/^a: x+…$/);
    expect(carets.length).toBeLessThanOrEqual(40);
  });

  test("never splits a surrogate pair", () => {
    expect(drawn(`${"🚀".repeat(900)}«x»${"🚀".repeat(900)}`, 40)).not.toContain("\\u{");
  });

  test("looks at a small part of a huge line only", () => {
    const text = `{"a":"${"x".repeat(5_000_000)}"}`;
    for (let index = 0; index < 200; index++) frameOf(text, 2_000_000 + index, 2_000_010 + index, 80);
  });
});
