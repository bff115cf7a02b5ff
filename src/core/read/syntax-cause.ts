import type { Problem, SyntaxCause } from "./document.js";
import { deeperKey, indentationOf } from "./indentation-cause.js";
import { linesOf } from "./text-lines.js";
import type { Line } from "./text-lines.js";
import type { OpenToken } from "./token-nesting.js";
import { placeOf } from "./written.js";
import type { Written } from "./written.js";
import type { Fault, FaultKind } from "./yaml-library.js";

/** What a fault most likely comes from, and which characters of the text to look at. */
export interface Cause {
  readonly cause: SyntaxCause;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix?: { readonly title: string; readonly insert: readonly (readonly [at: number, text: string])[] };
}

/** The one problem that stands for all faults of a document. */
export function syntaxProblem(written: Written, faults: readonly Fault[], unclosed: readonly OpenToken[]): Problem | undefined {
  const deep = faults.find(({ kind }) => kind === "too-deep" || kind === "too-many-aliases");
  if (deep) return unreadable(written, deep);
  const fault = firstOf(faults);
  if (!fault) return undefined;
  const { cause, start, end, message, fix } = causeOf(written.text, fault, unclosed);
  const { length } = written.text;
  const place = placeOf(written, Math.min(start, length), Math.min(end, length));
  const problem: Problem = { rule: "yaml-syntax", place, message, cause };
  if (!fix) return problem;
  const edits = fix.insert.map(([at, text]) => ({ at: placeOf(written, at, at), text }));
  return { ...problem, fix: { title: fix.title, edits } };
}

function firstOf(faults: readonly Fault[]): Fault | undefined {
  return faults.reduce<Fault | undefined>((first, fault) => (first && first.start <= fault.start ? first : fault), undefined);
}

function unreadable(written: Written, { start, end, kind }: Fault): Problem {
  const message = kind === "too-deep"
    ? "values are nested more than 200 levels deep, so this document is not checked; flatten it"
    : "aliases make more than 400000 values of this document, so it is not checked; write them out or use fewer";
  return { rule: "unreadable-input", place: placeOf(written, start, Math.min(end, written.text.length)), message };
}

function causeOf(text: string, fault: Fault, unclosed: readonly OpenToken[]): Cause {
  const lines = linesNear(text, fault.start);
  const meantAsText = fault.kind === "alias" && !named.test(fault.subject ?? "");
  return (meantAsText ? firstIn(lines.slice(0, 1), (line) => reservedStart(text, line)) : undefined)
    ?? plainFault(fault)
    ?? deeperKey(text, fault)
    ?? firstIn(lines, (line) => tab(text, line) ?? reservedStart(text, line))
    ?? reservedInFlow(text, fault)
    ?? openBefore(text, fault, unclosed)
    ?? firstIn(lines, (line) => textAfterQuote(text, line))
    ?? (fault.kind === "comma" ? at(fault, "missing-comma", missingComma) : undefined)
    ?? commaBeforeKey(text, fault)
    ?? (fault.kind === "nested-mapping" ? firstIn(lines, (line) => colonInValue(text, line)) : undefined)
    ?? indentationOf(text, lines)
    ?? firstIn(lines, (line) => missingSpace(text, line) ?? (fault.kind === "unfinished-key" ? missingColon(text, line) : undefined))
    ?? firstIn(lines, (line) => colonInValue(text, line))
    ?? { cause: "other", ...shown(text, fault), message: unread };
}

const missingComma = "a comma is missing before this; write one between the items";
const unread = "the document cannot be read as YAML from here on; look at this line and the one above it";

/** What people call an anchor; `*\/5` and `*.log` are meant as texts. */
const named = /^[A-Za-z_][\w-]*$/;

const sayings: Partial<Record<FaultKind, readonly [SyntaxCause, (subject: string) => string]>> = {
  "alias": ["alias", (name) =>
    `\`*${name}\` refers to an anchor \`&${name}\` that stands nowhere above it; quote the value if it is a text`],
  "recursive-alias": ["alias", (name) => `\`*${name}\` stands inside its own anchor \`&${name}\`, so it has no end; write the value out`],
  "tag": ["tag", (tag) => `the value is not what its tag \`${tag.replace("tag:yaml.org,2002:", "!!")}\` says; remove the tag`],
  "key": ["key", () => "this cannot be a key, which must be a text; quote it"],
  "not-finite": ["not-finite", (value) =>
    `\`${value}\` is a number that JSON lacks, so no API server can be told it; quote it if it is a text`],
  "merge": ["merge", () => "`<<` takes a mapping or a list of mappings; give it an alias of one, or quote the key"],
  "escape": ["escape", () => "there is no such escape between double quotes; write `\\\\` for a backslash, or use single quotes"],
};

