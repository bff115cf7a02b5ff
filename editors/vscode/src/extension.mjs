import { basename, join } from "node:path";
import * as vscode from "vscode";
import { isOurs, startClient } from "./client.mjs";
import { createKeeper } from "./keeper.mjs";
import { createReader } from "./reader.mjs";
import { createStatus } from "./status.mjs";

const kindOfJobs = /\bkind["']?[ \t]*:[ \t]*["']?(?:Job|CronJob|List)\b/;
const settingNames = [
  "config", "kubernetes", "delivery", "preset", "timeZone", "rules", "inlineIgnore", "baseline", "values", "release", "workspaceDiagnostics",
  "hints",
];

/** The server is started by the first document that holds a Job or a CronJob, or may yet hold one: other YAML costs nothing. */
export function activate(context) {
  const log = vscode.window.createOutputChannel("kronlint", { log: true });
  const reader = createReader(vscode);
  const status = createStatus(vscode, holdsJobs);
  const server = join(context.extensionPath, "dist", "lsp.cjs");
  const surroundings = { server, settings, tell: status.tell, say: reader.say, log: (text) => log.error(text) };
  const startServer = (ended) => startClient(vscode, { ...surroundings, ended });
  const keeper = createKeeper(startServer, { cleared: status.clear, gaveUp: () => gaveUp(log) });
  const startFor = (document) => {
    if (keeper.isWanting() && isEnabled() && isOurs(vscode, document) && mayHoldJobs(document)) void keeper.running();
  };
  const startForAll = () => vscode.workspace.textDocuments.forEach(startFor);
  startForAll();
  context.subscriptions.push(
    log, reader, status,
    { dispose: keeper.stop },
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => startFor(document)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("kronlint.enable")) return;
      if (isEnabled()) startForAll();
      else keeper.stop();
    }),
    ...commands(keeper, reader),
  );
}

function holdsJobs(document) {
  return kindOfJobs.test(document.getText());
}

/** In an empty file, completion offers a CronJob. */
function mayHoldJobs(document) {
  return holdsJobs(document) || (document.languageId === "yaml" && document.getText().trim() === "");
}

function isEnabled() {
  return vscode.workspace.getConfiguration("kronlint").get("enable", true);
}

/** What the person set; what was left alone is left to settings files. */
function settings() {
  const given = vscode.workspace.getConfiguration("kronlint");
  return Object.fromEntries(settingNames.map((name) => [name, given.get(name)]));
}

async function gaveUp(log) {
  const chosen = await vscode.window.showWarningMessage("kronlint: the server keeps ending", "Restart", "Show Log");
  if (chosen === "Restart") await vscode.commands.executeCommand("kronlint.restart");
  if (chosen === "Show Log") log.show();
}

async function run(keeper, command, ...args) {
  if (isEnabled()) return (await keeper.running()).ask("workspace/executeCommand", { command, arguments: args });
  void vscode.window.showInformationMessage("kronlint: switched off by the setting kronlint.enable");
  return undefined;
}

function commands(keeper, reader) {
  return [
    vscode.commands.registerCommand("kronlint.nextRuns", (uri, position) => run(keeper, "kronlint.nextRuns", uri, position)),
    vscode.commands.registerCommand("kronlint.timeline", async () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      const text = await run(keeper, "kronlint.timelineText", uri?.toString());
      if (text) await reader.show(`Timeline of ${basename(uri.path)}`, text);
      else if (text !== undefined) void vscode.window.showInformationMessage("kronlint: no CronJob in this file");
    }),
    vscode.commands.registerCommand("kronlint.explain", async (given) => {
      const editor = vscode.window.activeTextEditor;
      const here = editor ? vscode.languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === "kronlint") : [];
      const ids = [...new Set(here.map(({ code }) => code?.value).filter((id) => id !== undefined))];
      const id = given ?? (ids.length === 1 ? ids[0] : await vscode.window.showQuickPick(ids, { placeHolder: "which rule" }));
      const text = id && (await run(keeper, "kronlint.explainText", id));
      if (text) await reader.show(`${id}.md`, text);
    }),
    vscode.commands.registerCommand("kronlint.fixAll", () => {
      return vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.kronlint", apply: "first" });
    }),
    vscode.commands.registerCommand("kronlint.restart", async () => {
      keeper.stop();
      if (isEnabled()) await keeper.running();
    }),
  ];
}
