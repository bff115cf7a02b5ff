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
const asSource = (text: string, name = "stream.yaml"): Source => ({ name, text });

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

const asList = (parts: readonly string[]): string => {
  const items = parts.map((part) => part.replace(/^(?=.)/gm, "    ").replace(/^ {4}/, "  - "));
  return `apiVersion: v1\nkind: List\nitems:\n${items.join("")}`;
};
const asNotes = (parts: readonly string[]): string => {
  return parts.map((part, index) => `# Example ${String(index)}\n\nAs here:\n\n\`\`\`yaml\n${part}\`\`\`\n\n`).join("");
};
/** A template writes the images and the schedules. */
const asTemplate = (parts: readonly string[]): string => {
  const schedule = 'schedule: {{ .Values.schedule | default "0 3 * * *" | quote }}';
  return parts.map((part) => part.replace(/image: \S+$/gm, "image: {{ .Values.image }}").replace(/schedule: .*/g, schedule)).join("---\n");
};
/** How manifests stand together in one file, and its name. */
const ways = [
  ["a stream", (parts: readonly string[]) => parts.join("---\n"), "stream.yaml"],
  ["a List", asList, "list.yaml"],
  ["notes", asNotes, "notes.md"],
  ["a template", asTemplate, "template.yaml"],
] as const;

describe("a stream linted document by document gives what it gives as a whole", () => {
  const batches = Array.from({ length: Math.ceil(manifests.length / 10) }, (_, index) => manifests.slice(index * 10, index * 10 + 10));

  describe.each(ways)("%s", (_, together, name) => {
    test.each(batches.map((batch, index) => [index, together(batch)] as const))("manifests %i", (_index, text) => {
      expect(seen(createPiecewise()(asSource(text, name), lint))).toEqual(seen(lint(asSource(text, name))));
    });
  });

  test.each([
    ["comments between documents", `# kronlint-ignore x\n---\n# head\n${manifests[0]!}--- # kronlint-ignore y\n${manifests[1]!}`],
    ["a comment about the file", `# kronlint-ignore-file restart-policy-invalid\n${manifests[0]!}---\n${manifests[1]!}`],
    ["the same object twice", `${manifests[0]!}---\n${manifests[0]!}`],
    ["line ends of Windows", `${manifests[0]!}---\n${manifests[1]!}`.replaceAll("\n", "\r\n")],
    ["a document that does not parse", `${manifests[0]!}---\nkind: Job\nspec: [\n---\n${manifests[1]!}`],
    ["a script with a separator in it", `${manifests[0]!}---\nkind: Job\na: |\n  x\n---\n  y\n`],
    ["a template", `{{ if .x }}\n${manifests[0]!}---\n${manifests[1]!}{{ end }}\n`],
    ["a List with an item of another kind that does not parse", asList([manifests[0]!, 'kind: ScaledJob\nspec:\n  a: 1\n " - b\n'])],
    ["a List with a separator", `${asList([manifests[0]!, manifests[1]!])}---\n${manifests[0]!}`],
    ["a List of what goes on above", asList([manifests[0]!, manifests[1]!]).replace("items:", "metadata: {}\nitems:")],
    ["an alias in a List", asList(["kind: Job\nmetadata: &m { name: a }\n", "kind: Job\nmetadata: *m\n"])],
    ["fences in fences", `\`\`\`\`md\n${asNotes([manifests[0]!, manifests[1]!])}\`\`\`\`\n`],
    ["a condition around documents", `{{ if .Values.on }}\n${asTemplate([manifests[0]!, manifests[1]!])}{{ end }}\n`],
    ["an end of a document", `${manifests[0]!}...\n---\n${manifests[1]!}...\n`],
  ])("%s", (_, text) => {
    expect(seen(createPiecewise()(asSource(text), lint))).toEqual(seen(lint(asSource(text))));
  });
});

test.each(ways)("and goes on doing so while somebody types in %s, with less work", (_, together, name) => {
  const pick = fc.array(fc.constantFrom(...manifests), { minLength: 2, maxLength: 5 });
  const typing = fc.array(fc.tuple(fc.nat(3000), fc.constantFrom("x", " ", "\n", "#", "-", "---\n", ":", '"')), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(pick, typing, (parts, typed) => {
      let text = together(parts);
      const piecewise = createPiecewise();
      for (const [at, piece] of [[0, ""] as const, ...typed]) {
        const offset = at % (text.length + 1);
        text = text.slice(0, offset) + piece + text.slice(offset);
        expect(seen(piecewise(asSource(text, name), lint))).toEqual(seen(lint(asSource(text, name))));
      }
    }),
    { numRuns: 60 },
  );
});

test.each(ways)("a letter in one document of ten of %s is the work of one", (_, together, name) => {
  let linted = 0;
  const counting = (source: Source) => {
    linted += source.text.replace(/\s+/g, "").length;
    return lint(source);
  };
  const text = together(Array.from({ length: 10 }, (_one, index) => manifests[0]!.replace(/name: \w+/, `name: job-${index}`)));
  const piecewise = createPiecewise();
  piecewise(asSource(text, name), counting);
  const all = text.replace(/\s+/g, "").length;
  expect(linted).toBeGreaterThan(all * 0.9);
  linted = 0;
  piecewise(asSource(text.replace("job-3", "job-33"), name), counting);
  expect(linted).toBeLessThan(all * 0.2);
});
