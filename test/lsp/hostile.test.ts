/** A server that falls over takes the editor's help with it: whatever is sent, it goes on answering. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Client } from "./client.js";
import { able, brief, connect } from "./client.js";
import { nightly } from "./manifests.js";
import { refused } from "../cli/manifests.js";
import { defineRule } from "../../src/core/lint/rule.js";

const uri = "untitled:Untitled-1";

/** Everything that can be asked about a place, all at once. */
async function askAll(client: Client, line: number, character: number): Promise<void> {
  const position = { line, character };
  const range = { start: { line: 0, character: 0 }, end: position };
  const textDocument = { uri };
  await Promise.all([
    client.pull(uri),
    client.connection.sendRequest("textDocument/hover", { textDocument, position }),
    client.connection.sendRequest("textDocument/completion", { textDocument, position }),
    client.connection.sendRequest("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } }),
    client.connection.sendRequest("textDocument/codeLens", { textDocument }),
    client.connection.sendRequest("textDocument/documentSymbol", { textDocument }),
  ]);
}

async function answersStill(client: Client): Promise<void> {
  client.open("untitled:after", refused);
  expect(brief(await client.pull("untitled:after"))).toContain("restart-policy-invalid 11:22");
  expect(client.logged).toEqual([]);
}

const deep = `kind: CronJob\nspec: ${"{a: ".repeat(5000)}`;
const bomb = `kind: CronJob\na: &a [x,x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${i === 0 ? "*a,*a" : `*b${i - 1},*b${i - 1}`}]`).join("\n")}\n`;

test.each([
  ["deep nesting", deep],
  ["aliases of aliases", bomb],
  ["control characters", `kind: CronJob\nspec:\n  schedule: "\u0000\u001b[31m\u202e"\n`],
  ["half of a surrogate pair", 'kind: Job\nmetadata: { name: "\ud800" }\n'],
  ["one long line", `kind: CronJob\nspec: { schedule: "${"*/5 ".repeat(20_000)}" }\n`],
  ["many keys", `kind: CronJob\nspec:\n${Array.from({ length: 3000 }, (_, i) => `  key${i}: 1\n`).join("")}`],
  ["a lone CR at the end of lines", nightly.replaceAll("\n", "\r")],
  ["a template", nightly.replaceAll("nightly", "{{ include {{ . }} }}")],
  ["documents without end", "---\n".repeat(5000)],
])("%s", async (_, text) => {
  const client = await connect({ capabilities: able });
  client.open(uri, text);
  await askAll(client, 2, 12);
  await askAll(client, 0, 0);
  await askAll(client, 1_000_000, 1_000_000);
  await answersStill(client);
});

test("requests about documents that nobody opened, and positions that are not there", async () => {
  const client = await connect({ capabilities: able });
  await askAll(client, 5, 5);
  client.open(uri, nightly);
  client.change(uri, 2, [900, 0, 950, 9], "x: [");
  client.close("untitled:never");
  client.change("untitled:never", 1, [0, 0, 0, 0], "x");
  await askAll(client, -1, 0).catch(() => undefined);
  await answersStill(client);
});

test("whatever somebody types into a manifest, and wherever", async () => {
  const client = await connect({ capabilities: able });
  let text = nightly;
  let version = 1;
  client.open(uri, text);
  const piece = fc.oneof(fc.constantFrom("\n", " ", ":", "- ", "|", "{{", "}}", '"', "&a", "*a", "#", "---\n", "\t", "?", "<<: *a", "[", "}"), fc.string({ maxLength: 5 }));
  const typing = fc.record({ line: fc.nat(27), character: fc.nat(40), length: fc.nat(12), piece });
  await fc.assert(
    fc.asyncProperty(fc.array(typing, { minLength: 1, maxLength: 4 }), async (all) => {
      for (const { line, character, length, piece: typed } of all) client.change(uri, ++version, [line, character, line, character + length], typed);
      await askAll(client, all[0]!.line, all[0]!.character);
      if (version % 7 === 0) client.change(uri, ++version, [0, 0, 10_000, 0], (text = nightly));
    }),
    { numRuns: 150 },
  );
  await answersStill(client);
}, 120_000);

test("a rule of ours that fails is named in the log once, and the others go on", async () => {
  const failing = defineRule({
    id: "always-fails",
    summary: "Fails.",
    why: "For this test.",
    category: "hygiene",
    severity: "info",
    references: [],
    // eslint-disable-next-line require-yield
    *job() {
      throw new Error("oops");
    },
    examples: [{ title: "none", bad: "", good: "" }],
  });
  const { rules } = await import("../../src/engine.js");
  const client = await connect({ capabilities: able, rules: [...rules, failing] });
  client.open(uri, refused);
  expect(brief(await client.pull(uri))).toContain("restart-policy-invalid 11:22");
  client.change(uri, 2, [0, 0, 0, 0], "#\n");
  await client.pull(uri);
  expect(client.logged.filter((line) => line.includes("always-fails"))).toHaveLength(1);
});
