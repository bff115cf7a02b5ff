import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import {
  type ClientCapabilities, createProtocolConnection, type Diagnostic, type InitializeResult, type ProtocolConnection,
  type PublishDiagnosticsParams, StreamMessageReader, StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { createConnection } from "vscode-languageserver/node";
import { startServer } from "../../src/lsp/server.js";
import type { AnyRule } from "../../src/engine.js";

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  /** What the client answers when it is asked for its settings. */
  readonly configuration?: unknown;
  readonly rules?: readonly AnyRule[];
  readonly now?: number;
}

export interface Client {
  readonly connection: ProtocolConnection;
  readonly result: InitializeResult;
  readonly open: (uri: string, text: string, languageId?: string) => void;
  /** Replaces a stretch, as incremental clients do. */
  readonly change: (uri: string, version: number, range: readonly [number, number, number, number], text: string) => void;
  readonly close: (uri: string) => void;
  readonly save: (uri: string) => void;
  /** The next diagnostics that are pushed for a document, of this version or later. */
  readonly pushed: (uri: string, version?: number) => Promise<readonly Diagnostic[]>;
  /** Until what was pushed last for a document fulfils a wish. */
  readonly pushedUntil: (uri: string, wish: (found: readonly Diagnostic[]) => boolean) => Promise<readonly Diagnostic[]>;
  readonly pull: (uri: string) => Promise<readonly Diagnostic[]>;
  readonly messages: readonly string[];
  readonly logged: readonly string[];
  readonly registered: readonly string[];
}

export const now = Date.UTC(2026, 0, 15, 12);

/** A client in the same process as the server, with streams between them. */
export async function connect(options: ClientOptions = {}): Promise<Client> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const surroundings = { version: "0.0.0", clock: () => options.now ?? now, cwd: "/" };
  startServer(server, surroundings, ...(options.rules === undefined ? [] : [options.rules]));
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  onTestFinished(() => {
    connection.dispose();
    server.dispose();
  });
  return converse(connection, options);
}

/** Speaks with a server over a connection that nobody has listened to yet. */
export async function converse(connection: ProtocolConnection, options: ClientOptions): Promise<Client> {
  const heard = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<() => void>();
  const [messages, logged, registered]: string[][] = [[], [], []];
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    heard.set(params.uri, params);
    for (const wake of [...waiting]) wake();
  });
  connection.onNotification("window/showMessage", ({ message }: { message: string }) => void messages!.push(message));
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => void logged!.push(message));
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => options.configuration ?? null));
  connection.onRequest("client/registerCapability", ({ registrations }: { registrations: { method: string }[] }) => {
    registered!.push(...registrations.map(({ method }) => method));
  });
  for (const kind of ["diagnostic", "codeLens", "inlayHint"]) connection.onRequest(`workspace/${kind}/refresh`, () => null);
  connection.listen();
  const { folders, capabilities = {}, initializationOptions } = options;
  const workspaceFolders = folders?.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder })) ?? null;
  const params = { processId: null, rootUri: null, capabilities, workspaceFolders, initializationOptions };
  const result = await connection.sendRequest<InitializeResult>("initialize", params);
  await connection.sendNotification("initialized", {});
  const send = (method: string, sent: object): void => void connection.sendNotification(method, sent);
  const until = async <T>(found: () => T | undefined): Promise<T> => {
    for (;;) {
      const answer = found();
      if (answer !== undefined) return answer;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          resolve();
        };
        waiting.add(wake);
      });
    }
  };
  const pushedUntil: Client["pushedUntil"] = (uri, wish) =>
    until(() => {
      const last = heard.get(uri)?.diagnostics;
      return last !== undefined && wish(last) ? last : undefined;
    });
  return {
    connection,
    result,
    open: (uri, text, languageId = "yaml") => send("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, [line, character, endLine, endCharacter], text) => {
      const range = { start: { line, character }, end: { line: endLine, character: endCharacter } };
      send("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range, text }] });
    },
    close: (uri) => send("textDocument/didClose", { textDocument: { uri } }),
    save: (uri) => send("textDocument/didSave", { textDocument: { uri } }),
    pushed: (uri, version = 1) => until(() => ((heard.get(uri)?.version ?? 0) >= version ? heard.get(uri)?.diagnostics : undefined)),
    pushedUntil,
    pull: async (uri) => {
      const report = await connection.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
      return report.items;
    },
    messages: messages!,
    logged: logged!,
    registered: registered!,
  };
}

/** What a client such as VS Code can do. */
export const able: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    codeLens: {},
    hover: { contentFormat: ["markdown", "plaintext"] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
    completion: { completionItem: { snippetSupport: true } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true }, workspaceFolders: true },
};

const { diagnostic: _, ...withoutPull } = able.textDocument ?? {};

/** The same for one that cannot ask for diagnostics, such as Neovim 0.7. */
export const waiting: ClientCapabilities = { ...able, textDocument: withoutPull };

/** `rule line:column`, from 1 as people count. */
export function brief(found: readonly Diagnostic[]): readonly string[] {
  return found.map(({ code, range: { start } }) => `${String(code)} ${String(start.line + 1)}:${String(start.character + 1)}`);
}
