import { basename, dirname } from "node:path";
import {
  type Connection, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, type InitializeParams, type InitializeResult,
  CodeActionKind, TextDocuments, TextDocumentSyncKind,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type AnyRule, rules as builtIn } from "../engine.js";
import { baselineName } from "../node/folder.js";
import { type Abilities, abilitiesOf, fixAllKind } from "./abilities.js";
import { answerQuestions } from "./answers.js";
import { commandNames } from "./commands.js";
import { isSettingsFile } from "./diagnostics.js";
import { pathOf } from "./places.js";
import { type Preferences, preferencesFrom } from "./preferences.js";
import { answerPulls } from "./pull.js";
import { createPusher, type Pusher } from "./push.js";
import { createSession, type Session, type Surroundings } from "./session.js";
import { watchedGlobs, whatChanged } from "./watched.js";
import { isPartOfMore } from "./workbench.js";

/** Serves one client until it leaves. */
export function startServer(connection: Connection, surroundings: Surroundings, rules: readonly AnyRule[] = builtIn): void {
  const documents = new TextDocuments(TextDocument);
  let session: Session | undefined;
  let pusher: Pusher | undefined;
  connection.onInitialize((params) => {
    const abilities = abilitiesOf(params.capabilities);
    const preferences = preferencesFrom(params.initializationOptions, rules);
    session = createSession({ connection, documents, rules, abilities, surroundings, preferences, roots: rootsOf(params) });
    if (!abilities.pullsDiagnostics) pusher = createPusher(connection, session);
    return initializeResult(abilities, preferences, surroundings.version);
  });
  connection.onInitialized(() => {
    if (session) void settle(connection, session, () => refresh(connection, session, pusher));
  });
  followDocuments(documents, () => session, () => pusher, () => refresh(connection, session, pusher));
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (!session) return;
    const { decisive, folders } = whatChanged(changes);
    const { judging } = session.workbench();
    const isShared = [...folders].some((folder) => isPartOfMore(judging.folders(folder), ""));
    if (decisive || isShared) session.reset({});
    else for (const folder of folders) session.workbench().files.forgetFolder(folder);
    session.touch();
    refresh(connection, session, pusher);
  });
  answerPulls(connection, () => session);
  answerQuestions(connection, () => session, surroundings);
  documents.listen(connection);
  connection.listen();
}

/** Older clients name one folder. */
function rootsOf({ workspaceFolders, ...older }: InitializeParams): readonly string[] {
  const single = Object.entries(older).flatMap(([key, uri]) => (key === "rootUri" && typeof uri === "string" ? [uri] : []));
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? single;
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}

function initializeResult(abilities: Abilities, { hints, workspace }: Preferences, version: string): InitializeResult {
  const inlay = hints === "inlay" || (hints === "auto" && abilities.showsHints && !abilities.showsLenses);
  // Neovim 0.7 shows lenses without saying that it can.
  const lenses = hints === "lenses" || (hints === "auto" && !inlay);
  return {
    serverInfo: { name: "kronlint", version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [" ", ":", '"', "'"] },
      documentSymbolProvider: { label: "kronlint" },
      executeCommandProvider: { commands: [...commandNames] },
      ...(lenses ? { codeLensProvider: {} } : {}),
      ...(inlay ? { inlayHintProvider: true } : {}),
      ...(abilities.pullsDiagnostics
        ? { diagnosticProvider: { identifier: "kronlint", interFileDependencies: true, workspaceDiagnostics: workspace } }
        : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

/** Asks for the settings, and to be told when they or files change. */
async function settle(connection: Connection, session: Session, refreshAll: () => void): Promise<void> {
  const { abilities } = session;
  const reload = async (given: unknown): Promise<void> => {
    const settings: unknown = abilities.hasConfiguration ? await connection.workspace.getConfiguration("kronlint") : given;
    // Neovim and others answer null for what nobody has set.
    if (settings === undefined || settings === null) return;
    const preferences = preferencesFrom(settings, session.rules);
    session.reset({ preferences });
    for (const problem of preferences.problems) session.talk.warn(`kronlint: the editor's settings: ${problem}`);
    refreshAll();
  };
  for (const problem of session.preferences().problems) session.talk.warn(`kronlint: the editor's settings: ${problem}`);
  connection.onDidChangeConfiguration(({ settings }) => void reload(sectionOf(settings)).catch(() => undefined));
  if (abilities.changesFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.flatMap(({ uri }) => pathOf(uri) ?? []));
      const fresh = added.flatMap(({ uri }) => pathOf(uri) ?? []);
      session.reset({ roots: [...session.roots().filter((root) => !gone.has(root)), ...fresh] });
      refreshAll();
    });
  }
  try {
    const { client } = connection;
    if (abilities.registersConfiguration) await client.register(DidChangeConfigurationNotification.type, { section: "kronlint" });
    const watchers = watchedGlobs.map((globPattern) => ({ globPattern }));
    if (abilities.watchesFiles) await client.register(DidChangeWatchedFilesNotification.type, { watchers });
    if (abilities.hasConfiguration) await reload(undefined);
  } catch (error) {
    session.talk.fault("the client did not answer as it said it would", error);
  }
}

function sectionOf(settings: unknown): unknown {
  return typeof settings === "object" && settings !== null && "kronlint" in settings ? settings.kronlint : settings;
}

function followDocuments(
  documents: TextDocuments<TextDocument>,
  session: () => Session | undefined,
  pusher: () => Pusher | undefined,
  refreshAll: () => void,
): void {
  documents.onDidChangeContent(({ document }) => {
    session()?.touch();
    pusher()?.typed(document);
  });
  documents.onDidSave(({ document }) => {
    const path = pathOf(document.uri);
    // Not every client watches files.
    const isDecisive = isSettingsFile(document) || basename(path ?? "") === baselineName;
    if (isDecisive || (path !== undefined && changesOthers(path, document, session()))) {
      session()?.reset({});
      refreshAll();
    } else pusher()?.saved(document);
  });
  documents.onDidClose(({ document }) => {
    session()?.workbench().close(document.uri);
    session()?.touch();
    pusher()?.closed(document);
  });
}

/** Other files, which were read when somebody first asked, are rendered together with those of this folder, or with its values. */
function changesOthers(path: string, document: TextDocument, session: Session | undefined): boolean {
  return session !== undefined && isPartOfMore(session.workbench().judging.folders(dirname(path)), document.getText());
}

/** Everything that is shown may be out of date. */
function refresh(connection: Connection, session: Session | undefined, pusher: Pusher | undefined): void {
  if (!session) return;
  const { refreshesDiagnostics, refreshesLenses, refreshesHints, pullsDiagnostics } = session.abilities;
  pusher?.all();
  const quietly = (sent: unknown): void => void Promise.resolve(sent).catch(() => undefined);
  if (pullsDiagnostics && refreshesDiagnostics) quietly(connection.sendRequest("workspace/diagnostic/refresh"));
  if (refreshesLenses) quietly(connection.sendRequest("workspace/codeLens/refresh"));
  if (refreshesHints) quietly(connection.sendRequest("workspace/inlayHint/refresh"));
}
