import { applyEdits, type Edit } from "../text/edit.js";
import type { Source } from "../text/place.js";
import type { Report } from "./diagnostic.js";

export interface FixOptions {
  /** Also fixes that change what the cluster does. */
  readonly unsafe: boolean;
}

export interface FixResult {
  readonly output: string;
  /** In the order in which they were mended; their places are those of the text at that time. */
  readonly applied: readonly Report[];
  /** What is still found in `output`. */
  readonly remaining: readonly Report[];
}

/** Each round mends what does not touch; more rounds than this only a fix needs that undoes another. */
const mostRounds = 10;

/** Findings that say the text cannot be read as it stands: no fix may bring a new one. */
const reading = ["yaml-syntax", "unreadable-input", "duplicate-yaml-key"] as const;

/**
 * Mends a text until nothing more can be mended. A fix is applied whole or not at all; one that breaks the text is left
 * out, and a text that was there before ends the work.
 */
export function fixText(source: Source, lint: (source: Source) => readonly Report[], options: FixOptions): FixResult {
  const state: State = { source, reports: lint(source), applied: [], refused: new Set() };
  const seen = new Set([source.text]);
  for (let round = 0; round < mostRounds; round++) {
    const refusals = state.refused.size;
    const next = mended(state, chooseFixes(firstThings(state.reports.filter((report) => canMend(report, state, options)))), lint);
    if (!next && state.refused.size > refusals) continue;
    if (!next || seen.has(next.source.text)) break;
    seen.add(next.source.text);
    Object.assign(state, next);
  }
  return { output: state.source.text, applied: state.applied, remaining: state.reports };
}

interface State {
  source: Source;
  reports: readonly Report[];
  applied: readonly Report[];
  /** Fixes that broke the text. */
  readonly refused: Set<string>;
}

type Next = Pick<State, "source" | "reports" | "applied">;

function canMend(report: Report, { source, refused }: State, { unsafe }: FixOptions): boolean {
  const { fix } = report;
  if (!fix || (!fix.safe && !unsafe) || refused.has(identity(report))) return false;
  return fix.edits.every(({ at }) => at.source.name === source.name) && changesSomething(fix.edits) && !meetsItself(fix.edits);
}

function identity({ rule, path, message, fix }: Report): string {
  return JSON.stringify([rule, path, message, fix?.title]);
}

/** The text after all of the fixes; where that breaks it, after those that do not break it. */
function mended(state: State, chosen: readonly Report[], lint: (source: Source) => readonly Report[]): Next | undefined {
  if (chosen.length === 0) return undefined;
  const all = tried(state, chosen, lint);
  if (all) return all;
  let best: Next | undefined;
  let good: readonly Report[] = [];
  for (const report of chosen) {
    const next = tried(state, [...good, report], lint);
    if (next) [best, good] = [next, [...good, report]];
    else state.refused.add(identity(report));
  }
  return best;
}

function tried(state: State, chosen: readonly Report[], lint: (source: Source) => readonly Report[]): Next | undefined {
  const edits = chosen.flatMap(({ fix }) => fix?.edits ?? []);
  const source = { name: state.source.name, text: applyEdits(state.source.text, edits) };
  const reports = lint(source);
  if (breaks(reports, state.reports, chosen)) return undefined;
  return { source, reports, applied: [...state.applied, ...chosen] };
}

/** What makes a text readable goes first, alone: what comes to light then was there before, and is no other fix's fault. */
function firstThings(reports: readonly Report[]): readonly Report[] {
  const readable = reports.filter(isAboutReading);
  return readable.length > 0 ? readable : reports;
}

function isAboutReading({ rule, superseded }: Report): boolean {
  return reading.some((one) => one === rule || superseded.some((other) => other.rule === one));
}

function breaks(after: readonly Report[], before: readonly Report[], chosen: readonly Report[]): boolean {
  const risen = reading.filter((rule) => count(after, rule) > count(before, rule));
  if (risen.length === 0) return false;
  const mendsSyntax = chosen.every(isAboutReading) && count(after, "yaml-syntax") < count(before, "yaml-syntax");
  return !mendsSyntax || risen.some((rule) => rule !== "duplicate-yaml-key");
}

/** Where a sharper finding took its place, it counts too. */
function count(reports: readonly Report[], rule: string): number {
  return reports.filter((report) => report.rule === rule || report.superseded.some((one) => one.rule === rule)).length;
}

/** Fixes that can be applied together, the first by place first; also over several sources. */
export function chooseFixes(reports: readonly Report[]): readonly Report[] {
  const taken: Edit[] = [];
  const chosen: Report[] = [];
  for (const report of [...reports].sort(byFirstEdit)) {
    const edits = report.fix?.edits ?? [];
    if (edits.some((edit) => taken.some((other) => touches(edit, other)))) continue;
    for (const edit of edits) taken.push(edit);
    chosen.push(report);
  }
  return chosen;
}

function byFirstEdit(a: Report, b: Report): number {
  return firstOffset(a) - firstOffset(b);
}

function firstOffset({ fix }: Report): number {
  return Math.min(...(fix?.edits ?? []).map(({ at }) => at.start));
}

/** Two insertions at one place have no order, so they touch. */
function touches(a: Edit, b: Edit): boolean {
  return a.at.source.name === b.at.source.name && a.at.start <= b.at.end && b.at.start <= a.at.end;
}

/** An edit of a value that an anchor shares is none. */
export function changesSomething(edits: readonly Edit[]): boolean {
  return edits.some(({ at, text }) => at.source.text.slice(at.start, at.end) !== text);
}

function meetsItself(edits: readonly Edit[]): boolean {
  const ordered = [...edits].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
  return ordered.some(({ at }, index) => {
    const before = ordered[index - 1];
    return before !== undefined && (at.start < before.at.end || (at.start === before.at.start && at.end === before.at.end));
  });
}
