import { join } from "node:path";
import * as vscode from "vscode";
import { startClient } from "./client.mjs";

const holdsJobs = /\bkind["']?[ \t]*:[ \t]*["']?(?:Job|CronJob|List)\b/;
const settingNames = ["config", "kubernetes", "delivery", "preset", "timeZone", "rules", "inlineIgnore", "hints"];

/** The server is started by the first document that holds a Job or a CronJob: other YAML costs nothing. */
export function activate(context) {
  const status = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Right, 50);
  status.command = "workbench.actions.view.problems";
  const counts = new Map();
  let client;
  let starting;
  const show = () => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const count = counts.get(uri);
    if (client === undefined || count === undefined) return status.hide();
    status.text = count === 0 ? "$(check) kronlint" : `$(warning) kronlint ${count}`;
    status.tooltip = count === 0 ? "kronlint: nothing to say about this file" : `kronlint: ${count} findings in this file`;
    status.show();
  };
  const start = async () => {
    const server = join(context.extensionPath, "dist", "lsp.cjs");
    const tell = (uri, count) => {
      counts.set(uri.toString(), count);
      show();
    };
    client = await startClient(vscode, { server, settings, tell });
    return client;
  };
  const startFor = (document) => {
    const isEnabled = vscode.workspace.getConfiguration("kronlint").get("enable", true);
    if (!isEnabled || starting || !["yaml", "helm", "json"].includes(document.languageId) || !holdsJobs.test(document.getText())) return;
    starting = start();
  };
  const stop = () => {
    client?.dispose();
    client = starting = undefined;
    counts.clear();
    status.hide();
  };
  vscode.workspace.textDocuments.forEach(startFor);
  context.subscriptions.push(
    status,
    { dispose: stop },
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => startFor(document)),
    vscode.window.onDidChangeActiveTextEditor(show),
    ...commands(() => (starting ??= start()), stop),
  );
}

/** What the person set; what was left alone is left to settings files. */
function settings() {
  const given = vscode.workspace.getConfiguration("kronlint");
  return Object.fromEntries(settingNames.map((name) => [name, given.get(name)]));
}

function commands(running, stop) {
  const run = async (command, ...args) => (await running()).ask("workspace/executeCommand", { command, arguments: args });
  const shown = async (content, language) => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }), { preview: true });
  };
  return [
    vscode.commands.registerCommand("kronlint.nextRuns", (uri, position) => run("kronlint.nextRuns", uri, position)),
    vscode.commands.registerCommand("kronlint.timeline", async () => {
      const uri = vscode.window.activeTextEditor?.document.uri.toString();
      const text = await run("kronlint.timelineText", uri);
      if (text) await shown(text, "plaintext");
      else void vscode.window.showInformationMessage("kronlint: no CronJob in this file");
    }),
    vscode.commands.registerCommand("kronlint.explain", async (given) => {
      const editor = vscode.window.activeTextEditor;
      const here = editor ? vscode.languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === "kronlint") : [];
      const ids = [...new Set(here.map(({ code }) => code?.value).filter((id) => id !== undefined))];
      const id = given ?? (ids.length === 1 ? ids[0] : await vscode.window.showQuickPick(ids, { placeHolder: "which rule" }));
      const text = id && (await run("kronlint.explainText", id));
      if (text) await shown(text, "markdown");
    }),
    vscode.commands.registerCommand("kronlint.fixAll", () => {
      return vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.kronlint", apply: "first" });
    }),
    vscode.commands.registerCommand("kronlint.restart", async () => {
      stop();
      await running();
    }),
  ];
}
