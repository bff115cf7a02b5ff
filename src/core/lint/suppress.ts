import type { Document, ReadResult } from "../read/document.js";
import type { Report } from "./diagnostic.js";
import { type Ignore, ignoresIn } from "./ignore.js";
import { complaints } from "./ignore-complaints.js";
import { type Reach, reachOf } from "./ignore-target.js";
import { levelOf } from "./levels.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings } from "./settings.js";

export interface Suppressed {
  readonly kept: readonly Report[];
  readonly suppressed: readonly Report[];
}

export interface SuppressInput {
  readonly settings: FileSettings;
  /** All rules that there are: an id that none of them has is a slip. */
  readonly rules: readonly AnyRule[];
}

/**
 * Leaves out what comments and annotations suppress. A finding takes along what gave way to it, but a suppression of
 * what gave way does not hide the sharper finding. Adds what is wrong with the suppressions themselves.
 */
export function suppress(reports: readonly Report[], content: ReadResult, input: SuppressInput): Suppressed {
  const source = content.documents[0]?.source;
  if (!input.settings.inlineIgnore || !source?.text.includes("kronlint")) return { kept: reports, suppressed: [] };
  const ignores = ignoresIn(source, content).map((ignore) => active(ignore, content.documents, input.settings));
  if (ignores.length === 0) return { kept: reports, suppressed: [] };
  const sorted = apart(reports, ignores);
  const complaints = ignores.flatMap((ignore) => complaintsAbout(ignore, content, input));
  const own = apart(complaints, ignores);
  return { kept: [...sorted.kept, ...own.kept], suppressed: [...sorted.suppressed, ...own.suppressed] };
}

interface ActiveIgnore {
  readonly ignore: Ignore;
  readonly reaches: Reach;
  readonly expired: boolean;
  readonly used: Set<string>;
}

function active(ignore: Ignore, documents: readonly Document[], { now }: FileSettings): ActiveIgnore {
  const end = ignore.until?.end;
  return { ignore, reaches: reachOf(ignore, documents), expired: end !== undefined && now !== undefined && now >= end, used: new Set() };
}

function apart(reports: readonly Report[], ignores: readonly ActiveIgnore[]): Suppressed {
  const kept: Report[] = [];
  const suppressed: Report[] = [];
  for (const report of reports) {
    if (isSuppressed(report, ignores)) suppressed.push(report);
    else kept.push(withoutSuppressed(report, ignores));
  }
  return { kept, suppressed };
}

/** Marks every suppression that reaches the finding: of two that do the same, neither is called unused. */
function isSuppressed(report: Report, ignores: readonly ActiveIgnore[]): boolean {
  let found = false;
  for (const { ignore, reaches, expired, used } of ignores) {
    if (expired || !ignore.ids.some(({ id }) => id === report.rule) || !reaches(report)) continue;
    used.add(report.rule);
    found = true;
  }
  return found;
}

function withoutSuppressed(report: Report, ignores: readonly ActiveIgnore[]): Report {
  const superseded = report.superseded.filter((one) => !isSuppressed(one, ignores));
  return superseded.length === report.superseded.length ? report : { ...report, superseded };
}

/** What is wrong with a suppression, as far as the rules that say so are switched on. */
function complaintsAbout(one: ActiveIgnore, content: ReadResult, { rules, settings }: SuppressInput): readonly Report[] {
  return complaints(one, { content, rules, settings }).flatMap(({ rule: id, place, message, fix }) => {
    const rule = rules.find((candidate) => candidate.id === id);
    const severity = rule ? levelOf(rule, settings) : "off";
    if (severity === "off") return [];
    return [{ rule: id, severity, message, place, related: [], superseded: [], ...(fix ? { fix } : {}) }];
  });
}
