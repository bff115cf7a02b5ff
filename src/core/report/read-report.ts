import type { Diagnostic } from "../lint/diagnostic.js";
import type { ShardName } from "./reporter.js";
import type { Summary } from "./summary.js";

/** What `--format json` writes: `schemas/report.schema.json`. */
export interface Report {
  readonly version: 1;
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: Summary;
  readonly shard?: ShardName;
}

/** Undefined for what is no report of this version. */
export function readReport(text: string): Report | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isReport(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isReport(value: unknown): value is Report {
  if (!isRecord(value) || value["version"] !== 1) return false;
  const { diagnostics, summary, shard } = value;
  return areAll(diagnostics, isDiagnostic) && isRecord(summary) && hasCounts(summary, counts) && (shard === undefined || isShard(shard));
}

const counts = ["files", "objects", "errors", "warnings", "notes", "fixable", "unsafelyFixable"];
const positions = ["line", "column", "endLine", "endColumn", "start", "end"];
const severities: readonly unknown[] = ["error", "warning", "info"];

function isShard(value: unknown): boolean {
  return isRecord(value) && hasCounts(value, ["part", "of"]);
}

function isDiagnostic(value: unknown): boolean {
  if (!isSpan(value) || !hasTexts(value, ["rule", "message", "url", "fingerprint"])) return false;
  const { severity, path, object, related, superseded, fix } = value;
  const isNamed = (path === undefined || typeof path === "string") && (object === undefined || isObjectName(object));
  const isFixed = fix === undefined || isFix(fix);
  return severities.includes(severity) && isNamed && isFixed && areAll(related, isRelated) && areAll(superseded, isSuperseded);
}

function isObjectName(value: unknown): boolean {
  if (!isRecord(value) || typeof value["kind"] !== "string") return false;
  return ["namespace", "name"].every((key) => value[key] === undefined || typeof value[key] === "string");
}

function isRelated(value: unknown): boolean {
  return isSpan(value) && hasTexts(value, ["message"]);
}

function isSuperseded(value: unknown): boolean {
  return isRecord(value) && hasTexts(value, ["rule", "message"]);
}

function isFix(value: unknown): boolean {
  if (!isRecord(value) || !hasTexts(value, ["title"]) || typeof value["safe"] !== "boolean") return false;
  return areAll(value["edits"], (one) => isSpan(one) && hasTexts(one, ["text"]));
}

function isSpan(value: unknown): value is Fields {
  return isRecord(value) && hasTexts(value, ["file"]) && hasCounts(value, positions);
}

function areAll(value: unknown, test: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(test);
}

function hasTexts(value: Fields, keys: readonly string[]): boolean {
  return keys.every((key) => typeof value[key] === "string");
}

function hasCounts(value: Fields, keys: readonly string[]): boolean {
  return keys.every((key) => Number.isSafeInteger(value[key]) && Number(value[key]) >= 0);
}
