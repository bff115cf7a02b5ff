import { describe, expect, test } from "vitest";
import type { Report } from "../../../src/core/lint/diagnostic.js";
import { fixText } from "../../../src/core/lint/fix.js";
import type { Edit } from "../../../src/core/text/edit.js";
import type { Source } from "../../../src/core/text/place.js";

/** Finds a word and offers another for it. */
function word(from: string, to: string, { safe = true, rule = "word" } = {}) {
  return (source: Source): readonly Report[] => {
    return [...source.text.matchAll(new RegExp(from, "g"))].map(({ index, 0: found }) => {
      const place = { source, start: index, end: index + found.length };
      return report(rule, place, [{ at: place, text: to }], safe);
    });
  };
}

function report(rule: string, place: Report["place"], edits: readonly Edit[], safe = true): Report {
  return { rule, severity: "warning", message: rule, place, related: [], superseded: [], fix: { title: rule, safe, edits } };
}

const text = (content: string): Source => ({ name: "a.yaml", text: content });

describe("fixText", () => {
  test("mends all that does not touch in one round", () => {
    let rounds = 0;
    const lint = (source: Source) => (rounds++, word("a+", "b")(source));
    expect(fixText(text("a c aa"), lint, { unsafe: false })).toMatchObject({ output: "b c b", applied: [{}, {}], remaining: [] });
    expect(rounds).toBe(2);
  });

  test("lets what touches wait for the next round", () => {
    const insert = (line: string) => (source: Source) => {
      const place = { source, start: 0, end: 0 };
      return source.text.includes(line) ? [] : [report(line, place, [{ at: place, text: line }])];
    };
    const lint = (source: Source) => [...insert("one ")(source), ...insert("two ")(source)];
    expect(fixText(text("x"), lint, { unsafe: false }).output).toBe("two one x");
  });

  test("leaves unsafe fixes to those who ask", () => {
    const lint = word("a", "b", { safe: false });
    expect(fixText(text("a"), lint, { unsafe: false })).toMatchObject({ output: "a", applied: [], remaining: [{ rule: "word" }] });
    expect(fixText(text("a"), lint, { unsafe: true }).output).toBe("b");
  });

  test("ends where two fixes undo each other", () => {
    const lint = (source: Source) => [...word("a", "b")(source), ...word("b", "a")(source)];
    expect(["a", "b"]).toContain(fixText(text("a"), lint, { unsafe: false }).output);
  });

  test("ends where a fix only makes the text longer", () => {
    expect(fixText(text("a"), word("a+", "$&aa".replace("$&", "a")), { unsafe: false }).output.length).toBeLessThan(40);
  });

  test("leaves out a fix that breaks the text, and applies the others", () => {
    const lint = (source: Source) => [
      ...word("a", "!")(source),
      ...word("c", "d")(source),
      ...(source.text.includes("!") ? [report("yaml-syntax", { source, start: 0, end: 1 }, [])] : []),
    ];
    expect(fixText(text("a c"), lint, { unsafe: false })).toMatchObject({ output: "a d", applied: [{ message: "word" }] });
  });

  test("applies all edits of a fix or none", () => {
    const lint = (source: Source): readonly Report[] => {
      if (source.text !== "ab") return [];
      const at = (start: number) => ({ source, start, end: start + 1 });
      return [
        report("first", at(0), [{ at: at(0), text: "x" }]),
        report("both", at(0), [{ at: at(0), text: "y" }, { at: at(1), text: "y" }]),
      ];
    };
    expect(fixText(text("ab"), lint, { unsafe: false }).output).toBe("xb");
  });

  test("ignores a fix without effect, one that meets itself, and one of another file", () => {
    const lint = (source: Source): readonly Report[] => {
      const at = { source, start: 0, end: 2 };
      return [
        report("same", at, [{ at, text: "ab" }]),
        report("twice", at, [{ at, text: "x" }, { at: { ...at, end: 1 }, text: "y" }]),
        report("elsewhere", at, [{ at: { ...at, source: { name: "b.yaml", text: "ab" } }, text: "z" }]),
      ];
    };
    expect(fixText(text("ab"), lint, { unsafe: true })).toMatchObject({ output: "ab", applied: [], remaining: [{}, {}, {}] });
  });
});
