import type { Diagnostic } from "./diagnostic.js";
import type { Severity } from "./rule.js";

/** Findings that were there when somebody decided to look at new ones only. */
export interface Baseline {
  readonly version: 1;
  /** What was linted, relative to the folder of the baseline, with slashes; `-` is standard input. */
  readonly linted?: readonly string[];
  readonly findings: readonly KnownFinding[];
}

export interface KnownFinding {
  /** Relative to the folder of the baseline, with slashes. */
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly severity?: Severity;
  /** For people who read the file; it is not compared. */
  readonly message: string;
}

/** The file's text: a finding a line, in an order that does not depend on the run. */
export function baselineText(findings: readonly KnownFinding[], linted: readonly string[]): string {
  const lines = findings
    .map(({ file, rule, fingerprint, severity, message }) => JSON.stringify({ file, rule, fingerprint, severity, message }))
    .sort((a, b) => (a < b ? -1 : 1));
  return `{"version":1,"linted":${JSON.stringify(linted)},"findings":[${lines.map((line) => `\n${line}`).join(",")}\n]}\n`;
}

/** What a finding becomes in a baseline, where its file is called so. */
export function knownFinding(file: string, { rule, fingerprint, severity, message }: Diagnostic): KnownFinding {
  return { file, rule, fingerprint, severity, message };
}

/** Undefined for what is no baseline. */
export function readBaseline(text: string): Baseline | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isBaseline(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isBaseline(value: unknown): value is Baseline {
  if (!isRecord(value) || value["version"] !== 1) return false;
  const { findings, linted = [] } = value;
  if (!Array.isArray(linted) || !linted.every((one) => typeof one === "string")) return false;
  return Array.isArray(findings) && findings.every((one) => isRecord(one) && names.every((name) => typeof one[name] === "string"));
}

const names = ["file", "rule", "fingerprint", "message"] as const;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Compares the findings of a run with a baseline, file by file. */
export interface Comparison {
  /** Those that the baseline does not know. */
  readonly fresh: (file: string, diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** What the baseline knows and was not found, as far as it would have been. */
  readonly resolved: (isDue: (finding: KnownFinding) => boolean) => readonly KnownFinding[];
}

/** `isGone` says of which files nothing is left: what is known there may have another name now. */
export function compareWith({ findings }: Baseline, isGone: (file: string) => boolean): Comparison {
  const keyOf = ({ file, rule, fingerprint }: KnownFinding): string => JSON.stringify([file, rule, fingerprint]);
  const left = new Map(findings.map((one) => [keyOf(one), one]));
  const known = new Set(left.keys());
  const takeMoved = createMoved([...left.values()], isGone);
  const isKnown = (found: KnownFinding): boolean => {
    const moved = known.has(keyOf(found)) ? found : takeMoved(found);
    if (moved) left.delete(keyOf(moved));
    return moved !== undefined;
  };
  return {
    fresh: (file, diagnostics) => diagnostics.filter((diagnostic) => !isKnown(knownFinding(file, diagnostic))),
    resolved: (isDue) => [...left.values()].filter(isDue),
  };
}

/** Each finding of a file that is gone stands for one that is found elsewhere, since a fingerprint holds no name of a file. */
function createMoved(
  findings: readonly KnownFinding[],
  isGone: (file: string) => boolean,
): (found: KnownFinding) => KnownFinding | undefined {
  const alike = new Map<string, KnownFinding[]>();
  const keyOf = ({ rule, fingerprint }: KnownFinding): string => `${rule} ${fingerprint}`;
  for (const one of findings) {
    const others = alike.get(keyOf(one));
    if (others) others.push(one);
    else alike.set(keyOf(one), [one]);
  }
  return (found) => {
    const candidates = alike.get(keyOf(found)) ?? [];
    const at = candidates.findIndex(({ file }) => isGone(file));
    return at < 0 ? undefined : candidates.splice(at, 1)[0];
  };
}
