/** The extension for VS Code against a stand-in for its API; in a real extension host it is tried by hand (editors/README.md). */
import * as processes from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { nightly } from "../lsp/manifests.js";
import { folderWith } from "../node/folder-tree.js";
import { createStandIn } from "./vscode-stand-in.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const extensionPath = join(root, "editors", "vscode");

beforeAll(() => {
  const { status, stderr } = processes.spawnSync(process.execPath, [join(extensionPath, "build.mjs")], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}, 180_000);

interface Extension {
  readonly activate: (context: { extensionPath: string; subscriptions: { dispose: () => void }[] }) => void;
}

const started: processes.ChildProcess[] = [];
const watched = {
  ...processes,
  spawn: (...[command, args, options]: [string, string[], object]) => {
    const child = processes.spawn(command, args, options);
    started.push(child);
    return child;
  },
};

function servers(): readonly processes.ChildProcess[] {
  return started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
}

function loaded(vscode: object): Extension {
  const file = join(extensionPath, "dist", "extension.cjs");
  const require = createRequire(file);
  const module = { exports: {} as Extension };
  const run = vm.runInThisContext(`(function (require, module, exports) {${readFileSync(file, "utf8")}\n})`) as (...args: unknown[]) => void;
  const given = new Map<string, object>([["vscode", vscode], ["child_process", watched], ["node:child_process", watched]]);
  run((name: string) => given.get(name) ?? (require(name) as unknown), module, module.exports);
  return module.exports;
}

function activated(documents: Parameters<typeof createStandIn>[0], settings = {}, folders: readonly string[] = []) {
  const standIn = createStandIn(documents, settings, folders);
  const subscriptions: { dispose: () => void }[] = [];
  loaded(standIn.vscode).activate({ extensionPath, subscriptions });
  onTestFinished(() => subscriptions.forEach((one) => one.dispose()));
  return standIn;
}

const document = { uri: "untitled:nightly.yaml", languageId: "yaml", text: nightly };

test("findings, status, hover, quick fixes, completion, lenses and outline", async () => {
  const editor = activated([document]);
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).toContain("unknown-field");
  expect(editor.status()).toBe(`$(warning) kronlint ${String(editor.codes(document.uri).length)}`);
  expect(await editor.ask("Hover", 5, 5)).toMatchObject({ contents: { value: expect.stringContaining("At 02:30 every day") as string } });
  expect(await editor.ask("CompletionItem", 6, 12)).toEqual(expect.arrayContaining([expect.objectContaining({ label: "Europe/Berlin" })]));
  expect(await editor.ask("CodeActions", 12, 8)).toEqual(expect.arrayContaining([expect.objectContaining({ title: expect.stringContaining("backoffLimit") as string })]));
  expect(await editor.ask("CodeLens")).toMatchObject([{ command: { title: expect.stringContaining("1 run a day") as string, command: "kronlint.nextRuns" } }]);
  expect(await editor.ask("DocumentSymbol")).toMatchObject([{ name: "nightly", children: [{ name: "30 2 * * *" }, { name: "report" }] }]);
  editor.type(document.uri, [12, 6, 12, 17], "backoffLimit");
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toContain("unknown-field");
});

test("commands answer, and all that the manifest names are there", async () => {
  const editor = activated([document]);
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
  await editor.run("kronlint.timeline");
  await editor.run("kronlint.explain", "forbid-wedge");
  expect(editor.shown()).toEqual([expect.stringContaining("nightly"), expect.stringMatching(/^# forbid-wedge/)]);
  const { contributes } = JSON.parse(readFileSync(join(extensionPath, "package.json"), "utf8")) as { contributes: { commands: { command: string }[] } };
  expect(editor.commands()).toEqual(expect.arrayContaining(contributes.commands.map(({ command }) => command)));
});

test("settings go to the server", async () => {
  const editor = activated([document], { rules: { "unknown-field": "off" } });
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
  expect(editor.codes(document.uri)).not.toContain("unknown-field");
});

test("what is found in files that are not open is shown where that is wanted", async () => {
  const cwd = folderWith({ ".git/HEAD": "", "a.yaml": nightly, "b.yaml": nightly.replace("name: nightly", "name: other") });
  const [open, other] = ["a.yaml", "b.yaml"].map((name) => pathToFileURL(join(cwd, name)).href) as [string, string];
  const editor = activated([{ uri: open, languageId: "yaml", text: nightly }], {}, [cwd]);
  await expect.poll(() => editor.codes(open), { timeout: 30_000 }).not.toEqual([]);
  expect(editor.codes(other)).toEqual([]);
  editor.configure({ workspaceDiagnostics: true });
  await expect.poll(() => editor.codes(other), { timeout: 30_000 }).toContain("unknown-field");
  editor.configure({ workspaceDiagnostics: false });
  await expect.poll(() => editor.codes(other), { timeout: 30_000 }).toEqual([]);
  expect(editor.codes(open)).not.toEqual([]);
});

test("the server obeys every setting that the manifest names", () => {
  const { contributes } = JSON.parse(readFileSync(join(extensionPath, "package.json"), "utf8")) as { contributes: { configuration: { properties: object } } };
  const named = Object.keys(contributes.configuration.properties).map((key) => key.replace("kronlint.", "")).filter((key) => key !== "enable");
  const notes = readFileSync(join(extensionPath, "..", "README.md"), "utf8");
  expect(named.filter((key) => !notes.includes(`\`${key}\``))).toEqual([]);
  const told = [...notes.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, keys = ""]) => [...keys.matchAll(/`(\w+)`/g)].map(([, key]) => key));
  expect([...told].sort()).toEqual([...named].sort());
  const asked = /const settingNames = \[([^\]]*)\]/.exec(readFileSync(join(extensionPath, "src", "extension.mjs"), "utf8"))?.[1] ?? "";
  expect([...asked.matchAll(/"(\w+)"/g)].map(([, key]) => key).sort()).toEqual([...named].sort());
});

