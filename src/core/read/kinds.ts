import type { Stretch } from "./mask.js";

/** What is looked for when nobody asks for more. */
export const batchKinds: readonly string[] = ["Job", "CronJob"];
/** What can hold them: `kubectl get -o yaml`, OpenShift. */
export const wrapperKinds: readonly string[] = ["List", "JobList", "CronJobList", "Template"];

/**
 * The kind that `Cronjob` or `jobs` is meant to be: no server knows those, but they are surely none of another group than `batch`.
 * A kind that is right is itself.
 */
export function meantKind(kind: string, apiVersion: string | undefined): "Job" | "CronJob" | undefined {
  if (kind === "Job" || kind === "CronJob") return kind;
  if (apiVersion?.startsWith("batch/") !== true) return undefined;
  return /^jobs?$/i.test(kind) ? "Job" : /^cronjobs?$/i.test(kind) ? "CronJob" : undefined;
}

const kustomization = /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/;

/** The kind of a file that need not name it: https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization */
export function impliedKind(name: string): string | undefined {
  return kustomization.test(name) ? "Kustomization" : undefined;
}

const kindField = /(["']?)\bkind\1[ \t]*:\s*["']?([A-Za-z]\w*)/g;
const firstEntry = /^([ \t]*)(?:[A-Za-z"'{[]|- )/m;

/** Whether any `kind` in the text is one of `kinds`, or may be meant to be: the cheapest question, asked first. */
export function mentions(text: string, kinds: ReadonlySet<string>): boolean {
  for (const { 2: kind = "" } of text.matchAll(kindField)) if (isOneOf(kinds, kind)) return true;
  return false;
}

function isOneOf(kinds: ReadonlySet<string>, kind: string): boolean {
  if (kinds.has(kind)) return true;
  const meant = meantKind(kind, "batch/");
  return meant !== undefined && kinds.has(meant);
}

/**
 * Whether a document is worth parsing: its own `kind`, at the column of its first entry, is one of `kinds`; where that
 * cannot be seen without parsing (`{ … }`), any `kind` counts. Costs a fraction of parsing.
 */
export function isAbout(text: string, { start, end }: Stretch, kinds: ReadonlySet<string>): boolean {
  const document = text.slice(start, end);
  const first = firstEntry.exec(document);
  if (!first) return false;
  const column = first[1]?.length ?? 0;
  const opening = document[first.index + column];
  const anywhere = opening === "{" || opening === "[";
  for (const { index, 2: kind = "" } of document.matchAll(kindField)) {
    if (isOneOf(kinds, kind) && (anywhere || standsAt(document, index, column))) return true;
  }
  return false;
}

function standsAt(document: string, index: number, column: number): boolean {
  const lineStart = index - column;
  const begins = lineStart === 0 || document[lineStart - 1] === "\n";
  return begins && document.slice(lineStart, index).trim() === "";
}
