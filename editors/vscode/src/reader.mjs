/** Shows texts to read, in tabs that nobody is asked to save. */
export function createReader(vscode) {
  const texts = new Map();
  const changed = new vscode.EventEmitter();
  const registered = vscode.workspace.registerTextDocumentContentProvider("kronlint", {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  });
  const show = async (name, text) => {
    const uri = vscode.Uri.from({ scheme: "kronlint", path: `/${name}` });
    texts.set(uri.toString(), text);
    changed.fire(uri);
    if (name.endsWith(".md")) return vscode.commands.executeCommand("markdown.showPreview", uri);
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, "kronlint-text"), { preview: true });
  };
  /** Messages have no lines in VS Code. */
  const say = async ({ type, message }) => {
    const [first, ...more] = message.split("\n").map((line) => line.trim());
    if (type > 2 && more.length > 0) {
      const [placeHolder, ...rows] = more.length > 1 ? more : ["", ...more];
      return vscode.window.showQuickPick(rows.map((label) => ({ label })), { title: first, placeHolder });
    }
    const tell = type <= 2 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    const wanted = await (more.length > 0 ? tell(first, "Show All") : tell(first));
    return wanted === undefined ? undefined : show("Message", message);
  };
  return { show, say, dispose: () => [registered, changed].forEach((one) => one.dispose()) };
}