test("lenses are switched on and off without a restart", async () => {
  const editor = activated([document], { hints: "off" });
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
  expect(await editor.ask("CodeLens")).toEqual([]);
  const before = editor.staleLenses();
  editor.configure({ hints: "auto" });
  await expect.poll(() => editor.staleLenses(), { timeout: 30_000 }).toBeGreaterThan(before);
  expect(await editor.ask("CodeLens")).toHaveLength(1);
});

test("what a lens tells has lines", async () => {
  const editor = activated([document]);
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
  await editor.run("kronlint.nextRuns", document.uri);
  await expect.poll(() => editor.shown(), { timeout: 30_000 }).toEqual([expect.stringMatching(/^nightly\n30 2 \* \* \*.*(?:\n.*UTC$){5}/ms)]);
});

test("the switch stops the server and starts it", async () => {
  const editor = activated([document]);
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
  editor.configure({ enable: false });
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).toEqual([]);
  expect(editor.status()).toBe("");
  await editor.run("kronlint.timeline");
  expect(editor.shown()).toEqual([expect.stringContaining("switched off")]);
  editor.configure({ enable: true });
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
});

test("a server that ends is started anew, one that keeps ending is given up", async () => {
  const editor = activated([document]);
  for (let ends = 0; ends < 4; ends++) {
    await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
    for (const child of servers()) child.kill();
    await expect.poll(() => editor.codes(document.uri), { timeout: 30_000, interval: 1 }).toEqual([]);
  }
  expect(editor.shown()).toEqual(["kronlint: the server keeps ending"]);
  const before = started.length;
  editor.type(document.uri, [12, 6, 12, 17], "backoffLimit");
  expect(started).toHaveLength(before);
  await editor.run("kronlint.restart");
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
}, 120_000);

test("what Git keeps of a file, and other YAML, is left alone", async () => {
  const kept = { ...document, uri: "git:/nightly.yaml" };
  const other = { uri: "untitled:other.yaml", languageId: "yaml", text: "kind: Deployment\n" };
  const editor = activated([other, kept, document]);
  await expect.poll(() => editor.codes(document.uri), { timeout: 30_000 }).not.toEqual([]);
  expect(editor.status()).toBe("");
  editor.lookAt(document.uri);
  expect(editor.status()).toContain("kronlint");
  expect(editor.codes(kept.uri)).toEqual([]);
});

test("an empty file is offered a CronJob", async () => {
  const editor = activated([{ uri: "untitled:new.yaml", languageId: "yaml", text: "\n" }]);
  await expect.poll(() => editor.collections(), { timeout: 30_000 }).toBe(1);
  await expect.poll(() => editor.canAsk("CompletionItem"), { timeout: 30_000 }).toBe(true);
  expect(await editor.ask("CompletionItem", 0, 0)).toEqual(expect.arrayContaining([expect.objectContaining({ label: "CronJob" })]));
  expect(editor.status()).toBe("");
});

test("other YAML does not start the server", () => {
  const editor = activated([{ uri: "untitled:other.yaml", languageId: "yaml", text: "kind: Deployment\n" }]);
  expect(editor.codes("untitled:other.yaml")).toEqual([]);
  expect(editor.collections()).toBe(0);
});
