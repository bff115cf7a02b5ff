import { isSingle, versionsOf, versionsText } from "../api/versions.js";
import { overlaps, type Place } from "../text/place.js";
import { weightOf } from "./severity.js";
import type { ActiveRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import type { AnyRule } from "./rule.js";

/**
 * One finding per mistake: where two rules speak about one cause, the one that says more stays, and carries along what
 * gave way. That the server rejects the object stays true: the sharper text takes over the higher severity, unless the
 * settings say how loud it is.
 */
export function withoutSuperseded(reports: readonly Report[], { byId, named }: Pick<ActiveRules, "byId" | "named">): readonly Report[] {
  if (reports.length < 2) return reports;
  const gone = new Map<Report, Report>();
  const weaker = reportsByRule(reports);
  for (const sharper of reports) {
    const rule = byId.get(sharper.rule);
    if (!rule?.supersedes && !rule?.outranks) continue;
    for (const other of weaker(rule, sharper)) {
      if (other !== sharper && gone.get(sharper) !== other && !gone.has(other) && givesWay(other, sharper, rule)) gone.set(other, sharper);
    }
  }
  if (gone.size === 0) return reports;
  const superseded = grouped(gone.keys(), (one) => survivor(one, gone));
  return reports.filter((report) => !gone.has(report)).map((report) => takingOver(report, superseded.get(report) ?? [], named));
}

/** What might give way to a finding: by rule, and, where only its own field or place counts, by those. */
function reportsByRule(reports: readonly Report[]): (rule: AnyRule, sharper: Report) => readonly Report[] {
  const all = grouped(reports, ({ rule }) => rule);
  const atPath = grouped(reports, keyOf);
  const atPlace = grouped(reports, placeKeyOf);
  const outranking = new Set<string>();
  return (rule, { path, place }) => {
    const superseded = (rule.supersedes ?? []).flatMap((id) => {
      if (path === undefined) return all.get(id) ?? [];
      const alike = [atPath.get(keyOf({ rule: id, path })), atPath.get(id), atPlace.get(placeKeyOf({ rule: id, place }))];
      return alike.flatMap((found) => found ?? []);
    });
    // What the first finding of a rule outranks in an object need not be asked again by the next.
    const outranked = outranking.has(rule.id) ? [] : (rule.outranks ?? []).flatMap((id) => all.get(id) ?? []);
    outranking.add(rule.id);
    return [...superseded, ...outranked];
  };
}

function keyOf({ rule, path }: { readonly rule: string; readonly path?: string }): string {
  return path === undefined ? rule : `${rule} ${path}`;
}

function placeKeyOf({ rule, place: { start, end } }: { readonly rule: string; readonly place: Place }): string {
  return `${rule} ${String(start)} ${String(end)}`;
}

function grouped<Key, Item>(items: Iterable<Item>, keyFor: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyFor(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function givesWay(other: Report, sharper: Report, rule: AnyRule): boolean {
  if (rule.outranks?.includes(other.rule) && other.document === sharper.document) return true;
  if (!rule.supersedes?.includes(other.rule)) return false;
  if (other.path !== undefined && sharper.path !== undefined) {
    // The server names what it makes of a value, such as a label of the name, by another path.
    return other.document === sharper.document && (other.path === sharper.path || isSamePlace(other.place, sharper.place));
  }
  return overlaps(other.place, sharper.place);
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.source === other.source && one.start === other.start && one.end === other.end;
}

/** Something said of versions: "from 1.29 on", "1.24 to 1.28 refuse it". What a remedy needs is another matter. */
const namesVersions = /\b(?:from|before|until|since|in) 1\.\d|\b1\.\d+ (?:to|and) 1\.\d|\b1\.\d+ (?:rejects?|refuses?)\b/;

/** Which minors reject, as far as what gave way said that not all do, and the message does not. */
function rejecting(message: string, superseded: readonly Report[]): string {
  const minors = superseded.flatMap(({ rejectedBy }) => rejectedBy ?? []);
  const isPart = minors.length > 0 && superseded.every(({ rejectedBy, severity }) => rejectedBy !== undefined || severity !== "error");
  if (!isPart || namesVersions.test(message)) return message;
  const versions = versionsOf(minors);
  return `${message} (${versionsText(versions)} ${isSingle(versions) ? "rejects" : "reject"} it)`;
}

function takingOver(report: Report, superseded: readonly Report[], named: ReadonlySet<string>): Report {
  if (superseded.length === 0) return report;
  const message = rejecting(report.message, superseded);
  if (named.has(report.rule)) return { ...report, message, superseded };
  const severities = superseded.filter(weighs).map(({ severity }) => severity);
  const heaviest = severities.reduce((most, one) => (weightOf(one) > weightOf(most) ? one : most), report.severity);
  return { ...report, message, severity: heaviest, superseded };
}

/** The server's own warnings have one weight, whatever they are about: who says more of one says also how bad it is. */
function weighs({ rule }: Report): boolean {
  return rule !== "server-warning";
}

/** Follows a chain of rules that each gave way to the next. */
function survivor(report: Report, gone: ReadonlyMap<Report, Report>): Report {
  const seen = new Set<Report>();
  let last = report;
  for (let next = gone.get(last); next && !seen.has(next); next = gone.get(last)) {
    seen.add(next);
    last = next;
  }
  return last;
}
