import { expect, test } from "vitest";
import { isProse } from "../../../src/core/read/prose.js";
import { read } from "../../../src/core/read/read.js";
import { textAt } from "../../../src/core/text/place.js";
import { fixture, isOpen, nodeAt, outline, readText, textOf } from "./reading.js";

const inText = (text: string) => readText(text, {}, "notes.txt");
const job = (name: string, ...more: readonly string[]) =>
  ["apiVersion: batch/v1", "kind: Job", "metadata:", `  name: ${name}`, ...more].join("\n");

test("bare manifests amid Korean notes", () => {
  const { documents, problems } = read(fixture("prose/cronjobs-ko.txt"));
  expect(documents.map(outline)).toEqual(["CronJob sweep 6-22", "CronJob sweep-paused 27-33", "Job ?template 48-63"]);
  expect(problems).toEqual([]);
  const [sweep, paused, check] = documents;
  expect(documents.map(({ origin }) => origin)).toEqual(["prose", "prose", "prose"]);
  expect(isOpen(nodeAt(sweep?.root, "spec"))).toBe(false);
  expect(isOpen(nodeAt(paused?.root, "spec"))).toBe(true);
  expect([paused?.template, check?.template]).toEqual([false, true]);
  const image = nodeAt(check?.root, "spec", "template", "spec", "containers", 0, "image");
  expect(image && textAt(image.place)).toBe("example.com/check:11.8");
  expect(textOf(nodeAt(check?.root, "spec", "template", "spec", "containers", 0, "env", 0, "value"))).toBe("?template");
});

test("fences, here-documents, quotes and lists of Markdown", () => {
  const { documents, problems, comments } = read(fixture("prose/runbook.md"));
  expect(documents.map(outline)).toEqual([
    "CronJob report 7-12", "Job first 26-34", "Job second 36-38", "Job quoted 54-58", "Job shown 77-82", "Job unclosed 91-93",
  ]);
  expect(problems).toEqual([]);
  expect(textOf(nodeAt(documents[0]?.root, "spec", "jobTemplate"))).toBe("?elided");
  expect(isOpen(nodeAt(documents[1]?.root, "spec", "template", "spec"))).toBe(true);
  expect(comments.map(({ text, own }) => [text, own])).toEqual([["kronlint-ignore job-no-ttl -- shown for its shape", true]]);
});

test("here-documents of a script", () => {
  const { documents, problems } = read(fixture("prose/apply.sh"));
  expect(documents.map(outline)).toEqual(["Job indented 5-7", "Job written 11-13"]);
  expect(problems).toEqual([]);
});

test.each([
  ["a shell prompt", "PS C:\\x> kubectl get jobs"],
  ["a numbered heading with a colon", "1) completions :"],
  ["an HTML comment", "<!-- next -->"],
  ["output in columns", "NAME   READY"],
  ["output in pairs", "Name:   x\nEvents:  none"],
  ["a remark and prose", "\n# a remark\nThis: is prose"],
  ["prose with an indentation", "\n    kubectl apply -f x.yaml"],
  ["the next manifest", job("other")],
  ["a fence", "```"],
])("a bare manifest ends before %s", (_, after) => {
  const manifest = job("a", "spec:", "  backoffLimit: 1");
  const { documents, problems } = inText(`A note\n\n${manifest}\n${after}\n`);
  expect(documents[0] && textAt(documents[0].place)).toBe(manifest);
  expect(problems).toEqual([]);
});

test.each([
  ["remarks at the first column", job("a", "####", "# remark", "spec:", "  backoffLimit: 1")],
  ["blank lines before fields", job("a", "", "spec:", "", "  backoffLimit: 1")],
  ["a script with prose in it", job("a", "spec:", "  run: |", "    Hello: you", "", "    and you", "  backoffLimit: 1")],
])("a bare manifest goes on over %s", (_, manifest) => {
  const { documents } = inText(`A note\n${manifest}\n\nThe end.\n`);
  expect(documents.map(({ place }) => textAt(place))).toEqual([manifest]);
});

const elided = ["  ...", "  # ...", "  # … and more", "  # more fields", "  # 이하 생략", "  <your fields>", "  [...]"];

