import type { Diagnostic } from "./diagnostic.js";

/** Findings that were there when somebody decided to look at new ones only. */
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly KnownFinding[];
}

export interface KnownFinding {
  /** Relative to the folder of the baseline, with slashes. */
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
  /** For people who read the file; it is not compared. */
  readonly message: string;
}

/** The file's text: a finding a line, in an order that does not depend on the run. */
export function baselineText(findings: readonly KnownFinding[]): string {
  const lines = findings
    .map(({ file, rule, fingerprint, message }) => JSON.stringify({ file, rule, fingerprint, message }))
    .sort((a, b) => (a < b ? -1 : 1));
  return `{"version":1,"findings":[${lines.map((line) => `\n${line}`).join(",")}\n]}\n`;
}

/** What a finding becomes in a baseline, where its file is called so. */
export function knownFinding(file: string, { rule, fingerprint, message }: Diagnostic): KnownFinding {
  return { file, rule, fingerprint, message };
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
  const { findings } = value;
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
  /** What the baseline knows of the files that were looked at, and no run found. */
  readonly resolved: (wasSeen: (file: string) => boolean) => readonly KnownFinding[];
}

export function compareWith({ findings }: Baseline): Comparison {
  const keyOf = ({ file, rule, fingerprint }: KnownFinding): string => JSON.stringify([file, rule, fingerprint]);
  const left = new Map(findings.map((one) => [keyOf(one), one]));
  const known = new Set(left.keys());
  return {
    fresh: (file, diagnostics) =>
      diagnostics.filter((diagnostic) => {
        const key = keyOf(knownFinding(file, diagnostic));
        left.delete(key);
        return !known.has(key);
      }),
    resolved: (wasSeen) => [...left.values()].filter(({ file }) => wasSeen(file)),
  };
}
