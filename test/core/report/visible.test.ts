import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayWidth, visible, visibleJson } from "../../../src/core/report/visible.js";

describe("visible", () => {
  test("escapes what a terminal obeys or hides", () => {
    expect(visible("a\u001b]0;x\u0007b")).toBe("a\\x1b]0;x\\x07b");
    expect(visible("one\r\n\ttwo")).toBe("one\\r\\n\\ttwo");
    expect(visible("\u009b2J")).toBe("\\x9b2J");
    expect(visible("a\u202eb\u2066c\u200bd\u{e0041}")).toBe("a\\u{202e}b\\u{2066}c\\u{200b}d\\u{e0041}");
    expect(visible("\ud800")).toBe("\\u{d800}");
  });

  test("leaves the writing of people alone", () => {
    const text = "naïve 数据 🚀 क्\u200dष می\u200cخواهم";
    expect(visible(text)).toBe(text);
  });
});

describe("visibleJson", () => {
  test("parses to the same value and holds nothing that a terminal obeys", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = visibleJson({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(visible(json)).toBe(json);
      }),
    );
  });
});

test("displayWidth counts columns", () => {
  expect(displayWidth("abc")).toBe(3);
  expect(displayWidth("数据")).toBe(4);
  expect(displayWidth("e\u0301")).toBe(1);
});
