import {
  type CancellationToken, type Connection, type DocumentDiagnosticReport, DocumentDiagnosticReportKind, LSPErrorCodes, ResponseError,
  type WorkspaceDiagnosticParams, type WorkspaceDiagnosticReport, type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { findTargets } from "../node/targets.js";
import { diagnosticsOf, uriOf } from "./diagnostics.js";
import type { Session } from "./session.js";
import type { StoredFile } from "./stored-files.js";
import { createPatience, nextTurn } from "./turn.js";
import { wireDiagnostic } from "./wire.js";
import type { Workbench } from "./workbench.js";

/** Answers clients that ask for diagnostics: of a document, or of all files of the workspace. */
export function answerPulls(connection: Connection, session: () => Session | undefined): void {
  connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
    const here = session();
    // Keystrokes and cancellations that have come in meanwhile go first.
    await nextTurn();
    if (token.isCancellationRequested) return cancelled();
    return here ? documentReport(here, uri) : full([]);
  });
  connection.languages.diagnostics.onWorkspace(async (params, token) => {
    const here = session();
    if (here?.preferences().workspace !== true) return { items: [] };
    await change(here, params, token);
    return token.isCancellationRequested ? cancelled() : workspaceReport(here, token);
  });
}

// A client that is told so asks again.
function cancelled(): ResponseError<{ retriggerRequest: boolean }> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, "the text has changed meanwhile", { retriggerRequest: true });
}

function full(items: ReturnType<typeof diagnosticsOf>): DocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, items: [...items] };
}

async function documentReport(session: Session, uri: string): Promise<DocumentDiagnosticReport> {
  const document = session.documents.get(uri);
  if (!document) return full([]);
  const workbench = session.workbench();
  const checked = workbench.check(document);
  if (checked) await workbench.lookAround({ ...checked, facts: checked.result.facts });
  return full(diagnosticsOf(session.documents.get(uri) ?? document, session.workbench(), session.rules));
}

/** Clients ask again and again: who has been told everything waits for something new. */
async function change(session: Session, { previousResultIds }: WorkspaceDiagnosticParams, token: CancellationToken): Promise<void> {
  const last = previousResultIds.find(({ value }) => value !== "")?.value;
  if (last !== String(session.changes())) return;
  await new Promise<void>((resolve) => {
    const off = session.onChange(() => {
      off();
      resolve();
    });
    token.onCancellationRequested(() => {
      off();
      resolve();
    });
  });
}

type Cancelled = ReturnType<typeof cancelled>;

async function workspaceReport(session: Session, token: CancellationToken): Promise<WorkspaceDiagnosticReport | Cancelled> {
  const workbench = session.workbench();
  const resultId = String(session.changes());
  const files = await allFiles(session, workbench, token);
  if (token.isCancellationRequested) return cancelled();
  const open = new Map(session.documents.all().flatMap((document) => {
    const checked = workbench.check(document);
    return checked ? [[checked.location.path, document] as const] : [];
  }));
  const kind = DocumentDiagnosticReportKind.Full;
  const items: WorkspaceDocumentDiagnosticReport[] = [...open.values()].map((document) => ({
    kind,
    uri: document.uri,
    version: document.version,
    resultId,
    items: [...diagnosticsOf(document, workbench, session.rules)],
  }));
  for (const file of files) {
    if (open.has(file.location.path)) continue;
    items.push({ kind, uri: file.location.uri, version: null, resultId, items: wireOf(file, workbench) });
  }
  return { items };
}

function wireOf(file: StoredFile, workbench: Workbench): ReturnType<typeof wireDiagnostic>[] {
  const { location, diagnostics } = file;
  const all = workbench.fresh(location, [...diagnostics, ...workbench.togetherIn(file)]);
  return all.map((found) => wireDiagnostic(found, uriOf({ location })));
}

/** Milliseconds after which others have a turn. */
const turnLength = 8;

async function allFiles(session: Session, workbench: Workbench, token: CancellationToken): Promise<readonly StoredFile[]> {
  const { folders, selectionOf } = workbench.judging;
  const patience = createPatience(turnLength);
  const found: StoredFile[] = [];
  for (const root of session.roots()) {
    for (const { path, problem } of findTargets([root], { cwd: root, folders, selectionOf }).files) {
      const file = problem === undefined ? workbench.files.look(path) : undefined;
      if (file) found.push(file);
      await patience();
      if (token.isCancellationRequested) return found;
    }
  }
  return found;
}
