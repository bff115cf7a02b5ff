import { setTimeout } from "node:timers/promises";

/** Milliseconds between two looks: while somebody types, what is found elsewhere changes with every letter. */
const pause = 2000;

/**
 * Shows what is found in files that are not open, where the settings want it; the server answers when something has changed.
 * `isOpen` says of which documents the server speaks by itself.
 */
export function followWorkspace(vscode, connection, { settings, collection, diagnostic, isOpen }) {
  let isOver = false;
  let isAsking = false;
  let shown = new Set();
  const isWanted = () => !isOver && settings().workspaceDiagnostics === true;
  const show = (items) => {
    const others = items.filter(({ uri }) => !isOpen(uri));
    const now = new Set(others.filter(({ items: found }) => found.length > 0).map(({ uri }) => uri));
    for (const uri of shown) if (!now.has(uri) && !isOpen(uri)) collection.set(vscode.Uri.parse(uri), []);
    for (const { uri, items: found } of others) if (now.has(uri)) collection.set(vscode.Uri.parse(uri), found.map(diagnostic));
    shown = now;
  };
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    let last;
    while (isWanted()) {
      const previousResultIds = last === undefined ? [] : [{ uri: "", value: last }];
      // That the server has just ended is told by the connection.
      const report = await connection.sendRequest("workspace/diagnostic", { previousResultIds }).catch(() => undefined);
      if (!report || !isWanted()) break;
      show(report.items);
      last = report.items[0]?.resultId;
      await setTimeout(pause);
    }
    isAsking = false;
    if (!isOver) show([]);
  };
  void ask();
  const following = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("kronlint.workspaceDiagnostics")) void ask();
  });
  return {
    dispose: () => {
      isOver = true;
      following.dispose();
    },
  };
}
