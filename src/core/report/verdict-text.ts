import { versionsOf, versionsText } from "../api/versions.js";
import type { ObjectVerdicts, ServerVerdict, UnreadablePart, VerdictNote } from "../lint/verdicts.js";
import { deployedByText } from "./deployed-by-text.js";
import type { Palette } from "./palette.js";
import { plural } from "./summary.js";
import { visible } from "./visible.js";

/** One object: a row for each version, and below them the reasons, each with the versions that give it. */
export function verdictText(object: ObjectVerdicts, paint: Palette): string {
  return `${[...verdictRows(object, paint), ...reasonLines(object.verdicts, paint)].join("\n")}\n\n`;
}

/** Its name and a row for each version, without the reasons. */
export function verdictRows(object: ObjectVerdicts, paint: Palette): readonly string[] {
  const { file, line, kind, namespace, name = "?", deployedBy, partial, verdicts } = object;
  const title = `${visible(file)}:${line} ${kind} ${visible(namespace === undefined || namespace === "" ? name : `${namespace}/${name}`)}`;
  const note = partial ? paint.faint(" (as far as it is known: a template, a placeholder or a patch hides the rest)") : "";
  const rows = Object.entries(verdicts).map(([version, verdict]) => `  ${version}  ${row(verdict, paint)}`);
  return [paint.bold(title) + deployedByText(deployedBy, paint) + note, ...rows];
}

export function unreadableText({ file, range, message }: UnreadablePart, paint: Palette): string {
  return `${paint.bold(`${visible(file)}:${range.line}:${range.column}`)} ${paint.severity("error", "unreadable")} ${visible(message)}\n\n`;
}

function row({ accepted, stage, errors, strict, warnings, dropped, acceptedByKubectl, replacedBy }: ServerVerdict, paint: Palette): string {
  if (stage === "panic") return paint.severity("error", "rejected: the server's own code crashes");
  const kubectl =
    acceptedByKubectl === true
      ? "; kubectl create gets it accepted"
      : acceptedByKubectl === false
        ? "; kubectl create does not get it accepted"
        : "";
  const replaced = replacedBy === undefined ? "" : `; replaced by ${replacedBy}, which deletes the old one first`;
  if (!accepted) return paint.severity("error", `rejected: ${plural(reasonsIn(errors, strict), "reason")}${kubectl}`) + replaced;
  const parts = [
    ...(warnings.length > 0 ? [plural(warnings.length, "warning")] : []),
    ...(dropped.length > 0 ? [`${plural(dropped.length, "field")} dropped`] : []),
  ];
  if (parts.length === 0) return paint.good("accepted") + kubectl;
  return `${paint.good("accepted")}${paint.severity("warning", `, ${parts.join(", ")}`)}${kubectl}`;
}

/** Two checks of the server may say the same: it is one reason to a reader, and stands there once. */
function reasonsIn(errors: ServerVerdict["errors"], strict: ServerVerdict["strict"]): number {
  const said = errors.map(({ type, field, message, file, range }) => JSON.stringify([type, field, message, file, range.start]));
  return new Set([...said, ...strict.map(({ message, file, range }) => JSON.stringify([message, file, range.start]))]).size;
}

interface Line {
  readonly order: number;
  readonly text: string;
  readonly versions: string[];
}

function reasonLines(verdicts: ObjectVerdicts["verdicts"], paint: Palette): readonly string[] {
  const lines = new Map<string, Line>();
  const add = (version: string, order: number, text: string): void => {
    const known = lines.get(text);
    if (known?.versions.includes(version) === true) return;
    if (known) known.versions.push(version);
    else lines.set(text, { order, text, versions: [version] });
  };
  for (const [version, { errors, strict, warnings, dropped }] of Object.entries(verdicts)) {
    for (const { type, field, message, ...at } of errors) {
      add(version, at.range.start, located(at, paint.severity("error", "error"), [type, field, message]));
    }
    for (const { message, ...at } of strict) add(version, at.range.start, located(at, paint.severity("error", "error"), [message]));
    for (const { message, ...at } of warnings) add(version, at.range.start, located(at, paint.severity("warning", "warning"), [message]));
    for (const field of dropped)
      add(version, Infinity, `${paint.severity("warning", "dropped")} ${visible(field)}: its feature gate is off`);
  }
  const all = Object.keys(verdicts).length;
  return [...lines.values()]
    .sort((a, b) => (a.order === b.order ? 0 : a.order - b.order))
    .map(({ text, versions }) => `  ${text}${versions.length === all ? "" : paint.faint(` (${versionsText(versionsOf(versions))})`)}`);
}

function located(
  { range: { line, column }, file }: Pick<VerdictNote, "range" | "file">,
  what: string,
  parts: readonly (string | undefined)[],
): string {
  return `${file === undefined ? "" : `${visible(file)}:`}${line}:${column} ${what} ${parts.flatMap((part) => (part === undefined || part === "" ? [] : [visible(part)])).join(" ")}`;
}

/** Why some rows of a change are about a new object. */
export function oldRefusedText(refusing: readonly string[]): string {
  return `  the old manifest is itself refused by ${versionsText(versionsOf(refusing))}, where the new one is judged as a new object`;
}