function plainFault({ kind, start, end, subject = "" }: Fault): Cause | undefined {
  const saying = sayings[kind];
  if (!saying || (kind === "alias" && subject === "")) return undefined;
  return { cause: saying[0], start, end, message: saying[1](subject) };
}

function at({ start, end }: Fault, cause: SyntaxCause, message: string): Cause {
  return { cause, start, end, message };
}

/** The place of a fault, cut to its line and at least one character long where there is one. */
function shown(text: string, { start, end }: Fault): { readonly start: number; readonly end: number } {
  const from = Math.min(start, Math.max(text.trimEnd().length - 1, 0));
  const line = text.indexOf("\n", from);
  const limit = line < 0 ? text.length : line;
  return { start: from, end: Math.max(Math.min(end, limit), Math.min(from + 1, text.length)) };
}

const nearby = 3;
const longestLine = 2000;

/** The line of an offset and those with content above it, nearest first. Later ones rarely have to do with it. */
function linesNear(text: string, offset: number): readonly Line[] {
  const end = text.indexOf("\n", offset);
  const start = Math.max(0, offset - longestLine * (nearby + 1));
  const from = start === 0 ? 0 : text.indexOf("\n", start) + 1;
  const lines = linesOf(text, from, end < 0 ? text.length : end).filter(({ blank }) => !blank).reverse();
  return lines.filter((line) => line.end - line.start <= longestLine).slice(0, nearby);
}

function firstIn(lines: readonly Line[], look: (line: Line) => Cause | undefined): Cause | undefined {
  for (const line of lines) {
    const cause = look(line);
    if (cause) return cause;
  }
  return undefined;
}

function tab(text: string, { start, indent }: Line): Cause | undefined {
  const first = text.slice(start, start + indent).indexOf("\t");
  if (first < 0) return undefined;
  const message = "the line is indented with a tab, which YAML does not allow; use blanks";
  return { cause: "tab", start: start + first, end: start + indent, message };
}

const key = `(?:"[^"]*"|'[^']*'|[^\\s"'#\\[\\]{}&*!|>%@\`,-][^:#"']*)`;
const lead = new RegExp(`^[ \\t]*(?:- +)*(?:${key}:[ \\t]+)?`);
const value = /^[^\s].*?(?=[ \t]+#|[ \t]*$)/;
const reserved: Readonly<Record<string, SyntaxCause>> = { "*": "alias", "@": "at-sign", "%": "percent", "`": "backtick" };

/** A value that begins with a character YAML keeps for itself: a schedule `*\/5 * * * *`, an `@daily`. */
function reservedStart(text: string, line: Line): Cause | undefined {
  const content = text.slice(line.start, line.end);
  const from = lead.exec(content)?.[0].length ?? 0;
  const written = value.exec(content.slice(from))?.[0] ?? "";
  const mark = written.charAt(0);
  const cause = reserved[mark];
  if (!cause) return undefined;
  return reservedAt(text, cause, line.start + from, line.start + from + written.length);
}

/** JSON such as `{"a": 1 "b": 2}`: to YAML `1 "b"` is one text. */
function commaBeforeKey(text: string, { start }: Fault): Cause | undefined {
  const before = text.slice(Math.max(0, start - longestLine), start);
  if (!/[{,]\s{0,200}"[^"\\\n]{1,200}"\s{0,200}:\s{0,200}$/.test(before)) return undefined;
  const [value] = /^(?:"(?:[^"\\\n]|\\.)*"|[\w.+-]+)\s+(?="[^"\\\n]*"\s{0,200}:)/.exec(text.slice(start, start + longestLine)) ?? [];
  if (value === undefined) return undefined;
  const key = start + value.length;
  return { cause: "missing-comma", start: key, end: key + 1, message: missingComma };
}

/** In a list such as `[*, a]` the value ends at the comma. */
function reservedInFlow(text: string, { start }: Fault): Cause | undefined {
  const cause = reserved[text.charAt(start)];
  const length = /^[^\s,\]}]+/.exec(text.slice(start, start + longestLine))?.[0].length ?? 0;
  return cause && reservedAt(text, cause, start, start + length);
}

