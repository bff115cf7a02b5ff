import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultFileSettings } from "../../src/core/lint/settings-file.js";
import { type FileResult, lintSource, lintWorkspace, rules, type Source } from "../../src/engine.js";
import { createPiecewise } from "../../src/lsp/piecewise.js";

const fixtures = fileURLToPath(new URL("../../fixtures", import.meta.url));
const settings = defaultFileSettings({ adviceInProse: false, now: Date.UTC(2026, 0, 15) });
const lint = (source: Source) => lintSource(source, { rules, settings });
const asSource = (text: string): Source => ({ name: "stream.yaml", text });

/** What a person sees of it: facts know their object by a number of their own. */
const seen = ({ facts, ...result }: FileResult) => {
  const { diagnostics } = lintWorkspace([{ facts }], rules);
  return { ...result, together: diagnostics, at: facts.map(({ at }) => at), silent: facts.map(({ suppressed }) => suppressed) };
};

/** Examples of rules and manifests nobody here wrote for this test, with and without findings. */
const manifests: readonly string[] = [
  ...rules.flatMap(({ examples }) => examples.slice(0, 1).map(({ bad }) => bad)),
  ...readdirSync(join(fixtures, "valid")).filter((name) => /\.ya?ml$/.test(name)).map((name) => readFileSync(join(fixtures, "valid", name), "utf8")),
].map((text) => `${text.trimEnd()}\n`);

describe("a stream linted document by document gives what it gives as a whole", () => {
  const batches = Array.from({ length: Math.ceil(manifests.length / 10) }, (_, index) => manifests.slice(index * 10, index * 10 + 10));

  test.each(batches.map((batch, index) => [index, batch.join("---\n")] as const))("manifests %i", (_, text) => {
    expect(seen(createPiecewise()(asSource(text), lint))).toEqual(seen(lint(asSource(text))));
  });

  test.each([
    ["comments between documents", `# kronlint-ignore x\n---\n# head\n${manifests[0]!}--- # kronlint-ignore y\n${manifests[1]!}`],
    ["a comment about the file", `# kronlint-ignore-file restart-policy-invalid\n${manifests[0]!}---\n${manifests[1]!}`],
    ["the same object twice", `${manifests[0]!}---\n${manifests[0]!}`],
    ["line ends of Windows", `${manifests[0]!}---\n${manifests[1]!}`.replaceAll("\n", "\r\n")],
    ["a document that does not parse", `${manifests[0]!}---\nkind: Job\nspec: [\n---\n${manifests[1]!}`],
    ["a script with a separator in it", `${manifests[0]!}---\nkind: Job\na: |\n  x\n---\n  y\n`],
    ["a template", `{{ if .x }}\n${manifests[0]!}---\n${manifests[1]!}{{ end }}\n`],
    ["an end of a document", `${manifests[0]!}...\n---\n${manifests[1]!}...\n`],
  ])("%s", (_, text) => {
    expect(seen(createPiecewise()(asSource(text), lint))).toEqual(seen(lint(asSource(text))));
  });
});

test("and goes on doing so while somebody types, with less work", () => {
  const pick = fc.array(fc.constantFrom(...manifests), { minLength: 2, maxLength: 5 });
  const typing = fc.array(fc.tuple(fc.nat(3000), fc.constantFrom("x", " ", "\n", "#", "-", "---\n", ":", '"')), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(pick, typing, (parts, typed) => {
      let text = parts.join("---\n");
      const piecewise = createPiecewise();
      for (const [at, piece] of [[0, ""] as const, ...typed]) {
        const offset = at % (text.length + 1);
        text = text.slice(0, offset) + piece + text.slice(offset);
        expect(seen(piecewise(asSource(text), lint))).toEqual(seen(lint(asSource(text))));
      }
    }),
    { numRuns: 60 },
  );
});

test("a letter in one document of ten is the work of one", () => {
  let linted = 0;
  const counting = (source: Source) => {
    linted += source.text.trim().length;
    return lint(source);
  };
  const text = Array.from({ length: 10 }, (_, index) => manifests[0]!.replace(/name: \w+/, `name: job-${index}`)).join("---\n");
  const piecewise = createPiecewise();
  piecewise(asSource(text), counting);
  expect(linted).toBeGreaterThan(text.length * 0.9);
  linted = 0;
  piecewise(asSource(text.replace("job-3", "job-33")), counting);
  expect(linted).toBeLessThan(text.length * 0.15);
});
