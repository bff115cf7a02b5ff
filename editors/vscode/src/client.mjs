import { spawn } from "node:child_process";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";
import { converters } from "./convert.mjs";
import { followWorkspace } from "./workspace.mjs";

const languages = ["yaml", "helm", "json"];

const capabilities = {
  textDocument: {
    codeLens: {},
    hover: { contentFormat: ["markdown"] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    completion: { completionItem: { snippetSupport: true } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    publishDiagnostics: { relatedInformation: true },
  },
  workspace: {
    workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: {}, workspaceFolders: true, codeLens: { refreshSupport: true },
  },
};

/**
 * Starts the server and shows in VS Code what it says. `settings` are those of the person; `tell` hears of changes in number,
 * `say` of messages, `log` of the rest, and `ended` that the server is gone, be it on its own or not.
 */
export async function startClient(vscode, { server, settings, tell, say, log, ended }) {
  // VS Code's own program runs as Node with this variable.
  const child = spawn(process.execPath, [server, "--stdio"], { env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" } });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const parts = [connection, { dispose: () => child.kill() }];
  child.stderr.on("data", (text) => log(String(text).trimEnd()));
  child.on("error", (error) => log(String(error)));
  connection.onError(([error]) => log(String(error)));
  connection.onClose(() => {
    for (const part of parts.splice(0).reverse()) part.dispose();
    ended();
  });
  connection.onNotification("window/logMessage", ({ message }) => log(message));
  connection.onNotification("window/showMessage", say);
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const workspaceFolders = (vscode.workspace.workspaceFolders ?? []).map(plainFolder);
  const initializationOptions = settings();
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities, workspaceFolders, initializationOptions });
  const to = converters(vscode);
  const collection = showFindings(vscode, connection, to, tell);
  parts.push(collection);
  await connection.sendNotification("initialized", {});
  parts.push(...follow(vscode, connection, settings), ...provide(vscode, connection, to, settings));
  const isOpen = (uri) => {
    const key = vscode.Uri.parse(uri).toString();
    return vscode.workspace.textDocuments.some((one) => one.uri.toString() === key && isOurs(vscode, one));
  };
  parts.push(followWorkspace(vscode, connection, { settings, collection, diagnostic: to.diagnostic, isOpen }));
  return {
    ask: (method, params) => connection.sendRequest(method, params),
    dispose: () => {
      for (const part of parts.splice(0).reverse()) part.dispose();
    },
  };
}

function showFindings(vscode, connection, to, tell) {
  const collection = vscode.languages.createDiagnosticCollection("kronlint");
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    collection.set(vscode.Uri.parse(uri), diagnostics.map(to.diagnostic));
    tell(vscode.Uri.parse(uri), diagnostics.length);
  });
  return collection;
}

/** What Git keeps beside a file, and other documents that nobody can write, would be told of twice. */
export function isOurs(vscode, { languageId, uri }) {
  return languages.includes(languageId) && (uri.scheme === "untitled" || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true);
}

function plainFolder({ uri, name }) {
  return { uri: uri.toString(), name };
}

/** Tells the server of documents, files and settings. */
function follow(vscode, connection, settings) {
  // That the server has just ended is told by the connection.
  const send = (method, params) => void connection.sendNotification(method, params).catch(() => undefined);
  const open = (document) => {
    if (!isOurs(vscode, document)) return;
    const { uri, languageId, version } = document;
    send("textDocument/didOpen", { textDocument: { uri: uri.toString(), languageId, version, text: document.getText() } });
  };
  const whenOurs = (document, method, more = {}) => {
    if (isOurs(vscode, document)) send(method, { textDocument: { uri: document.uri.toString(), version: document.version }, ...more });
  };
  vscode.workspace.textDocuments.forEach(open);
  const watcher = vscode.workspace.createFileSystemWatcher("**/{*.yaml,*.yml,*.json,.gitignore,Kustomization}");
  const changed = (type) => (uri) => send("workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type }] });
  return [
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidCloseTextDocument((document) => whenOurs(document, "textDocument/didClose")),
    vscode.workspace.onDidSaveTextDocument((document) => whenOurs(document, "textDocument/didSave")),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      whenOurs(document, "textDocument/didChange", { contentChanges: contentChanges.map(({ range, text }) => ({ range: plain(range), text })) });
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("kronlint")) send("workspace/didChangeConfiguration", { settings: { kronlint: settings() } });
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      send("workspace/didChangeWorkspaceFolders", { event: { added: added.map(plainFolder), removed: removed.map(plainFolder) } });
    }),
    watcher, watcher.onDidCreate(changed(1)), watcher.onDidChange(changed(2)), watcher.onDidDelete(changed(3)),
  ];
}

function plain({ start, end }) {
  return { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
}

/** Lets VS Code ask the server. */
function provide(vscode, connection, to, settings) {
  const ask = async (method, document, more, token) => {
    if (!isOurs(vscode, document)) return undefined;
    const params = { textDocument: { uri: document.uri.toString() }, ...more };
    // Without a token there must be no third argument: it would count as a parameter.
    const asked = token === undefined ? connection.sendRequest(method, params) : connection.sendRequest(method, params, token);
    return (await asked.catch(() => null)) ?? undefined;
  };
  const at = ({ line, character }) => ({ position: { line, character } });
  const each = (answer, convert) => answer?.map(convert) ?? [];
  const lensesAreStale = new vscode.EventEmitter();
  connection.onRequest("workspace/codeLens/refresh", () => {
    lensesAreStale.fire();
    return null;
  });
  const provider = {
    provideHover: async (document, where, token) => {
      const answer = await ask("textDocument/hover", document, at(where), token);
      return answer && to.hover(answer);
    },
    provideCompletionItems: async (document, where, token, { triggerCharacter }) => {
      const context = triggerCharacter === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter };
      return each(await ask("textDocument/completion", document, { ...at(where), context }, token), to.completionItem);
    },
    provideCodeActions: async (document, range, { only }, token) => {
      const context = { diagnostics: [], ...(only ? { only: [only.value] } : {}) };
      return each(await ask("textDocument/codeAction", document, { range: plain(range), context }, token), to.codeAction);
    },
    onDidChangeCodeLenses: lensesAreStale.event,
    provideCodeLenses: async (document, token) => {
      return settings().hints === "off" ? [] : each(await ask("textDocument/codeLens", document, {}, token), to.codeLens);
    },
    provideDocumentSymbols: async (document, token) => each(await ask("textDocument/documentSymbol", document, {}, token), to.symbol),
  };
  const kinds = { providedCodeActionKinds: ["quickfix", "source.fixAll.kronlint"].map((kind) => vscode.CodeActionKind.Empty.append(kind)) };
  const { languages: register } = vscode;
  return [
    lensesAreStale,
    register.registerHoverProvider(languages, provider),
    register.registerCompletionItemProvider(languages, provider, " ", ":", '"', "'"),
    register.registerCodeActionsProvider(languages, provider, kinds),
    register.registerCodeLensProvider(languages, provider),
    register.registerDocumentSymbolProvider(languages, provider, { label: "kronlint" }),
  ];
}
