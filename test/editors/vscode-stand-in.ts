/** As much of VS Code's API as the extension uses. */
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

const uriOf = (text: string) => ({ toString: () => text });

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

export function createStandIn(given: readonly Given[], settings: Readonly<Record<string, unknown>>) {
  const documents = given.map(createDocument);
  const listeners = new Map<string, Listener[]>();
  const providers = new Map<string, Record<string, (...args: unknown[]) => Promise<unknown>>>();
  const commands = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  const found = new Map<string, readonly { readonly code?: { readonly value: string } }[]>();
  const shown: string[] = [];
  const status = { text: "", tooltip: "", command: "", show: () => undefined, hide: () => undefined, dispose: () => undefined };
  let collections = 0;
  const on = (name: string) => (listener: Listener) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    return nothing;
  };
  const registering = (name: string) => (_: unknown, provider: Record<string, (...args: unknown[]) => Promise<unknown>>) => {
    providers.set(name, provider);
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
    Uri: { parse: uriOf },
    languages: {
      createDiagnosticCollection: () => {
        collections++;
        return { set: (uri: ReturnType<typeof uriOf>, all: never[]) => void found.set(uri.toString(), all), dispose: () => undefined };
      },
      getDiagnostics: () => [],
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
      showTextDocument: ({ content }: { content: string }) => Promise.resolve(void shown.push(content)),
    },
    workspace: {
      textDocuments: documents,
      workspaceFolders: undefined,
      getConfiguration: () => ({ get: (name: string, fallback: unknown) => settings[name] ?? fallback }),
      openTextDocument: (options: unknown) => Promise.resolve(options),
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
      executeCommand: () => Promise.resolve(),
    },
  };
  const documentAt = (uri: string) => documents.find((one) => one.uri.toString() === uri);
  return {
    vscode,
    codes: (uri: string) => (found.get(uri) ?? []).map(({ code }) => code?.value),
    status: () => status.text,
    shown: () => shown,
    commands: () => [...commands.keys()],
    collections: () => collections,
    run: (name: string, ...args: unknown[]) => commands.get(name)!(...args),
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
