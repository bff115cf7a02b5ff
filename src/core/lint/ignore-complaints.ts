import { closest } from "../api/similar.js";
import type { Document, ReadResult } from "../read/document.js";
import type { Edit } from "../text/edit.js";
import type { Place } from "../text/place.js";
import type { Report } from "./diagnostic.js";
import { type Ignore, type IgnoredId, mostIds, type Until } from "./ignore.js";
import { levelOf } from "./levels.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings } from "./settings.js";

export interface Complaint extends Pick<Report, "message" | "place" | "fix"> {
  readonly rule: "unused-suppression" | "expired-suppression";
}

/** A suppression after all findings have passed it. */
export interface Outcome {
  readonly ignore: Ignore;
  readonly expired: boolean;
  /** Rules of which it held back a finding. */
  readonly isUsed: (id: string) => boolean;
}

export interface Circumstances {
  readonly content: ReadResult;
  readonly documentAt: (place: Place) => Document | undefined;
  /** All rules that there are, by id. */
  readonly rules: ReadonlyMap<string, AnyRule>;
  readonly settings: FileSettings;
}

/** What is wrong with a suppression: its day, its ids, or that it does nothing. */
export function complaints({ ignore, expired, isUsed }: Outcome, circumstances: Circumstances): readonly Complaint[] {
  const { until, ids, place } = ignore;
  if (until && expired) return [past(until, ignore.gone)];
  const malformed = until && until.end === undefined ? [noDate(until)] : [];
  if (ids.length === 0) return [...malformed, unused(place, "this suppression names no rule; write the ids behind it")];
  const more = ignore.hasMoreIds ? [unused(place, `this suppression names more than ${mostIds} rules; those behind them are not obeyed`)] : [];
  return [...malformed, ...more, ...ids.flatMap((id) => (isUsed(id.id) ? [] : complaintAbout(id, ignore, circumstances)))];
}

function past({ text, place }: Until, gone: Edit | undefined): Complaint {
  const message = `this suppression held until ${text}; mend what it hid or set a new date`;
  const complaint = { rule: "expired-suppression", place, message } as const;
  return gone ? { ...complaint, fix: { title: "remove the expired suppression", safe: false, edits: [gone] } } : complaint;
}

function noDate({ text, place }: Until): Complaint {
  return { rule: "expired-suppression", place, message: `until=${text} is no date; write until=YYYY-MM-DD` };
}

function unused(place: Place, message: string, fix?: Report["fix"]): Complaint {
  return { rule: "unused-suppression", place, message, ...(fix ? { fix } : {}) };
}

function complaintAbout(ignored: IgnoredId, ignore: Ignore, circumstances: Circumstances): readonly Complaint[] {
  const { id, place } = ignored;
  const { rules } = circumstances;
  const rule = rules.get(id);
  if (!rule) return [unknownRule(ignored, rules)];
  if (!isJudged(rule, ignore, circumstances)) return [];
  const edit = withoutId(ignored, ignore);
  const fix = edit && { title: `remove the suppression of ${id}`, safe: true, edits: [edit] };
  return [unused(place, `${id} reports nothing here; remove its suppression`, fix)];
}

function unknownRule({ id, place }: IgnoredId, rules: ReadonlyMap<string, AnyRule>): Complaint {
  const near = closest(id, rules.keys());
  if (near === undefined) return unused(place, `there is no rule ${id}; kronlint rules lists them`);
  const fix = { title: `suppress ${near}`, safe: false, edits: [{ at: place, text: near }] };
  return unused(place, `there is no rule ${id}; did you mean ${near}?`, fix);
}

/**
 * Whether the rule had its say where the suppression reaches. A template or a patch hides what is found once it is
 * rendered, a text that does not parse hides everything.
 */
function isJudged(rule: AnyRule, ignore: Ignore, { content, documentAt, settings }: Circumstances): boolean {
  const { documents, problems } = content;
  if (rule.from === "engine" || levelOf(rule, settings) === "off") return false;
  if (!rule.from && !rule.cronJob && !rule.job && !rule.podTemplate && !rule.container) return false;
  if (problems.some((problem) => problem.rule !== "duplicate-yaml-key")) return false;
  const near = ignore.document ?? documentAt(ignore.place);
  const concerned = near ? [near] : documents;
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
  const { source } = place;
  return { at: { source, start: next === undefined ? (before ?? place.start) : place.start, end: next ?? place.end }, text: "" };
}
