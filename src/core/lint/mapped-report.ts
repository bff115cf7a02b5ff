import type { Limit } from "../render/helm/machine.js";
import type { Rendered } from "../render/helm/rendered.js";
import type { Node } from "../read/node.js";
import { read } from "../read/read.js";
import { applyEdits, type Edit } from "../text/edit.js";
import { lineOf } from "../text/lines.js";
import type { Place, Source } from "../text/place.js";
import type { Report } from "./diagnostic.js";
import { mappedEdit, type MappedPlace, mappedPlace, templatePlace } from "./rendered-place.js";

/** What the template writes when one file of values has become another text. */
export type Again = (values: Source) => Rendered | { readonly limit: Limit } | undefined;

/** It is the template that forgets the quotes. */
export const unquoted = "schedule-template-or-quote";

/** Where something is put is the template's business. */
const misplaced = "misplaced-field";

/** A finding in what a template writes, where it is written and mended. */
export function mappedReport(report: Report, rendered: Rendered, again: Again = () => undefined): Report {
  const { fix, ...rest } = report;
  const edits = fix && mappedEdits(fix.edits, rendered);
  const mends = fix && edits && isMended(rendered, fix.edits, edits, again) ? { fix: { ...fix, edits } } : {};
  const { place, related: besides } = placed(report, rendered, edits, "fix" in mends);
  const related = [...report.related.map((one) => ({ ...one, place: mappedPlace(rendered, one.place).place })), ...besides];
  const superseded = report.superseded.map((one) => mappedReport(one, rendered));
  const message = withFiles(report.message, place.source, related.map((one) => one.place));
  return { ...rest, message, place, related, superseded, ...mends };
}

/** Where the values are as they should be and it is the template that has to change, the finding stands there. */
function placed({ rule, place }: Report, rendered: Rendered, edits: readonly Edit[] | undefined, isMended: boolean): MappedPlace {
  const found = mappedPlace(rendered, place);
  if (found.place.source === rendered.template) return found;
  const isOfValues = edits?.some(({ at }) => at.source !== rendered.template) === true;
  const isOfTemplate = rule === unquoted || rule === misplaced || (isOfValues && !isMended);
  return isOfTemplate ? templatePlace(rendered, place) : found;
}

/** All of them, in one file; otherwise none. */
function mappedEdits(edits: readonly Edit[], rendered: Rendered): readonly Edit[] | undefined {
  const found = edits.flatMap((edit) => mappedEdit(rendered, edit) ?? []);
  const isWhole = found.length === edits.length && new Set(found.map(({ at }) => at.source)).size === 1;
  return isWhole ? found : undefined;
}

/**
 * A template may make something else of a value than the edit means, such as a number of a text, and decide by it what it writes: values
 * are edited only where the template then writes just what was meant.
 */
function isMended(rendered: Rendered, meant: readonly Edit[], edits: readonly Edit[], again: Again): boolean {
  const [first] = edits;
  if (!first) return true;
  if (first.at.source === rendered.template) return !edits.some((edit) => isWrittenElsewhere(edit, edits));
  const { name, text } = first.at.source;
  const after = again({ name, text: applyEdits(text, edits) });
  if (!after || "limit" in after) return false;
  const wanted = { name: rendered.source.name, text: applyEdits(rendered.source.text, meant) };
  return after.source.text === wanted.text || contentOf(after.source) === contentOf(wanted);
}

/** A branch that the values switch off may write the key that is added: then the template would write it twice. */
function isWrittenElsewhere({ at: { source, start, end }, text }: Edit, edits: readonly Edit[]): boolean {
  const key = /^\s*([A-Za-z][\w-]{0,80}):/.exec(text)?.[1];
  if (start !== end || key === undefined) return false;
  const from = source.text.lastIndexOf("\n---", start) + 1;
  const next = source.text.indexOf("\n---", start);
  const keys = source.text.slice(from, next < 0 ? undefined : next).matchAll(/^[ \t]*([A-Za-z][\w-]*)(?=:)/gm);
  return [...keys].some(({ index, 0: whole, 1: name = "" }) => {
    const at = from + index + whole.length - name.length;
    return name === key && !edits.some((one) => one.at.start <= at && at < one.at.end);
  });
}

/** What a text says, however it is quoted. */
function contentOf(source: Source): string {
  return JSON.stringify(read(source, { prose: "never" }).documents.map(({ root }) => plainContent(root)));
}

function plainContent(node: Node): unknown {
  if (node.kind === "mapping") return node.entries.map(({ key, value }) => [key.text, plainContent(value)]);
  if (node.kind === "sequence") return [node.open, node.items.map(plainContent)];
  return node.kind === "scalar" ? [typeof node.value, String(node.value)] : node.kind;
}

/** Messages count the lines of the template that the finding was in; where it ends up in another file, they say which they mean. */
function withFiles(message: string, source: Source, related: readonly Place[]): string {
  return message.replace(/\bline (\d{1,9})\b/g, (line: string, count: string) => {
    const meant = related.filter((place) => lineOf(place) === Number(count));
    const [other] = meant;
    if (!other || meant.some((place) => place.source.name === source.name)) return line;
    return `${line} of ${other.source.name.slice(other.source.name.lastIndexOf("/") + 1)}`;
  });
}