test.each(elided)("%s leaves a mapping open", (line) => {
  const { documents, problems } = inText(`Note\n${job("a", "spec:", "  backoffLimit: 1", line)}\n`);
  expect(problems).toEqual([]);
  expect(documents.map(({ root }) => isOpen(nodeAt(root, "spec")))).toEqual([true]);
});

test("dots in a manifest file are a fault, and a remark in it is a remark", () => {
  const dots = readText(job("a", "spec:", "  backoffLimit: 1", "  ...", "  completions: 1"));
  expect(dots.problems).toMatchObject([{ rule: "yaml-syntax" }]);
  const { documents } = readText(job("a", "spec:", "  # ...", "  backoffLimit: 1"));
  expect(documents.map(({ root }) => isOpen(nodeAt(root, "spec")))).toEqual([false]);
});

test("a list on a line of its own is no ellipsis", () => {
  const { documents } = inText(`Note\n${job("a", "spec:", "  command:", '    ["sh", "-c"]')}\n`);
  expect(documents.map(({ root }) => textOf(nodeAt(root, "spec", "command", 0)))).toEqual(["sh"]);
});

test.each([["above them", "Note\n\n"], ["nowhere", ""]])("objects without a separator, prose %s", (_, before) => {
  const text = `${before}${job("a", "spec:", "  backoffLimit: 1")}\n\n${job("b", "spec:", "  ...")}\n${job("c")}\n`;
  const { documents, problems } = inText(text);
  expect(documents.map(({ root }) => [textOf(nodeAt(root, "metadata", "name")), textOf(nodeAt(root, "spec"))])).toEqual([
    ["a", "mapping"], ["b", "?elided"], ["c", undefined],
  ]);
  expect(problems).toEqual([]);
  expect(readText(text.slice(before.length).replace("  ...", "  x: 1")).problems).toMatchObject([{ rule: "duplicate-yaml-key" }]);
});

test.each([
  "kind: Job is a thing: that\n", "apiVersion: batch/v1\nkind: Job is a thing: that\n", "Note\n\napiVersion: batch/v1\nkind: Job is a thing: that\n",
])("a sentence is no manifest: %j", (text) => {
  expect([inText(text), readText(text, {}, "a.md")].map(({ documents, problems }) => [documents, problems])).toEqual([[[], []], [[], []]]);
});

test("text without a kind is left alone", () => {
  const { documents, problems } = inText("Note\n\nspec:\n  schedule: x\n\napiVersion: batch/v1\n\nkind: of strange\n");
  expect([documents, problems]).toEqual([[], []]);
});

test("a broken example is a problem only where nothing is left to fill in", () => {
  const broken = (line: string) => `Note\n\n\`\`\`yaml\n${job("a", "spec:", line)}\n\`\`\`\n`;
  expect(readText(broken("\tbackoffLimit: 1"), {}, "a.md").problems).toMatchObject([{ rule: "yaml-syntax" }]);
  expect(readText(broken("\tbackoffLimit: <number>"), {}, "a.md").problems).toEqual([]);
  expect(readText(broken("\t...\n  b: ["), {}, "a.md").problems).toEqual([]);
});

test.each([
  ["a.yaml", "anything", false],
  ["a.yaml.tpl", "anything", false],
  ["README.md", job("a"), true],
  ["a.txt", job("a"), false],
  ["<stdin>", `# remark\n---\n${job("a")}`, false],
  ["<stdin>", `{"kind":\n"Job"}`, false],
  ["a.txt", `# remark\n${job("a")}\nNow apply it.\nThen wait.`, true],
  ["a.txt", "Hello\n", true],
])("%s is prose: %#", (name, text, expected) => {
  expect(isProse(name, text)).toBe(expected);
});

test("a shell takes backslashes from a here-document whose delimiter has no quotes", () => {
  const manifest = 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: "a\\$b" }\nspec: {}\n';
  const name = (delimiter: string): unknown => {
    const { documents, problems } = read({ name: "a.md", text: `\`\`\`bash\ncat <<${delimiter} | kubectl apply -f -\n${manifest}EOF\n\`\`\`\n` });
    return documents.length + problems.length * 10;
  };
  expect([name("EOF"), name("'EOF'")]).toEqual([1, 10]);
});
