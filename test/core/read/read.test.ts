import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sizeLimit } from "../../../src/core/read/readable.js";
import { textAt } from "../../../src/core/text/place.js";
import { nodeAt, outline, readText, textOf } from "./reading.js";

const job = (name: string, apiVersion = "batch/v1") => `apiVersion: ${apiVersion}\nkind: Job\nmetadata:\n  name: ${name}\n`;
const found = (text: string) => readText(text).documents.map(outline);
const rules = (text: string, name?: string) => readText(text, {}, name).problems.map(({ rule }) => rule);

describe("which documents come out", () => {
  test.each([
    ["each of a stream, with empty ones between", `${job("a")}---\n---\n# x\n---\n${job("b")}---\n`, ["Job a 1-4", "Job b 9-12"]],
    ["with CRLF", `${job("a")}---\n${job("b")}`.replaceAll("\n", "\r\n"), ["Job a 1-4", "Job b 6-9"]],
    ["with a byte order mark", `\uFEFF${job("a")}`, ["Job a 1-4"]],
    ["JSON", '{"kind": "Job", "apiVersion": "batch/v1", "metadata": {"name": "a"}}', ["Job a 1-1"]],
    ["JSON values one after the other", `{"kind":"Job","x":"} {"}\n{"kind": "CronJob"}{"kind":"Job"}\n---\n${job("a")}`,
      ["Job undefined 1-1", "CronJob undefined 2-2", "Job undefined 2-2", "Job a 4-7"]],
    ["KYAML", '---\n{\n  apiVersion: "batch/v1",\n  kind: "Job",\n  metadata: {\n    name: "a",\n  },\n}\n', ["Job a 2-8"]],
    ["an old version", job("a", "batch/v2alpha1"), ["Job a 1-4"]],
    ["a group that cannot be anybody's own", job("a", "apps/v1"), ["Job a 1-4"]],
    ["no other group", job("a", "batch.volcano.sh/v1alpha1"), []],
    ["no apiVersion", "kind: Job\nmetadata: {name: a}\n", ["Job a 1-2"]],
    ["no other kind", "apiVersion: v1\nkind: ConfigMap\ndata:\n  x: |\n    kind: Job\n    ---\n    y\n", []],
    ["no field of that name further in", "apiVersion: v1\nkind: X\nspec:\n  kind: Job\n", []],
  ])("%s", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test("kinds that are asked for", () => {
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";
    expect(readText(text, { kinds: ["ConfigMap"] }).documents.map(outline)).toEqual(["ConfigMap c 1-3"]);
  });
});

describe("what holds objects", () => {
  const item = (name: string) => `- apiVersion: batch/v1\n  kind: Job\n  metadata: {name: ${name}}\n`;

  test("items of Lists, with their comments and their list", () => {
    const inner = item("c").replaceAll("\n", "\n  ");
    const outer = `${item("a")}# kronlint-ignore y\n${item("b")}- kind: List\n  items:\n  ${inner}`;
    const text = `kind: List\napiVersion: v1\nitems:\n# kronlint-ignore x\n${outer}`;
    const { documents } = readText(text);
    expect(documents.map(outline)).toEqual(["Job a 5-7", "Job b 9-11", "Job c 14-16"]);
    const comments = documents.map((document) => document.comments.map((comment) => comment.text));
    expect(comments).toEqual([["kronlint-ignore x"], ["kronlint-ignore y"], []]);
    expect(documents.map(({ parent }) => textOf(nodeAt(parent, "kind")))).toEqual(["List", "List", "List"]);
  });

  test("Lists within Lists end somewhere", () => {
    const nested = (depth: number): string =>
      depth === 0 ? "{kind: Job, apiVersion: batch/v1}" : `{kind: List, items: [${nested(depth - 1)}]}`;
    expect(readText(nested(9)).documents).toHaveLength(1);
    expect(readText(nested(10)).documents).toHaveLength(0);
  });

  test("objects of an OpenShift Template; what parameters fill is unknown", () => {
    const text = [
      "apiVersion: template.openshift.io/v1", "kind: Template", "objects:", "- apiVersion: batch/v1", "  kind: CronJob",
      "  metadata: {name: '${NAME}-x'}", "  spec:", "    schedule: ${{WHEN}}", "    suspend: true", "    run: |",
      "      echo ${NAME}",
      "parameters:", "- name: NAME",
    ].join("\n");
    const { documents: [document] } = readText(text);
    const at = (...path: readonly string[]) => textOf(nodeAt(document?.root, ...path));
    expect([at("metadata", "name"), at("spec", "schedule")]).toEqual(["?placeholder", "?placeholder"]);
    expect([at("spec", "suspend"), at("spec", "run")]).toEqual(["true", "echo ${NAME}\n"]);
  });
});

describe("patches", () => {
  const spec = (image: string) => `spec:\n  template:\n    spec:\n      containers:\n      - name: a\n${image}`;
  test.each([
    ["all of a kustomization's patches", job("a"), { kustomizePatch: true }, true],
    ["one with $patch", `${job("a")}spec:\n  x:\n  - $patch: delete\n`, {}, true],
    ["one without apiVersion and image", `kind: Job\n${spec("")}`, {}, true],
    ["one without apiVersion and schedule", "kind: CronJob\nspec:\n  suspend: true\n", {}, true],
    ["not what lacks apiVersion alone", `kind: Job\n${spec("        image: x\n")}`, {}, false],
    ["not what lacks an image alone", `apiVersion: batch/v1\nkind: Job\n${spec("")}`, {}, false],
  ])("%s", (_, text, options, expected) => {
    expect(readText(text, options).documents.map(({ patch }) => patch)).toEqual([expected]);
  });
});

describe("what cannot be read", () => {
  test("one problem for a document that does not parse, and the others are read", () => {
    const { documents, problems } = readText(`${job("a")}---\n${job("b")}\tx: 1\n---\n${job("c")}`);
    expect(documents.map(outline)).toEqual(["Job a 1-4", "Job c 12-15"]);
    expect(problems).toMatchObject([{ rule: "yaml-syntax" }]);
    expect(problems.map(({ place }) => textAt(place).includes("\t") || place.start > job("a").length)).toEqual([true]);
  });

  test("nothing about documents of other kinds", () => {
    expect(rules(`${job("a")}---\nkind: ConfigMap\n\tx: [\n`)).toEqual([]);
    expect(rules("kind: List\nitems:\n- kind: Pod\n\tx: [\n")).toEqual([]);
  });

  test("content behind a separator, as kubectl refuses it", () => {
    const { documents, problems } = readText(`--- {kind: Job, apiVersion: batch/v1}\n`);
    expect(documents).toHaveLength(1);
    expect(problems.map(({ place }) => textAt(place))).toEqual(["{kind: Job, apiVersion: batch/v1}"]);
    expect(problems).toMatchObject([{ rule: "yaml-syntax", message: expect.stringContaining("kubectl refuses") as unknown }]);
  });

  test("lines that a tool is to replace", () => {
    const text = `${job("a")}spec:\n  GEN3_VOLUMES\n  backoffLimit: 1\n__MORE__\n`;
    const { documents, problems } = readText(text);
    expect(problems).toEqual([]);
    expect(documents.map(({ root }) => textOf(nodeAt(root, "spec", "backoffLimit")))).toEqual(["1"]);
  });

  test("values that a tool is to replace, quoted or not", () => {
    const text = [
      "kind: Job", "apiVersion: batch/v1", "a: $NAME", "b: $(NAME)", 'c: "[[ x ]]"', "d: [[ x ]]", "e: @@NAME@@", "f: '@@NAME@@'", "g: $name",
      "command: [$NAME, $(NAME)]", "env:", "- {name: $X, value: $(Y)}", "run: |", "  $NAME",
    ].join("\n");
    const { documents: [document], problems } = readText(text);
    const at = (...path: readonly (string | number)[]) => textOf(nodeAt(document?.root, ...path));
    expect(problems).toEqual([]);
    expect([..."abcdef"].map((key) => at(key))).toEqual(Array(6).fill("?placeholder"));
    expect([at("g"), at("command", 0), at("command", 1)]).toEqual(["$name", "$NAME", "$(NAME)"]);
    expect([at("env", 0, "name"), at("env", 0, "value"), at("run")]).toEqual(["?placeholder", "$(Y)", "$NAME\n"]);
  });

  test.each([
    ["a NUL byte", `${job("a")}\0`, "NUL"],
    ["another encoding", "\uFFFD".repeat(40), "UTF-8"],
    ["too much", "#".repeat(sizeLimit + 1), "20.0 MiB"],
  ])("%s", (_, text, said) => {
    const { documents, problems } = readText(text);
    expect(documents).toEqual([]);
    expect(problems).toMatchObject([{ rule: "unreadable-input", message: expect.stringContaining(said) as unknown }]);
  });

  test.each(["- ", ": ", "[", "{", "&a "])("half a million characters of %j", (unit) => {
    const text = `${unit.repeat(500_000 / unit.length)}\n${job("a")}`;
    expect(readText(text, { prose: "never" }).problems.length).toBeLessThan(2);
  });

  test("markers of a merge, and the other documents are read", () => {
    const conflict = `<<<<<<< HEAD\n${job("b")}=======\n${job("c")}>>>>>>> other\n`;
    const { documents, problems } = readText(`${job("a")}---\n${conflict}---\n${job("d")}`);
    expect(documents.map(outline)).toEqual(["Job a 1-4", "Job d 18-21"]);
    expect(problems.map(({ place, cause }) => [textAt(place), cause])).toEqual([["<<<<<<< HEAD", "conflict-marker"]]);
  });

  test("comments in JSON, but not in dialects and examples", () => {
    const text = '{\n  // remark\n  "kind": "Job", "apiVersion": "batch/v1", "x": "https://y"\n}\n';
    const problemsOf = (name: string, content = text) => readText(content, {}, name).problems.map(({ place }) => textAt(place));
    expect(problemsOf("a.json")).toEqual(["// remark"]);
    expect(problemsOf("a.json5")).toEqual([]);
    expect(problemsOf("a.md", `\`\`\`jsonc\n${text}\`\`\`\n`)).toEqual([]);
    expect(problemsOf("a.json", text.replace("  // remark\n", ""))).toEqual([]);
  });

  test.each([
    ["a.yaml", "x: [\n", ["unclosed-bracket"]],
    ["a.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n\ta: b\n---\ny: [\n", ["tab"]],
    ["a.yaml", "x: !Ref y\n", []],
    ["a.yaml", "x: [ {{ .y }}\n", []],
    ["a.yaml", `${job("a")}---\nx: [\n`, []],
    ["a.json", '{\n  // remark\n  "x": 1\n}\n', []],
    ["a.md", "x: [\n", []],
  ])("%s without a Job that somebody named: %j", (name, text, causes) => {
    expect(readText(text, { named: true }, name).problems.map(({ cause }) => cause)).toEqual(causes);
    expect(readText(text, {}, name).problems).toEqual([]);
  });

  test("a replacement character alone is text", () => {
    expect(found(`${job("a")}# \uFFFD`)).toEqual(["Job a 1-5"]);
  });
});

test("comments outside of documents", () => {
  const { comments, documents } = readText(`# kronlint-ignore-file x\n---\n${job("a")}# kronlint-ignore y\n`);
  expect(comments.map(({ text }) => text)).toEqual(["kronlint-ignore-file x"]);
  expect(documents.flatMap((document) => document.comments.map(({ text }) => text))).toEqual(["kronlint-ignore y"]);
});

test("never throws, and every place lies in the text", () => {
  const piece = fc.constantFrom(
    "apiVersion: batch/v1\n", "kind: Job\n", "kind: CronJob\n", "kind: List\n", "kind: Template\n", "items:\n", "objects:\n",
    "spec:\n", "x: ", "- ", "  ", "metadata: {name: x}\n", "---\n", "...\n", "```yaml\n", "```\n", "<<EOF\n", "EOF\n", "{{ if x }}\n", "{{ end }}\n",
    "{{ x }}", "\t", "\r\n", "> ", "run: |\n", "<!-- ", " -->\n", "# kronlint-ignore x\n", "{", "}", "[", "\"", "'", "*a", "&a ", "<<: *a\n", "${{X}}",
    "$patch: x\n", "\uFEFF", "\uD83D\uDE00", "prose text\n", "# ...\n",
  );
  const name = fc.constantFrom("a.yaml", "a.md", "a.txt", "a.sh", "<stdin>", "a.json");
  fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), name, (pieces, source) => {
    const text = pieces.join("");
    const { documents, problems, comments } = readText(text, {}, source);
    const inside = documents.flatMap((document) => [document.root, ...document.comments]);
    for (const { place: { start, end } } of [...documents, ...problems, ...comments, ...inside]) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  }), { numRuns: 2000 });
});
