import type { Connection, Diagnostic as WireDiagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { diagnosticsOf } from "./diagnostics.js";
import type { Session } from "./session.js";

/** Sends diagnostics to clients that do not ask for them. */
export interface Pusher {
  /** Soon: when the person pauses. */
  readonly typed: (document: TextDocument) => void;
  /** At once, and what other open documents have to do with it. */
  readonly saved: (document: TextDocument) => void;
  readonly closed: (document: TextDocument) => void;
  readonly all: () => void;
}

/** Milliseconds that a person pauses between two words rather than two letters. */
const shortestPause = 80;
const longestPause = 1500;

export function createPusher(connection: Connection, session: Session): Pusher {
  const waiting = new Map<string, NodeJS.Timeout>();
  const sent = new Map<string, string>();
  // What takes long to judge is judged less often.
  let pause = shortestPause;
  const send = (document: TextDocument): void => {
    const began = performance.now();
    const diagnostics = diagnosticsOf(document, session.workbench(), session.rules);
    pause = Math.min(longestPause, Math.max(shortestPause, 3 * (performance.now() - began)));
    publish(document, diagnostics);
  };
  const publish = ({ uri, version }: TextDocument, diagnostics: readonly WireDiagnostic[]): void => {
    const key = JSON.stringify([version, diagnostics]);
    if (sent.get(uri) !== key) void connection.sendDiagnostics({ uri, version, diagnostics: [...diagnostics] });
    sent.set(uri, key);
  };
  const now = (document: TextDocument): void => {
    cancel(document.uri);
    send(document);
    for (const other of session.documents.all()) if (other.uri !== document.uri && !waiting.has(other.uri)) send(other);
    lookAround(document);
  };
  const lookAround = (document: TextDocument): void => {
    const workbench = session.workbench();
    const checked = workbench.check(document);
    if (!checked) return;
    void workbench.lookAround({ ...checked, facts: checked.result.facts }).then((isNew) => {
      if (isNew && workbench === session.workbench()) for (const other of session.documents.all()) send(other);
    });
  };
  const cancel = (uri: string): void => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
  };
  return {
    typed: (document) => {
      cancel(document.uri);
      const wait = sent.has(document.uri) ? pause : 0;
      waiting.set(document.uri, setTimeout(now, wait, document));
    },
    saved: now,
    closed: (document) => {
      cancel(document.uri);
      sent.delete(document.uri);
      void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    },
    all: () => session.documents.all().forEach(now),
  };
}
