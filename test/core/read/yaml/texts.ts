import fc from "fast-check";
import { stringify } from "yaml";

const words = fc.constantFrom("a", "name", "spec", "1", "0777", "yes", "null", "~", "x y", "*/5 * * * *", "it's", 'say "hi"', "é😀",
  "a: b", "# no", "- x", "", " lead", "trail ", "line\nbreak", "two\n\nbreaks\n", "tab\there", "\n\nfirst", "  indented\nless", "a\\b",
  "{x}", "[y]", "&z", "!t", "|", "%", "@", "`", "${A}", "---", "...", "\\n", "long ".repeat(30));

/** What a library writes: block and flow, all styles of scalars. */
export const writtenYaml = fc.tuple(
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ maxDepth: 5, withCrossShrink: true }, words, fc.integer(), fc.boolean(), fc.constant(null), fc.string(),
      fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(words, tie("value"), { maxKeys: 4 })),
  })).value,
  fc.record({
    indent: fc.integer({ min: 1, max: 4 }),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
    defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_SINGLE" as const, "QUOTE_DOUBLE" as const, "BLOCK_LITERAL" as const,
      "BLOCK_FOLDED" as const),
  }),
).map(([value, options]) => stringify(value, { ...options, aliasDuplicateObjects: false }));

const pieces = fc.constantFrom(
  "a: ", "b:", "c: |", "d: >-", "- ", "-", "? ", ": ", "x", "'q'", '"d"', '"', "'", "[", "]", "{", "}", ",", "#c", " #c", "\n", "\n",
    "\n  ", "\n    ", "\n ",
  "\t", " ", "&a ", "*a", "<<: ", "!!int ", "!x ", "~", "1_0", "{{ x }}", "@", "%", "`", "\\", "\r\n", "---", "...", "é", "\uFEFF",
    "|2", ">+", "text", ":",
);

/** Bits of YAML in any order: mostly wrong, some of it odd but right. */
export const soup = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(""));

const key = fc.constantFrom("a", "b", "c", "'d'", '"e"', "f g");
const scalar = fc.constantFrom("x", "1", "", "'q'", '"d\\n"', "[a, b]", "{a: 1, b: }", "|\n  INtext\n  IN  more\n\n",
  ">-\n  INfold\n  INed\n", "x\n  IN y", "# only", "x # c", "[\n  INa,\n  INb ]", "'l\n\n  INm'");

/** Lines of keys, items and values, mostly right. */
export const lines: fc.Arbitrary<string> = fc.array(fc.tuple(fc.nat(3), fc.boolean(), key, scalar), { maxLength: 12 }).map((rows) => {
  let depth = 0;
  return rows.map(([level, item, name, text]) => {
    depth = Math.min(level, depth + 1);
    const indent = "  ".repeat(depth);
    return `${indent}${item ? "- " : ""}${name}: ${text.replaceAll("IN", `${indent}  `)}\n`;
  }).join("");
});
