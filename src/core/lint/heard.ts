import type { Document } from "../read/document.js";
import type { Node, ScalarNode } from "../read/node.js";
import { read } from "../read/read.js";
import { parseFragment } from "../read/yaml-document.js";
import type { Place, Source } from "../text/place.js";
import { activeRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import type { FileReport, LintInput } from "./run.js";
import { type Sorted, suppress } from "./suppress.js";

type Heard = Pick<FileReport, "reports" | "suppressed">;

/** Comments in a values file suppress what stands there. */
export function heard(found: readonly Report[], source: Source, input: LintInput): Heard {
  const document = valuesDocument(source, source.text);
  if (!document) return { reports: found, suppressed: [] };
  const placed = found.map((report) => ({ ...report, place: { ...report.place, source }, document }));
  return withoutComplaints(suppressedIn(document, placed, input));
}

/** Those of a manifest that installs a chart too, around its values and in a text that holds them. What is off there is not said. */
export function heardInInstaller(found: readonly Report[], source: Source, input: LintInput): Heard {
  const { levels } = activeRules(input.rules, input.settings);
  const reports = found.filter(({ rule }) => levels.has(rule)).map((report) => ({ ...report, place: { ...report.place, source } }));
  if (!source.text.includes("kronlint")) return { reports, suppressed: [] };
  const content = read(source, { kinds: installers, prose: "never" });
  const placed = reports.map(({ document: _, ...report }): Report => {
    const document = content.documents.find(({ root }) => holds(root.place, report.place));
    return document ? { ...report, document } : report;
  });
  const around = withoutComplaints(suppress(placed, content, { settings: input.settings, rules: input.rules }));
  const inner = around.reports.map((report) => inText(report, source, input));
  return { reports: inner.flatMap((one) => one.reports), suppressed: [...around.suppressed, ...inner.flatMap((one) => one.suppressed)] };
}

const installers = ["Application", "ApplicationSet", "HelmRelease"];

/** A text that holds values is a values file, lines that are not its own left blank. */
function inText(report: Report, source: Source, input: LintInput): Heard {
  const scalar = report.document && textAround(report.document.root, report.place);
  if (!scalar) return { reports: [report], suppressed: [] };
  const { start, end } = scalar.place;
  const from = source.text.indexOf("\n", start) + 1;
  const blank = (text: string): string => text.replace(/[^\r\n]/g, " ");
  const text = `${blank(source.text.slice(0, from))}${source.text.slice(from, end)}${blank(source.text.slice(end))}`;
  const document = valuesDocument(source, text);
  return document ? withoutComplaints(suppressedIn(document, [{ ...report, document }], input)) : { reports: [report], suppressed: [] };
}

function textAround(node: Node, place: Place): ScalarNode | undefined {
  if (!holds(node.place, place)) return undefined;
  if (node.kind === "scalar") return node.style === "literal" ? node : undefined;
  const inner = node.kind === "sequence" ? node.items : node.kind === "mapping" ? node.entries.map(({ value }) => value) : [];
  for (const one of inner) {
    const found = textAround(one, place);
    if (found) return found;
  }
  return undefined;
}

function holds(outer: Place, inner: Place): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** `text` is that of the source, parts of which may be blank. */
function valuesDocument(source: Source, text: string): Document | undefined {
  const parsed = text.includes("kronlint") ? parseFragment({ source, start: 0, end: text.length, text, holes: [] }) : undefined;
  if (parsed?.root?.kind !== "mapping") return undefined;
  const place = { source, start: 0, end: text.length };
  const { root, comments } = parsed;
  return { source, root, place, patch: true, origin: "manifest", template: false, comments };
}

function suppressedIn(document: Document, reports: readonly Report[], { settings, rules }: LintInput): Sorted {
  return suppress(reports, { documents: [document], problems: [], comments: [] }, { settings, rules });
}

/** Whether a suppression is of use, only all of the chart's templates together could tell. */
function withoutComplaints({ kept, suppressed }: Sorted): Heard {
  return { reports: kept.filter(({ rule }) => rule !== "unused-suppression"), suppressed };
}
