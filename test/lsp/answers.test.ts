/** What a client asks about a place: hover, quick fixes, completion, lenses, outline. */
import { describe, expect, test } from "vitest";
import type {
  ClientCapabilities, CodeAction, CodeLens, DocumentSymbol, Hover, InlayHint, SymbolInformation, TextDocumentEdit,
} from "vscode-languageserver-protocol";
import { refused } from "../cli/manifests.js";
import { able, brief, type Client, connect } from "./client.js";
import { edited, nightly, positionOf } from "./manifests.js";

const uri = "untitled:Untitled-1";
const textDocument = { uri };

async function opened(text: string, capabilities: ClientCapabilities = able): Promise<Client> {
  const client = await connect({ capabilities });
  client.open(uri, text);
  return client;
}

describe("hover", () => {
  async function hover(text: string, piece: string, capabilities = able): Promise<string> {
    const client = await opened(text, capabilities);
    const answer = await client.connection.sendRequest<Hover | null>("textDocument/hover", { textDocument, position: positionOf(text, piece) });
    return answer === null ? "" : (answer.contents as { value: string }).value;
  }

  test("a schedule: what it means, the next runs, how long one takes and why", async () => {
    const text = await hover(nightly, "30 2 * *");
    expect(text).toContain("**At 02:30 every day** (Europe/Berlin)");
    expect(text).toContain("- Fri 2026-01-16 02:30 +01:00\n- Sat 2026-01-17 02:30 +01:00");
    expect(text).toContain("A run takes at least 1 min 40 s, at most 30 min (script): the script sleeps 100 s.");
  });

  test.each([
    ["what it does, its values and its default", "concurrencyPolicy", ["Allow both", "One of `Allow`, `Forbid`, `Replace`.", "Default: `Allow`."]],
    ["since when", "timeZone", ["In every Kubernetes from 1.24", "Feature gate CronJobTimeZone: on by default since 1.25."]],
    ["a default that is decided", "restartPolicy", ["Default: `Always`, which a Job may not use."]],
    ["a type", "containers", ["**containers** `[]Container` · required"]],
  ])("a field: %s", async (_, piece, parts) => {
    const text = await hover(nightly, piece);
    for (const part of parts) expect(text).toContain(part);
  });

  test("a field of newer minors says since when", async () => {
    const text = nightly.replace("backoffLimt: 2", "successPolicy: {}");
    expect(await hover(text, "successPolicy")).toContain("Since Kubernetes 1.30.");
  });

  test("a finding: the rule's reason, with a link", async () => {
    const text = await hover(refused, "Always");
    expect(text).toContain("**[restart-policy-invalid](https://github.com/kronlint/kronlint/blob/main/docs/rules/restart-policy-invalid.md)**: ");
    expect(text).toContain("a pod that always restarts is never done");
  });

  test("a client that shows no Markdown gets plain text", async () => {
    const plain = { ...able, textDocument: { ...able.textDocument, hover: { contentFormat: ["plaintext" as const] } } };
    expect(await hover(nightly, "concurrencyPolicy", plain)).toMatch(/^concurrencyPolicy string\n[^*`]*$/);
  });

  test("nothing about other places and other YAML", async () => {
    expect(await hover(nightly, "sleep 100")).not.toContain("next runs");
    expect(await hover("kind: Deployment\nspec: { replicas: 3 }\n", "replicas")).toBe("");
  });

  test("a schedule that a template writes, or that cannot be read, is not spoken about", async () => {
    for (const unknown of ["{{ .Values.schedule }}", "*/5 * * * *"]) {
      expect(await hover(nightly.replace('"30 2 * * *"', unknown), "schedule")).not.toMatch(/[Nn]o runs|[Nn]ext runs/);
    }
  });

  test("names in a manifest are no Markdown", async () => {
    const text = await hover(nightly.replace('"30 2 * * *"', '"[a](http://x) <b>"'), "[a]");
    expect(text).not.toContain("[a](http://x)");
  });
});

describe("quick fixes", () => {
  async function actions(text: string, piece: string, only?: string[]): Promise<CodeAction[]> {
    const client = await opened(text);
    const start = positionOf(text, piece);
    return client.connection.sendRequest("textDocument/codeAction", {
      textDocument,
      range: { start, end: start },
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });
  }

  const after = (text: string, action: CodeAction | undefined): string => {
    const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(change?.textDocument).toEqual({ uri, version: 1 });
    return edited(text, (change?.edits ?? []) as { range: TextDocumentEdit["edits"][0]["range"]; newText: string }[]);
  };

  const unquoted = nightly.replace('"30 2 * * *"', "*/5 * * * *");
  const quoted = nightly.replace('"30 2 * * *"', '"*/5 * * * *"');

  test("a safe one is preferred, an unsafe one says so", async () => {
    const [safe] = await actions(unquoted, "*/5");
    expect(safe).toMatchObject({ kind: "quickfix", isPreferred: true, diagnostics: [{ code: "schedule-template-or-quote" }] });
    expect(after(unquoted, safe)).toBe(quoted);
    const [unsafe] = await actions(refused, "Always");
    expect(unsafe?.title).toMatch(/\(unsafe: may change what the Job does\)$/);
    expect(unsafe?.isPreferred).toBeUndefined();
  });

  test("a cursor anywhere on the line will do, a stretch beside the finding not", async () => {
    expect((await actions(unquoted, "schedule")).map(({ isPreferred }) => isPreferred)).toContain(true);
    const client = await opened(unquoted);
    const start = positionOf(unquoted, "schedule");
    const range = { start, end: { ...start, character: start.character + 3 } };
    expect(await client.connection.sendRequest("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } })).toEqual([]);
  });

  test("disable for this line: the comment silences it, and another rule joins the comment", async () => {
    const disable = (await actions(refused, "Always")).find(({ title }) => title === "disable restart-policy-invalid for this line");
    const silenced = after(refused, disable);
    expect(silenced).toContain("      # kronlint-ignore restart-policy-invalid\n      restartPolicy: Always\n");
    const client = await opened(silenced.replace("# kronlint-ignore restart-policy-invalid", "# kronlint-ignore field-invalid"));
    expect(brief(await client.pull(uri))).toContain("restart-policy-invalid 12:22");
    const joined = (await actions(silenced.replace("restart-policy-invalid", "field-invalid"), "Always")).find(({ title }) =>
      title.startsWith("disable restart-policy-invalid"),
    );
    const both = after(silenced.replace("restart-policy-invalid", "field-invalid"), joined);
    expect(both).toContain("# kronlint-ignore field-invalid, restart-policy-invalid\n");
  });

  test("disable inside a script silences too, wherever the comment has to stand", async () => {
    const script = nightly.replace(
      'command: [sh, -c, "sleep 100; report"]',
      "command:\n                - sh\n                - -c\n                - |\n                  sleep 1\n                  pg_dump x | gzip > /tmp/x\n",
    );
    const disable = (await actions(script, "pg_dump")).find(({ title }) => title === "disable shell-pipe-no-pipefail for this line");
    const client = await opened(after(script, disable));
    expect(brief(await client.pull(uri)).filter((one) => /shell-pipe|suppression|yaml/.test(one))).toEqual([]);
  });

  test("there are no comments in JSON", async () => {
    const text = JSON.stringify({ apiVersion: "batch/v1", kind: "Job", spec: { template: { spec: { restartPolicy: "Always" } } } });
    const client = await connect({ capabilities: able });
    client.open("untitled:a.json", text, "json");
    const start = positionOf(text, '"Always"');
    const found = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: "untitled:a.json" },
      range: { start, end: start },
      context: { diagnostics: [] },
    });
    expect(found.filter(({ title }) => title.startsWith("disable"))).toEqual([]);
  });

  test("fix all, as on save: everything safe and nothing else, with every other byte as it was", async () => {
    const both = unquoted.replace("restartPolicy: Never", "restartPolicy: Always");
    const found = await actions(both, "apiVersion", ["source.fixAll"]);
    expect(found.map(({ kind }) => kind)).toEqual(["source.fixAll.kronlint"]);
    expect(after(both, found[0])).toBe(quoted.replace("restartPolicy: Never", "restartPolicy: Always"));
    expect(await actions(refused, "Always", ["source.fixAll.kronlint"])).toEqual([]);
    expect(await actions(both, "*/5", ["source.organizeImports"])).toEqual([]);
  });

  test("line ends of Windows stay", async () => {
    const crlf = unquoted.replaceAll("\n", "\r\n");
    const [change] = ((await actions(crlf, "apiVersion", ["source.fixAll"]))[0]?.edit?.documentChanges ?? []) as TextDocumentEdit[];
    expect(edited(crlf, (change?.edits ?? []) as Parameters<typeof edited>[1])).toBe(quoted.replaceAll("\n", "\r\n"));
  });
});

describe("what runs mean, beside the manifest", () => {
  const title = "next Fri 2026-01-16 02:30 +01:00 · 1 run a day · takes at least 1 min 40 s, at most 30 min (script)";

  test("as a code lens, which tells the next runs when it is clicked", async () => {
    const client = await opened(nightly);
    const lenses = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
    expect(lenses.map(({ range, command }) => [range.start.line, command?.title])).toEqual([[5, title]]);
    const [{ command } = {}] = lenses;
    const text = await client.connection.sendRequest<string>("workspace/executeCommand", { command: command?.command, arguments: command?.arguments });
    expect(text).toContain("Fri 2026-01-16 02:30 +01:00");
    expect(client.messages).toEqual([text]);
  });

  test("as inlay hints for a client without code lenses, within what it shows", async () => {
    const client = await opened(nightly, { textDocument: { inlayHint: {} } });
    expect(client.result.capabilities).toMatchObject({ inlayHintProvider: true });
    expect(client.result.capabilities.codeLensProvider).toBeUndefined();
    const ask = (end: number): Promise<InlayHint[]> =>
      client.connection.sendRequest("textDocument/inlayHint", { textDocument, range: { start: { line: 0, character: 0 }, end: { line: end, character: 0 } } });
    expect((await ask(20)).map(({ label, position }) => [label, position.line])).toEqual([[title, 5]]);
    expect(await ask(3)).toEqual([]);
  });

  test("as the client's settings say; Neovim 0.7 shows lenses without saying so", async () => {
    const offered = async (hints: string): Promise<readonly boolean[]> => {
      const { result } = await connect({ capabilities: {}, initializationOptions: { hints } });
      return [result.capabilities.codeLensProvider !== undefined, result.capabilities.inlayHintProvider === true];
    };
    expect(await offered("auto")).toEqual([true, false]);
    expect(await offered("inlay")).toEqual([false, true]);
    expect(await offered("off")).toEqual([false, false]);
  });

  test.each([
    ["*/15 * * * *", "96 runs a day"],
    ["0 2 * * 1-5", "5 runs a week"],
    ["0 3 * * 0", "1 run a week"],
    ["0 4 1 * *", "12 runs a year"],
    ["0 4 29 2 *", undefined],
    ["@every 7h", "3.4 runs a day"],
  ])("%s: %s", async (schedule, expected) => {
    const client = await opened(nightly.replace("30 2 * * *", schedule));
    const [lens] = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
    expect(lens?.command?.title.split(" · ")[1]).toBe(expected ?? "takes at least 1 min 40 s, at most 30 min (script)");
  });

  test("of a suspended CronJob, of a Job, of one that cannot be read", async () => {
    const titleOf = async (text: string): Promise<string | undefined> => {
      const client = await opened(text);
      return (await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument }))[0]?.command?.title;
    };
    expect(await titleOf(nightly.replace("spec:\n", "spec:\n  suspend: true\n"))).toMatch(/^suspended · 1 run a day/);
    expect(await titleOf(refused)).toBe("a run takes at most 10 min");
    expect(await titleOf(nightly.replace("30 2 * * *", "{{ .Values.schedule }}"))).toBeUndefined();
    expect(await titleOf(nightly.replace("30 2 * * *", "30 2 * *"))).toBeUndefined();
  });
});

describe("outline", () => {
  test("objects with their schedules and containers, each name within its whole", async () => {
    const client = await opened(`${nightly}---\n${refused}`);
    const symbols = await client.connection.sendRequest<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
    expect(symbols.map(({ name, detail, children }) => [name, detail, children?.map((child) => child.name)])).toEqual([
      ["nightly", "CronJob", ["30 2 * * *", "report"]],
      ["report", "Job", ["report"]],
    ]);
    for (const { range, selectionRange } of symbols.flatMap((one) => [one, ...(one.children ?? [])])) {
      expect(selectionRange.start.line).toBeGreaterThanOrEqual(range.start.line);
      expect(selectionRange.end.line).toBeLessThanOrEqual(range.end.line);
    }
  });

  test("flat, where the client shows no tree", async () => {
    const client = await opened(nightly, { textDocument: {} });
    const symbols = await client.connection.sendRequest<SymbolInformation[]>("textDocument/documentSymbol", { textDocument });
    expect(symbols.map(({ name, containerName }) => [name, containerName])).toEqual([["nightly", undefined], ["30 2 * * *", "nightly"], ["report", "nightly"]]);
  });
});

describe("commands", () => {
  test("explain a rule and draw a timeline; nonsense is answered with nothing", async () => {
    const client = await opened(nightly);
    const run = (command: string, ...args: unknown[]): Promise<unknown> =>
      client.connection.sendRequest("workspace/executeCommand", { command, arguments: args });
    expect(await run("kronlint.explainText", "forbid-wedge")).toMatch(/^# forbid-wedge\n/);
    expect(await run("kronlint.timelineText", uri)).toContain("nightly");
    for (const args of [[], [1], [{}], ["none"], [uri, { line: "x" }, null]]) expect(await run("kronlint.timelineText", ...args.slice(1))).toBeNull();
    expect(await run("kronlint.explainText", { toString: 1 })).toBeNull();
  });
});
