import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";

/** How the server talks to the person at the editor. */
export interface Talk {
  /** Shown, once for each text until `again`. */
  readonly warn: (text: string) => void;
  readonly show: (text: string) => void;
  /** A fault of ours: written to the client's log, once for each text. */
  readonly fault: (what: string, error: unknown) => void;
  /** What was warned about may be warned about anew. */
  readonly again: () => void;
}

export function createTalk(connection: Connection): Talk {
  const warned = new Set<string>();
  const faults = new Set<string>();
  const show = (type: MessageType, message: string): void => {
    void connection.sendNotification(ShowMessageNotification.type, { type, message });
  };
  return {
    warn: (text) => {
      if (!warned.has(text)) show(MessageType.Warning, text);
      warned.add(text);
    },
    show: (text) => show(MessageType.Info, text),
    fault: (what, error) => {
      if (faults.has(what)) return;
      faults.add(what);
      const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
      connection.console.error(`kronlint is at fault: ${what}; tell it at https://github.com/kronlint/kronlint/issues\n${trace}`);
    },
    again: () => warned.clear(),
  };
}
