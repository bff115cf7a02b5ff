import {
  type CodeLens, type CompletionItem, CompletionItemKind, type DocumentSymbol, type Hover, type InlayHint, InsertTextFormat,
  MarkupKind, type MarkupContent, type Position, type Range, SymbolKind,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  type AnyRule, type Circumstances, type Completion, completionsAt, type Diagnostic, hoverAt, lensesOf, type OutlineItem, outlineOf,
  ruleHelp, withoutPlaceholders,
} from "../engine.js";
import type { Abilities } from "./abilities.js";
import { findingsIn } from "./diagnostics.js";
import type { Checked, Workbench } from "./workbench.js";

/** What a question about a document is answered from. */
export interface Question {
  readonly document: TextDocument;
  readonly checked: Checked;
  readonly workbench: Workbench;
  readonly abilities: Abilities;
  readonly rules: readonly AnyRule[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function circumstances({ checked: { judgement }, now }: Question): Circumstances {
  const { timeZone, runtimes } = judgement.settings;
  return { now, controllerZone: timeZone, runtimes };
}

function rangeBetween(document: TextDocument, { start, end }: { readonly start: number; readonly end: number }): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** The reasons of what is found at a place, then what stands there. */
export function hoverOf(question: Question, position: Position): Hover | null {
  const { document, checked, workbench, abilities } = question;
  const offset = document.offsetAt(position);
  const about = hoverAt(checked.opened(), offset, circumstances(question));
  const found = findingsIn(checked, workbench).filter(({ start, end }) => start <= offset && offset <= end);
  const reasons = [...new Set(found.map(({ rule }) => rule))].flatMap((id) => reasonOf(id, question.rules, found));
  const parts = [...reasons, ...(about ? [about.markdown] : [])];
  const at = about?.at ?? found[0];
  if (at === undefined || parts.length === 0) return null;
  return { contents: prose(parts.join("\n\n---\n\n"), abilities), range: rangeBetween(document, at) };
}

function reasonOf(id: string, rules: readonly AnyRule[], found: readonly Diagnostic[]): readonly string[] {
  const rule = rules.find((one) => one.id === id);
  const url = found.find((one) => one.rule === id)?.url ?? "";
  return rule ? [`**[${id}](${url})**: ${rule.summary}\n\n${ruleHelp(rule).replace(/\n\n- <[^]*$/, "")}`] : [];
}

/** Markdown, or for a client that shows none the plain text in it. */
function prose(markdown: string, { readsMarkdown }: Pick<Abilities, "readsMarkdown">): MarkupContent {
  if (readsMarkdown) return { kind: MarkupKind.Markdown, value: markdown };
  const plain = markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\*\*|`| {2}$/gm, "")
    .replace(/\\([^\w\s])/g, "$1")
    .replace(/\n---\n/g, "\n");
  return { kind: MarkupKind.PlainText, value: plain };
}

/** What runs a manifest means, above its schedule. Clicked, it tells the next runs. */
export function codeLenses(question: Question): readonly CodeLens[] {
  const { document, checked } = question;
  return lensesOf(checked.opened(), circumstances(question)).map(({ at, title }) => {
    const command = { title, command: "kronlint.nextRuns", arguments: [document.uri, document.positionAt(at.start)] };
    return { range: rangeBetween(document, at), command };
  });
}

/** The same behind the schedule, for editors without code lenses. */
export function inlayHints(question: Question, range: Range): readonly InlayHint[] {
  const { document, checked } = question;
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const hints = lensesOf(checked.opened(), circumstances(question)).filter(({ at }) => from <= at.end && at.end <= to);
  return hints.map(({ at, title }) => ({ position: document.positionAt(at.end), label: title, paddingLeft: true }));
}

const symbolKinds: Readonly<Record<OutlineItem["kind"], SymbolKind>> = {
  object: SymbolKind.Object,
  schedule: SymbolKind.Event,
  container: SymbolKind.Function,
  "init container": SymbolKind.Constructor,
  volume: SymbolKind.Property,
};

export function documentSymbols({ document, checked }: Question): readonly DocumentSymbol[] {
  return outlineOf(checked.opened()).map((item) => symbolOf(document, item));
}

function symbolOf(document: TextDocument, { kind, name, detail, whole, nameAt, children }: OutlineItem): DocumentSymbol {
  return {
    name,
    detail,
    kind: symbolKinds[kind],
    range: rangeBetween(document, whole),
    selectionRange: rangeBetween(document, nameAt),
    children: children.map((child) => symbolOf(document, child)),
  };
}

const itemKinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  value: CompletionItemKind.EnumMember,
  rule: CompletionItemKind.Constant,
  skeleton: CompletionItemKind.Snippet,
};

/** `typed` is the character that made the client ask by itself. */
export function completionItems(question: Question, position: Position, typed: string | undefined): readonly CompletionItem[] {
  const { document, checked, abilities, rules } = question;
  const { kubernetes } = checked.judgement.settings;
  const offset = document.offsetAt(position);
  const found = completionsAt(checked.source, offset, { ...circumstances(question), rules, kubernetes });
  // A blank within the indentation asks for nothing.
  const meant = typed === undefined ? found : found.filter(({ kind }) => kind === "value" || kind === "rule");
  return meant.map((one) => itemOf(document, one, abilities));
}

function itemOf(document: TextDocument, one: Completion, { fillsSnippets, readsMarkdown }: Abilities): CompletionItem {
  const isSnippet = one.kind === "skeleton" && fillsSnippets;
  const newText = one.kind === "skeleton" && !isSnippet ? withoutPlaceholders(one.text) : one.text;
  return {
    label: one.label,
    kind: itemKinds[one.kind],
    sortText: `${one.first ? "0" : "1"}${one.label}`,
    filterText: one.text.startsWith('"') ? one.text : one.label,
    textEdit: { range: rangeBetween(document, one), newText },
    ...(isSnippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(one.detail === "" ? {} : { detail: one.detail }),
    ...(one.documentation === "" ? {} : { documentation: prose(one.documentation, { readsMarkdown }) }),
  };
}
