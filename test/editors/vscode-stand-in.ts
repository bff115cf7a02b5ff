/** As much of VS Code's API as the extension uses. */
import { pathToFileURL } from "node:url";

type Listener = (event: unknown) => unknown;

interface Given {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
}

const nothing = { dispose: () => undefined };

/** A class whose objects keep what they are given under these names. */
function record(...names: string[]) {
  return function (this: object, ...values: unknown[]): void {
    names.forEach((name, index) => Object.assign(this, { [name]: values[index] }));
  };
}

const uriOf = (text: string) => ({ toString: () => text, scheme: text.replace(/:.*/s, ""), path: text.replace(/^[^:]*:/, "") });

class Emitter {
  readonly listeners: (() => unknown)[] = [];
  readonly event = (listener: () => unknown) => {
    this.listeners.push(listener);
    return nothing;
  };
  fire(): void {
    for (const listener of this.listeners) listener();
  }
  dispose(): void {
    this.listeners.length = 0;
  }
}

class Kind {
  static readonly Empty = new Kind("");
  constructor(readonly value: string) {}
  append(part: string): Kind {
    return new Kind(this.value === "" ? part : `${this.value}.${part}`);
  }
}

class Edit {
  readonly entries: unknown[] = [];
  set(uri: unknown, edits: unknown): void {
    this.entries.push([uri, edits]);
  }
}

function createDocument({ uri, languageId, text }: Given) {
  return { uri: uriOf(uri), languageId, version: 1, text, getText: () => text };
}

