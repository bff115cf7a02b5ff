/** What could be written at the cursor, in a text that need not parse yet. */
import { expect, test } from "vitest";
import type { CompletionItem } from "vscode-languageserver-protocol";
import { refused } from "../cli/manifests.js";
import { able, connect } from "./client.js";
import { nightly, positionOf } from "./manifests.js";

const uri = "untitled:Untitled-1";
const textDocument = { uri };

const marked = "|";

async function completions(text: string, capabilities = able, triggerCharacter?: string): Promise<CompletionItem[]> {
  const position = positionOf(text, marked);
  const client = await connect({ capabilities });
  client.open(uri, text.replace(marked, ""));
  const context = triggerCharacter === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter };
  return client.connection.sendRequest("textDocument/completion", { textDocument, position, context });
}

const labels = (items: CompletionItem[]): string[] => items.map(({ label }) => label);

test("fields of this level that are not there yet, required ones first", async () => {
  const items = await completions(nightly.replace("  concurrencyPolicy: Forbid\n", "  |\n").replace('  schedule: "30 2 * * *"\n', ""));
  expect(labels(items)).toEqual(expect.arrayContaining(["schedule", "suspend", "concurrencyPolicy"]));
  expect(labels(items)).not.toContain("timeZone");
  expect(labels(items)).not.toContain("jobTemplate");
  expect(items.find(({ label }) => label === "schedule")).toMatchObject({ detail: "string, required", textEdit: { newText: "schedule: " } });
});

test.each([
  ["a half-written key", "  con|\n", "concurrencyPolicy"],
  ["the Job of a CronJob", "  jobTemplate:\n    spec:\n      |\n", "backoffLimit"],
  ["a container", "  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - name: a\n            |\n", "image"],
  ["an item that begins", "  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - |\n", "image"],
  ["a list at its key's column", "  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - name: a\n          |\n", "restartPolicy"],
])("fields of %s", async (_, below, expected) => {
  const text = `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: a\nspec:\n${below}`;
  expect(labels(await completions(text))).toContain(expected);
});

test.each([
  ["an enumeration", "  concurrencyPolicy: |\n", ["Allow", "Forbid", "Replace"]],
  ["a flag", "  suspend: |\n", ["true", "false"]],
  ["what a Job may use", "  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: |\n", ["Never", "OnFailure"]],
])("values of %s", async (_, below, expected) => {
  expect(labels(await completions(`kind: CronJob\nspec:\n${below}`))).toEqual(expected);
});

test("time zones as Kubernetes knows them, in quotes too", async () => {
  const items = await completions('kind: CronJob\nspec:\n  timeZone: "Europe/B|"\n');
  const zone = items.find(({ label }) => label === "Europe/Berlin");
  expect(zone?.textEdit).toMatchObject({ range: { start: { character: 13 }, end: { character: 21 } }, newText: "Europe/Berlin" });
  expect(labels(items)).not.toContain("Europe/Kiew");
});

test("schedules, in quotes, with what they mean and when they fire", async () => {
  const items = await completions("kind: CronJob\nspec:\n  schedule: |\n", able, " ");
  expect(items.find(({ label }) => label === "0 6 * * 1-5")).toMatchObject({
    detail: "at 06:00 on Monday to Friday",
    textEdit: { newText: '"0 6 * * 1-5"' },
    documentation: { value: expect.stringContaining("- Fri 2026-01-16 06:00 +00:00") as string },
  });
});

test("rules in a comment that ignores", async () => {
  expect(labels(await completions(`${refused}# kronlint-ignore job-no-ttl, restart-|\n`))).toContain("restart-policy-invalid");
});

test("an empty document can become a CronJob or a Job, of which kronlint says nothing but advice", async () => {
  const items = await completions("cro|");
  expect(labels(items)).toEqual(["CronJob", "Job"]);
  expect(items[0]).toMatchObject({ insertTextFormat: 2 });
  for (const { textEdit } of await completions("|", { textDocument: {} })) {
    const client = await connect({ capabilities: able });
    client.open(uri, textEdit?.newText ?? "");
    const { items: found } = await client.connection.sendRequest<{ items: { severity: number; message: string }[] }>("textDocument/diagnostic", {
      textDocument,
    });
    expect(found.filter(({ severity }) => severity < 3)).toEqual([]);
  }
});

test.each([
  ["below comments", "# a job\n\n|\n# more\n"],
  ["in a stream", "name: x\n---\nc|\n---\nname: y\n"],
  ["with blanks behind", "cro|  \n\n"],
  ["before the rest of a word", "C|ron\r\n"],
])("a document can be begun %s", async (_, text) => {
  expect(labels(await completions(text))).toEqual(["CronJob", "Job"]);
});

test.each([
  ["other YAML", "kind: Deployment\nspec:\n  |\n"],
  ["YAML without a kind", "name: x\nsteps:\n  |\n"],
  ["a script", "kind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - command:\n                - |-\n                  |\n".replace("|-", ">-")],
  ["a comment", "kind: CronJob\nspec: # sus|\n"],
  ["what begins with another key", "|services:\n  web: {}\n"],
  ["another key that is being written", "serv|ices:\n  web: {}\n"],
  ["what is not closed", "a|: [1,"],
  ["a list", "- a\n|"],
  ["JSON that begins", "{\n|\n"],
  ["a word above others", "cro|\nname: x\n"],
  ["a Job of something else", "apiVersion: example.com/v1\nkind: Job\nspec:\n  |\n"],
  ["labels", "kind: CronJob\nmetadata:\n  labels:\n    |\n"],
])("nothing in %s", async (_, text) => {
  expect(await completions(text)).toEqual([]);
});

test("a blank in the indentation asks for nothing", async () => {
  expect(await completions("kind: CronJob\nspec:\n  |\n", able, " ")).toEqual([]);
});
