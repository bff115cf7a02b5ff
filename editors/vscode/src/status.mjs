/** How many findings the file in front has. */
export function createStatus(vscode, holdsJobs) {
  const item = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Right, 50);
  item.command = "workbench.actions.view.problems";
  const counts = new Map();
  const show = () => {
    const document = vscode.window.activeTextEditor?.document;
    const count = counts.get(document?.uri.toString());
    // A server that looks at everything has nothing to say about other YAML, which is no praise.
    if (count === undefined || (count === 0 && !holdsJobs(document))) return item.hide();
    item.text = count === 0 ? "$(check) kronlint" : `$(warning) kronlint ${count}`;
    item.tooltip = `kronlint: ${count === 0 ? "nothing to say about" : count === 1 ? "1 finding in" : `${count} findings in`} this file`;
    item.show();
  };
  const tell = (uri, count) => {
    counts.set(uri.toString(), count);
    show();
  };
  const clear = () => {
    counts.clear();
    show();
  };
  const active = vscode.window.onDidChangeActiveTextEditor(show);
  return { tell, clear, dispose: () => [item, active].forEach((one) => one.dispose()) };
}
