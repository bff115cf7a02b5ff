import { describe, expect, test } from "vitest";
import { explainMarkdown, explainText } from "../../../src/core/lint/explain.js";
import { defineRule } from "../../../src/core/lint/rule.js";
import { wrapped } from "../../../src/core/lint/wrap-text.js";
import { rules } from "../../../rules/index.js";

const rule = defineRule({
  id: "some-rule",
  summary: "Names <nothing> | with *marks*.",
  why: `
    First words of a paragraph that goes on.

    - a list
    - stays
  `,
  category: "hygiene",
  severity: "info",
  references: ["https://example.com/"],
  options: { limit: { type: "integer", default: 3, description: "How many | at most." } },
  outranks: ["other-rule"],
  falsePositives: "Now and then.",
  examples: [{ title: "One", bad: "a: |\n  ```\n", good: "a: 2\n" }],
});

describe("explainMarkdown", () => {
  test("has every part", () => {
    const page = explainMarkdown(rule);
    expect(page).toContain("# some-rule\n\nNames \\<nothing\\> \\| with \\*marks\\*.\n");
    expect(page).toContain("| Level | info |");
    expect(page).toContain("| Goes before | [other-rule](other-rule.md) |");
    expect(page).toContain('| `limit` | integer | `3` | How many \\| at most. |');
    expect(page).toContain("some-rule: [warning, { limit: 3 }]");
    expect(page).toContain("## When it speaks without need\n\nNow and then.");
    expect(page).toContain("- <https://example.com/>");
    expect(page).toContain("````yaml\na: |\n  ```\n````");
  });

  test("says what can be mended, as the examples show", () => {
    const page = (id: string) => explainMarkdown(rules.find((one) => one.id === id)!);
    expect(page("unused-suppression")).toContain("| Fixable | a suggestion, with `--fix --unsafe` |");
    expect(page("unreadable-input")).toContain("| Fixable | no |");
  });

  test.each(rules)("$id has no empty part", (one) => {
    const page = explainMarkdown(one);
    expect(page).not.toMatch(/\bundefined\b|\n## [^\n]*\n\n## |\n\n\n(?!```)/);
  });
});

describe("explainText", () => {
  test.each([40, 100])("keeps to %i columns but for code and links", (width) => {
    for (const one of rules) {
      const prose = explainText(one, width).split("\n").filter((line) => !line.startsWith("  ") && / \S/.test(line) && !line.endsWith("reported:"));
      expect(prose.filter((line) => line.length > width && !/^[-*|`]|https?:/.test(line))).toEqual([]);
    }
  });

  test("ends with the page", () => {
    expect(explainText(rule)).toMatch(/\/docs\/rules\/some-rule\.md\n$/);
  });
});

test("wrapped leaves lists alone and breaks long paragraphs", () => {
  expect(wrapped("a b c\nd\n\n- x\n- y", 3)).toBe("a b\nc d\n\n- x\n- y");
});
