import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rules as builtIn } from "../rules/index.js";
import { type Diagnostic, fix, lint } from "../src/index.js";
import { withoutMarks } from "./marks.js";

/** Every manifest that the project has: what rules show, and what fixtures hold. */
const manifests: readonly { readonly file: string; readonly text: string }[] = [
  ...builtIn.flatMap(({ examples }) => examples.flatMap(({ bad, good, file = "example.yaml" }) => [bad, good].map((text) => ({ file, text: withoutMarks(text) })))),
  ...filesIn(fileURLToPath(new URL("../fixtures", import.meta.url))).map((path) => ({ file: path, text: readFileSync(path, "utf8") })),
];

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "conformance" ? [] : filesIn(path);
    return /\.(ya?ml|json|md|txt|tpl)$/.test(name) && statSync(path).size < 50_000 ? [path] : [];
  });
}

const anyManifest = fc.constantFrom(...manifests);

/** What breaks manifests in practice, put anywhere. */
const debris = fc.constantFrom(
  "\t", "\r", "\n", "  ", "- ", ": ", "#", "'", '"', "*", "&a ", "{{ .x }}", "{{", "}}", "{", "}", "[", "]", "|", ">", "---\n", "...", "\u0000", "\ud800", "한", "${X}", "<<: ", "@", "%", "!!int ", "\ufeff", "null", "0x1F", "EOF\n", "```\n",
);

const damaged = fc.tuple(anyManifest, fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), debris), { maxLength: 4 })).map(([{ file, text }, cuts]) => {
  let result = text;
  for (const [where, length, piece] of cuts) {
    const at = Math.floor(where * result.length);
    result = result.slice(0, at) + piece + result.slice(at + length);
  }
  return { file, text: result };
});

function expectInside(text: string, { start, end, line, column, endLine, related, fix: mend }: Diagnostic): void {
  expect(start).toBeGreaterThanOrEqual(0);
  expect(end).toBeGreaterThanOrEqual(start);
  expect(end).toBeLessThanOrEqual(text.length);
  expect(line).toBeGreaterThanOrEqual(1);
  expect(column).toBeGreaterThanOrEqual(1);
  expect(endLine).toBeGreaterThanOrEqual(line);
  for (const place of [...related, ...(mend?.edits ?? [])]) expect(place.end).toBeLessThanOrEqual(text.length);
}

const brief = ({ rule, severity, line, column, message }: Diagnostic): string => [line, column, severity, rule, message].join(" ");

describe("whatever the text", () => {
  test("linting never throws, and every place lies inside the text", () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: "binary", maxLength: 300 }).map((text) => ({ file: "a.yaml", text }))), ({ file, text }) => {
        for (const diagnostic of lint(text, { file })) expectInside(text, diagnostic);
      }),
      { numRuns: 400 },
    );
  });

  test("fixes converge, and leave nothing that they could mend", () => {
    fc.assert(
      fc.property(damaged, fc.boolean(), ({ file, text }, unsafe) => {
        const { output } = fix(text, { file, unsafe });
        expect(fix(output, { file, unsafe }).output).toBe(output);
      }),
      { numRuns: 200 },
    );
  });

  test("linting twice says the same", () => {
    fc.assert(
      fc.property(damaged, ({ file, text }) => {
        expect(lint(text, { file })).toEqual(lint(text, { file }));
      }),
      { numRuns: 50 },
    );
  });
});

describe("line ends", () => {
  test.each(manifests.filter(({ text }) => !text.includes("\r")).map(({ file, text }, index) => [`${String(index)} ${file.split("/").slice(-2).join("/")}`, text, file] as const))(
    "CRLF changes nothing in %s",
    (_, text, file) => {
      const crlf = text.replaceAll("\n", "\r\n");
      expect(lint(crlf, { file }).map(brief)).toEqual(lint(text, { file }).map(brief));
    },
  );
});
