import { type ClientCapabilities, CodeActionKind, MarkupKind } from "vscode-languageserver";

/** What the client can do, as far as it changes what the server does. */
export interface Abilities {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  readonly showsLenses: boolean;
  readonly showsHints: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly watchesFiles: boolean;
  readonly changesFolders: boolean;
  readonly readsMarkdown: boolean;
  readonly fillsSnippets: boolean;
  readonly nestsSymbols: boolean;
  readonly versionsEdits: boolean;
  readonly knowsActionKinds: boolean;
}

export function abilitiesOf({ textDocument = {}, workspace = {} }: ClientCapabilities): Abilities {
  const formats = textDocument.hover?.contentFormat;
  return {
    pullsDiagnostics: textDocument.diagnostic !== undefined,
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace.codeLens?.refreshSupport === true,
    refreshesHints: workspace.inlayHint?.refreshSupport === true,
    showsLenses: textDocument.codeLens !== undefined,
    showsHints: textDocument.inlayHint !== undefined,
    hasConfiguration: workspace.configuration === true,
    registersConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace.workspaceFolders === true,
    readsMarkdown: formats === undefined || formats.includes(MarkupKind.Markdown),
    fillsSnippets: textDocument.completion?.completionItem?.snippetSupport === true,
    nestsSymbols: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    versionsEdits: workspace.workspaceEdit?.documentChanges === true,
    knowsActionKinds: textDocument.codeAction?.codeActionLiteralSupport !== undefined,
  };
}

/** A fix-all of this server alone, which a client can ask for on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.kronlint`;
