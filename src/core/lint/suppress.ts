import type { Document, ReadResult } from "../read/document.js";
import { closest } from "../api/similar.js";
import type { Edit } from "../text/edit.js";
import type { Place, Source } from "../text/place.js";
import type { Report } from "./diagnostic.js";
import { holds, type Ignore, type IgnoredId, ignoresIn } from "./ignore.js";
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

function complaintsAbout(one: ActiveIgnore, content: ReadResult, input: SuppressInput): readonly Report[] {
  const { ignore, expired } = one;
  const say = (rule: string, place: Place, message: string, fix?: Report["fix"]): readonly Report[] => {
    const known = input.rules.find(({ id }) => id === rule);
    const severity = known ? levelOf(known, input.settings) : "off";
    return severity === "off" ? [] : [{ rule, severity, message, place, related: [], superseded: [], ...(fix ? { fix } : {}) }];
  };
  if (ignore.until && expired) {
    const fix = ignore.gone && { title: "remove the expired suppression", safe: false, edits: [ignore.gone] };
    return say("expired-suppression", ignore.until.place, `this suppression held until ${ignore.until.text}; mend what it hid or set a new date`, fix);
  }
  const date = ignore.until && ignore.until.end === undefined ? ignore.until : undefined;
  const malformed = date ? say("expired-suppression", date.place, `until=${date.text} is no date; write until=YYYY-MM-DD`) : [];
  if (ignore.ids.length === 0) return [...malformed, ...say("unused-suppression", ignore.place, "this suppression names no rule; write the ids behind it")];
  const unused = ignore.ids.flatMap((id) => {
    const complaint = complaintAbout(id, one, content, input);
    return complaint ? say("unused-suppression", id.place, complaint.message, complaint.fix) : [];
  });
  return [...malformed, ...unused];
}

interface Complaint {
  readonly message: string;
  readonly fix?: Report["fix"];
}

function complaintAbout(ignored: IgnoredId, one: ActiveIgnore, content: ReadResult, { rules, settings }: SuppressInput): Complaint | undefined {
  const { ignore, used } = one;
  const { id, place } = ignored;
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) return unknownRule(id, place, rules);
  if (used.has(id) || !isJudged(rule, ignore, content, settings)) return undefined;
  const edit = withoutId(ignored, ignore);
  const fix = edit && { title: `remove the suppression of ${id}`, safe: true, edits: [edit] };
  return { message: `${id} reports nothing here; remove its suppression`, fix };
}

function unknownRule(id: string, place: Place, rules: readonly AnyRule[]): Complaint {
  const near = closest(id, rules.map((rule) => rule.id));
  if (near === undefined) return { message: `there is no rule ${id}; kronlint rules lists them` };
  return { message: `there is no rule ${id}; did you mean ${near}?`, fix: { title: `suppress ${near}`, safe: false, edits: [{ at: place, text: near }] } };
}

/**
 * Whether the rule had its say where the suppression reaches. A template or a patch hides what is found once it is
 * rendered, a text that does not parse hides everything.
 */
function isJudged(rule: AnyRule, ignore: Ignore, { documents, problems }: ReadResult, settings: FileSettings): boolean {
  if (rule.from === "engine" || levelOf(rule, settings) === "off") return false;
  if (!rule.from && !rule.cronJob && !rule.job && !rule.podTemplate && !rule.container) return false;
  if (problems.some((problem) => problem.rule !== "duplicate-yaml-key")) return false;
  const near = documents.filter((document) => document === ignore.document || holds(document.place, ignore.place));
  const concerned = near.length > 0 ? near : documents;
  return concerned.every(({ template, patch, origin }) => {
    return !template && !patch && (origin === "manifest" || settings.adviceInProse || rule.severity !== "info");
  });
}

/** The id with its comma, or the whole suppression when it is the only one. */
function withoutId({ place }: IgnoredId, { ids, gone }: Ignore): Edit | undefined {
  if (ids.length === 1) return gone;
  const index = ids.findIndex((one) => one.place.start === place.start);
  const next = ids[index + 1]?.place.start;
  const before = ids[index - 1]?.place.end;
  const source: Source = place.source;
  return { at: { source, start: next === undefined ? (before ?? place.start) : place.start, end: next ?? place.end }, text: "" };
}
