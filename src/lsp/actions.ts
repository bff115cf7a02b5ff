import {
  type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic as WireDiagnostic, type Range, type TextEdit, type WorkspaceEdit,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Diagnostic, ignoreEdits } from "../engine.js";
import { type Abilities, fixAllKind } from "./abilities.js";
import { findingsIn, uriOf } from "./diagnostics.js";
import { rangeOf, wireDiagnostic } from "./wire.js";
import type { Checked, Workbench } from "./workbench.js";

interface Asked {
  readonly document: TextDocument;
  readonly checked: Checked;
  readonly abilities: Abilities;
}

/** Quick fixes for what is found in the range, a comment that silences each, and what mends the whole document. */
export function actionsFor(asked: Asked, { range, context: { only } }: CodeActionParams, workbench: Workbench): readonly CodeAction[] {
  const wants = (kind: string): boolean => only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const all = findingsIn(asked.checked, workbench);
  const here = all.filter((found) => meets(rangeOf(found), range));
  const quick = wants(CodeActionKind.QuickFix) ? quickFixes(asked, here) : [];
  return [...quick, ...(wants(fixAllKind) && (only !== undefined || here.length > 0) ? fixAll(asked, all) : [])];
}

/** A cursor means its line: who has not marked anything need not hit the very word. */
function meets(one: Range, { start, end }: Range): boolean {
  const isCursor = start.line === end.line && start.character === end.character;
  const last = isCursor ? Number.MAX_SAFE_INTEGER : end.character;
  const other = { start: { ...start, character: isCursor ? 0 : start.character }, end: { ...end, character: last } };
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range["start"], other: Range["start"]): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function quickFixes(asked: Asked, here: readonly Diagnostic[]): readonly CodeAction[] {
  const wire = new Map(here.map((found) => [found, wireDiagnostic(found, uriOf(asked.checked))]));
  const fixes = here.flatMap((found) => quickFix(asked, found, wire.get(found)));
  const ignored = new Map(here.map((found) => [`${found.rule} ${String(found.line)}`, found]));
  const tries = { left: Math.min(mostTries, Math.ceil(mostTried / (asked.checked.source.text.length + 1))) };
  const ignores = [...ignored.values()].flatMap((found) => ignoring(asked, found, wire.get(found), tries));
  // Safe ones first: what a person takes without reading should not change what the Job does.
  return [...fixes.filter(({ isPreferred }) => isPreferred), ...fixes.filter(({ isPreferred }) => isPreferred !== true), ...ignores];
}

/** Whether a comment silences a finding is tried out; so often at most for one answer, and on so many characters. */
const mostTries = 24;
const mostTried = 500_000;

function quickFix(asked: Asked, { fix, file }: Diagnostic, found: WireDiagnostic | undefined): readonly CodeAction[] {
  // Half a fix is none.
  if (!fix || fix.edits.some((edit) => edit.file !== file)) return [];
  const edits = fix.edits.map((edit): TextEdit => ({ range: rangeOf(edit), newText: edit.text }));
  return [
    {
      title: fix.safe ? fix.title : `${fix.title} (unsafe: may change what the Job does)`,
      kind: CodeActionKind.QuickFix,
      ...(found === undefined ? {} : { diagnostics: [found] }),
      ...(fix.safe ? { isPreferred: true } : {}),
      edit: workspaceEdit(asked, edits),
    },
  ];
}

function ignoring(
  asked: Asked,
  { rule, start, fingerprint }: Diagnostic,
  found: WireDiagnostic | undefined,
  tries: { left: number },
): readonly CodeAction[] {
  const { document, checked } = asked;
  const { source, judgement } = checked;
  // In JSON there are no comments.
  if (/\.jsonc?$/i.test(source.name) || !judgement.settings.inlineIgnore) return [];
  const silent = ignoreEdits(source, start, rule).find((edit) => {
    if (tries.left-- <= 0) return false;
    const text = source.text.slice(0, edit.start) + edit.text + source.text.slice(edit.end);
    const { diagnostics, suppressed } = judgement.lint({ name: source.name, text });
    const isStillThere = diagnostics.some((one) => one.fingerprint === fingerprint || one.rule === "yaml-syntax");
    return !isStillThere && suppressed.length > checked.result.suppressed.length;
  });
  if (!silent) return [];
  const range = { start: document.positionAt(silent.start), end: document.positionAt(silent.end) };
  return [
    {
      title: `disable ${rule} for this line`,
      kind: CodeActionKind.QuickFix,
      ...(found === undefined ? {} : { diagnostics: [found] }),
      edit: workspaceEdit(asked, [{ range, newText: silent.text }]),
    },
  ];
}

/** One edit for everything that can be mended safely. */
function fixAll(asked: Asked, all: readonly Diagnostic[]): readonly CodeAction[] {
  if (!all.some(({ fix }) => fix?.safe === true)) return [];
  const edits = fixAllEdits(asked.document, asked.checked, false);
  if (edits.length === 0) return [];
  return [{ title: "fix all that kronlint can mend safely", kind: fixAllKind, edit: workspaceEdit(asked, edits) }];
}

/** What brings a document to its mended text: the stretch between what is alike at both ends. */
function fixAllEdits(document: TextDocument, { source, judgement }: Checked, unsafe: boolean): readonly TextEdit[] {
  const { output } = judgement.fix(source, unsafe);
  const { text } = source;
  if (output === text) return [];
  let start = 0;
  while (start < text.length && text[start] === output[start]) start++;
  let tail = 0;
  const most = Math.min(text.length, output.length) - start;
  while (tail < most && text[text.length - 1 - tail] === output[output.length - 1 - tail]) tail++;
  const range = { start: document.positionAt(start), end: document.positionAt(text.length - tail) };
  // Between the two characters of a line end there is no position.
  const whole = { start: document.positionAt(0), end: document.positionAt(text.length) };
  const isExact = document.offsetAt(range.start) === start && document.offsetAt(range.end) === text.length - tail;
  return isExact ? [{ range, newText: output.slice(start, output.length - tail) }] : [{ range: whole, newText: output }];
}

/** With the version it was made for, where the client can mind it. */
function workspaceEdit({ document: { uri }, abilities, checked: { version } }: Asked, given: readonly TextEdit[]): WorkspaceEdit {
  const edits = [...given];
  return abilities.versionsEdits ? { documentChanges: [{ textDocument: { uri, version }, edits }] } : { changes: { [uri]: edits } };
}