function reservedAt(text: string, cause: SyntaxCause, start: number, end: number): Cause {
  const mark = text.charAt(start) === "`" ? "a backtick" : `\`${text.charAt(start)}\``;
  const why = cause === "alias" ? "so YAML takes it for an alias" : "which YAML keeps for itself";
  return { cause, start, end, message: `the value begins with ${mark}, ${why}; quote it`, fix: quoted(text, start, end) };
}

function quoted(text: string, start: number, end: number): NonNullable<Cause["fix"]> {
  const quote = /["\\]/.test(text.slice(start, end)) ? "'" : '"';
  const doubled = [...text.slice(start, end).matchAll(/'/g)].map(({ index }) => [start + index, "'"] as const);
  return { title: "Quote the value", insert: [[start, quote], ...(quote === "'" ? doubled : []), [end, quote]] };
}

function openBefore(text: string, fault: Fault, unclosed: readonly OpenToken[]): Cause | undefined {
  const open = unclosed.findLast(({ start, end, suspect }) => start <= fault.start && (!suspect || onOneLine(text, end, fault.start)));
  if (!open) return undefined;
  const bracket = text.charAt(open.start);
  if (open.mark === "[") {
    if (fault.kind !== "flow-end" && text.slice(fault.start).trim() !== "") return undefined;
    const message = `the \`${bracket}\` is never closed; write \`${bracket === "{" ? "}" : "]"}\` where it ends`;
    return { cause: "unclosed-bracket", start: open.start, end: open.start + 1, message };
  }
  const message = `the quote \`${open.mark}\` that begins here is not closed on this line; close it`;
  return { cause: "unclosed-quote", start: open.start, end: open.start + 1, message };
}

function onOneLine(text: string, start: number, end: number): boolean {
  return !text.slice(start, Math.max(start, end)).includes("\n");
}

const closing = new RegExp(`${lead.source}(?:"(?:[^"\\\\]|\\\\.)*"|'(?:[^']|'')*')[ \\t]*`);

function textAfterQuote(text: string, line: Line): Cause | undefined {
  const content = text.slice(line.start, line.end);
  const quotedEnd = closing.exec(content)?.[0].length;
  if (quotedEnd === undefined) return undefined;
  const rest = content.slice(quotedEnd).trimEnd();
  if (rest === "" || /^[#:,\]}]/.test(rest)) return undefined;
  const start = line.start + quotedEnd;
  const message = "text stands behind the closing quote; put the whole value between quotes, of the other kind or doubled within";
  return { cause: "text-after-quote", start, end: start + rest.length, message };
}

const secondColon = new RegExp(`^([ \\t]*(?:- +)*${key}:[ \\t]+)([^\\s"'\\[{&*!|>#][^#]*?)(:)(?:[ \\t]|$)`);

function colonInValue(text: string, line: Line): Cause | undefined {
  const content = text.slice(line.start, line.end);
  const match = secondColon.exec(content);
  const [, before = "", head = ""] = match ?? [];
  const whole = value.exec(content.slice(before.length))?.[0];
  if (!match || whole === undefined) return undefined;
  const start = line.start + before.length;
  const message = "a colon followed by a blank begins another mapping within this value; quote the value";
  const colon = start + head.length;
  return { cause: "colon-in-value", start: colon, end: colon + 1, message, fix: quoted(text, start, start + whole.length) };
}

const tightColon = /^[ \t]*(?:- +)*([A-Za-z][\w./-]*):(?=[^\s/:])/;

function missingSpace(text: string, line: Line): Cause | undefined {
  const dash = /^-[^\s-]/.test(text.slice(line.start + line.indent, line.end)) ? line.start + line.indent : undefined;
  if (dash !== undefined) return missingBlank(dash, "dash");
  const match = tightColon.exec(text.slice(line.start, line.end));
  if (!match || /:[ \t]/.test(text.slice(line.start, line.end))) return undefined;
  return missingBlank(line.start + match[0].length - 1, `colon of \`${match[1] ?? ""}\``);
}

function missingBlank(mark: number, name: string): Cause {
  const message = `a blank is missing behind the ${name}; write one`;
  return { cause: "missing-space", start: mark, end: mark + 1, message, fix: { title: "Insert a blank", insert: [[mark + 1, " "]] } };
}

function missingColon(text: string, line: Line): Cause | undefined {
  const content = text.slice(line.start, line.end).trimEnd();
  if (content.includes(":") || content.trimStart().startsWith("#") || content.trimStart().startsWith("- ")) return undefined;
  const start = line.start + line.indent;
  const message = "the line is neither a key nor does it go on with the value above; "
    + "write a colon behind a key, or indent the text further";
  return { cause: "missing-colon", start, end: line.start + content.length, message };
}