export function createStandIn(given: readonly Given[], first: Readonly<Record<string, unknown>>, folders: readonly string[] = []) {
  const documents = given.map(createDocument);
  const listeners = new Map<string, Listener[]>();
  const providers = new Map<string, Record<string, (...args: unknown[]) => Promise<unknown>>>();
  const commands = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  const found = new Map<string, readonly { readonly code?: { readonly value: string } }[]>();
  const shown: string[] = [];
  const logged: string[] = [];
  const settings = { ...first };
  let contents: { provideTextDocumentContent: (uri: unknown) => string } | undefined;
  let isStatusShown = false;
  let staleLenses = 0;
  const seen = (isShown: boolean) => () => (isStatusShown = isShown);
  const status = { text: "", tooltip: "", command: "", show: seen(true), hide: seen(false), dispose: () => undefined };
  const show = (uri: unknown) => Promise.resolve(void shown.push(contents?.provideTextDocumentContent(uri) ?? ""));
  let collections = 0;
  const on = (name: string) => (listener: Listener) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    return { dispose: () => void listeners.set(name, (listeners.get(name) ?? []).filter((one) => one !== listener)) };
  };
  const registering = (name: string) => (_: unknown, provider: Record<string, (...args: unknown[]) => Promise<unknown>>) => {
    providers.set(name, provider);
    void provider.onDidChangeCodeLenses?.(() => staleLenses++);
    return nothing;
  };
  const vscode = {
    Position: record("line", "character"),
    Range: record("start", "end"),
    Location: record("uri", "range"),
    Diagnostic: record("range", "message", "severity"),
    DiagnosticRelatedInformation: record("location", "message"),
    MarkdownString: record("value"),
    Hover: record("contents", "range"),
    CodeLens: record("range", "command"),
    CodeAction: record("title", "kind"),
    CompletionItem: record("label", "kind"),
    SnippetString: record("value"),
    DocumentSymbol: record("name", "detail", "kind", "range", "selectionRange"),
    TextEdit: record("range", "newText"),
    WorkspaceEdit: Edit,
    CodeActionKind: Kind,
    StatusBarAlignment: { Right: 2 },
    EventEmitter: Emitter,
    Uri: { parse: uriOf, from: ({ scheme, path }: { scheme: string; path: string }) => uriOf(`${scheme}:${path}`) },
    languages: {
      createDiagnosticCollection: () => {
        collections++;
        return { set: (uri: ReturnType<typeof uriOf>, all: never[]) => void found.set(uri.toString(), all), dispose: () => found.clear() };
      },
      getDiagnostics: () => [],
      setTextDocumentLanguage: (uri: unknown) => Promise.resolve(uri),
      registerHoverProvider: registering("Hover"),
      registerCompletionItemProvider: registering("CompletionItem"),
      registerCodeActionsProvider: registering("CodeActions"),
      registerCodeLensProvider: registering("CodeLens"),
      registerDocumentSymbolProvider: registering("DocumentSymbol"),
    },
    window: {
      activeTextEditor: { document: documents[0] },
      createStatusBarItem: () => status,
      onDidChangeActiveTextEditor: on("active"),
      showInformationMessage: (text: string) => void shown.push(text),
      showWarningMessage: (text: string) => void shown.push(text),
      showQuickPick: (items: { label: string }[], { title, placeHolder }: { title: string; placeHolder: string }) => {
        return Promise.resolve(void shown.push([title, placeHolder, ...items.map(({ label }) => label)].join("\n")));
      },
      createOutputChannel: () => ({ ...nothing, error: (text: string) => void logged.push(text) }),
      showTextDocument: show,
    },
    workspace: {
      textDocuments: documents,
      workspaceFolders: folders.map((name) => ({ uri: uriOf(pathToFileURL(name).href), name })),
      getConfiguration: () => ({ get: (name: string, fallback: unknown) => settings[name] ?? fallback }),
      openTextDocument: (uri: unknown) => Promise.resolve(uri),
      fs: { isWritableFileSystem: (scheme: string) => (scheme === "git" ? false : scheme === "file" ? true : undefined) },
      registerTextDocumentContentProvider: (_: string, given: typeof contents) => {
        contents = given;
        return nothing;
      },
      onDidChangeWorkspaceFolders: on("folders"),
      createFileSystemWatcher: () => ({ ...nothing, onDidCreate: on("create"), onDidChange: on("touch"), onDidDelete: on("delete") }),
      onDidOpenTextDocument: on("open"),
      onDidCloseTextDocument: on("close"),
      onDidSaveTextDocument: on("save"),
      onDidChangeTextDocument: on("change"),
      onDidChangeConfiguration: on("configuration"),
    },
    commands: {
      registerCommand: (name: string, run: (...args: unknown[]) => Promise<unknown>) => {
        commands.set(name, run);
        return nothing;
      },
      executeCommand: (name: string, uri: unknown) => (name === "markdown.showPreview" ? show(uri) : Promise.resolve()),
    },
  };
  const documentAt = (uri: string) => documents.find((one) => one.uri.toString() === uri);
  return {
    vscode,
    codes: (uri: string) => (found.get(uri) ?? []).map(({ code }) => code?.value),
    status: () => (isStatusShown ? status.text : ""),
    shown: () => shown,
    logged: () => logged,
    staleLenses: () => staleLenses,
    configure: (more: Readonly<Record<string, unknown>>) => {
      Object.assign(settings, more);
      const affectsConfiguration = (name: string) => name === "kronlint" || name.slice("kronlint.".length) in more;
      for (const listener of listeners.get("configuration") ?? []) listener({ affectsConfiguration });
    },
    lookAt: (uri: string) => {
      vscode.window.activeTextEditor = { document: documentAt(uri) };
      for (const listener of listeners.get("active") ?? []) listener(vscode.window.activeTextEditor);
    },
    commands: () => [...commands.keys()],
    collections: () => collections,
    run: (name: string, ...args: unknown[]) => commands.get(name)!(...args),
    canAsk: (name: string) => providers.has(name),
    ask: (name: string, line = 0, character = 0) => {
      const provider = providers.get(name)!;
      const [method = ""] = Object.keys(provider).filter((one) => one.startsWith(`provide${name}`));
      const position = { line, character };
      if (name === "CodeActions") return provider[method]!(documents[0], { start: position, end: position }, {}, undefined);
      return name === "CodeLens" || name === "DocumentSymbol"
        ? provider[method]!(documents[0], undefined)
        : provider[method]!(documents[0], position, undefined, {});
    },
    type: (uri: string, [line, character, endLine, endCharacter]: readonly [number, number, number, number], text: string) => {
      const document = Object.assign(documentAt(uri)!, { version: 2 });
      const range = { start: { line, character }, end: { line: endLine, character: endCharacter } };
      for (const listener of listeners.get("change") ?? []) listener({ document, contentChanges: [{ range, text }] });
    },
  };
}
