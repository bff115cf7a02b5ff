/** Between the protocol's values and those of VS Code. */

export function converters(vscode) {
  const position = ({ line, character }) => new vscode.Position(line, character);
  const range = ({ start, end }) => new vscode.Range(position(start), position(end));
  const markdown = ({ value }) => new vscode.MarkdownString(value);

  function diagnostic(found) {
    const made = new vscode.Diagnostic(range(found.range), found.message, found.severity - 1);
    made.source = found.source;
    if (found.code !== undefined) made.code = { value: found.code, target: vscode.Uri.parse(found.codeDescription.href) };
    made.relatedInformation = (found.relatedInformation ?? []).map(
      ({ location, message }) => new vscode.DiagnosticRelatedInformation(new vscode.Location(vscode.Uri.parse(location.uri), range(location.range)), message),
    );
    return made;
  }

  function workspaceEdit({ documentChanges = [] }) {
    const edit = new vscode.WorkspaceEdit();
    const text = (one) => new vscode.TextEdit(range(one.range), one.newText);
    for (const { textDocument, edits } of documentChanges) edit.set(vscode.Uri.parse(textDocument.uri), edits.map(text));
    return edit;
  }

  function codeAction({ title, kind, isPreferred, edit, diagnostics = [] }) {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.Empty.append(kind));
    action.edit = workspaceEdit(edit);
    action.isPreferred = isPreferred === true;
    action.diagnostics = diagnostics.map(diagnostic);
    return action;
  }

  function completionItem({ label, kind, detail, documentation, sortText, filterText, insertTextFormat, textEdit }) {
    // The protocol counts kinds from 1.
    const item = Object.assign(new vscode.CompletionItem(label, kind - 1), { detail, sortText, filterText, range: range(textEdit.range) });
    item.insertText = insertTextFormat === 2 ? new vscode.SnippetString(textEdit.newText) : textEdit.newText;
    if (documentation) item.documentation = markdown(documentation);
    return item;
  }

  function symbol({ name, detail, kind, children = [], ...at }) {
    const made = new vscode.DocumentSymbol(name, detail ?? "", kind - 1, range(at.range), range(at.selectionRange));
    made.children = children.map(symbol);
    return made;
  }

  return {
    diagnostic, codeAction, completionItem, symbol,
    hover: ({ contents, range: at }) => new vscode.Hover(markdown(contents), range(at)),
    codeLens: ({ range: at, command }) => new vscode.CodeLens(range(at), command),
  };
}
