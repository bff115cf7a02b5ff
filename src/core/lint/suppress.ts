import type { ReadResult } from "../read/document.js";
import type { Report } from "./diagnostic.js";
import { type Ignore, ignoresIn } from "./ignore.js";
import { type Complaint, complaints } from "./ignore-complaints.js";
import { createTargets, type Target, type Targets } from "./ignore-target.js";
import { levelOf } from "./levels.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings } from "./settings.js";

export interface Sorted {
  readonly kept: readonly Report[];
  readonly suppressed: readonly SuppressedReport[];
}

export interface SuppressedReport extends Report {
  /** Why, in the words of who suppressed it; empty if nothing is said. */
  readonly reason: string;
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
export function suppress(reports: readonly Report[], content: ReadResult, input: SuppressInput): Sorted {
  const source = content.documents[0]?.source;
  if (!input.settings.inlineIgnore || !source?.text.includes("kronlint")) return { kept: reports, suppressed: [] };
  const targets = createTargets(content.documents);
  const { obeyed, first } = obeyedOf(ignoresIn(source, content));
  const ignores = obeyed.map((ignore) => active(ignore, targets, input.settings));
  if (ignores.length === 0) return { kept: reports, suppressed: [] };
  const held = new Map(
    ignores.flatMap(({ ignore, keys, expired }) => (expired ? [] : [...keys.values()].flat().map((key) => [key, ignore.reason] as const))),
  );
  const state = { targets, held, used: new Set<string>() };
  const sorted = apart(reports, state);
  const own = apart(allComplaints(ignores, first, state, content, input), state);
  return { kept: [...sorted.kept, ...own.kept], suppressed: [...sorted.suppressed, ...own.suppressed] };
}

/** Rules named by the suppressions of a file that are obeyed: each may lead to a finding, and no person wrote more. */
const mostInFile = 10_000;

function obeyedOf(ignores: readonly Ignore[]): { readonly obeyed: readonly Ignore[]; readonly first: Ignore | undefined } {
  let count = 0;
  const end = ignores.findIndex(({ ids }) => (count += Math.max(ids.length, 1)) > mostInFile);
  return end < 0 ? { obeyed: ignores, first: undefined } : { obeyed: ignores.slice(0, end), first: ignores[end] };
}

interface ActiveIgnore {
  readonly ignore: Ignore;
  readonly expired: boolean;
  /** By the rule's id: the rule with each target. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

interface State {
  readonly targets: Targets;
  /** Targets with the rules that are suppressed there, and why they are. */
  readonly held: ReadonlyMap<string, string>;
  /** Those of them that held back a finding. Of two suppressions that do the same, neither is called unused. */
  readonly used: Set<string>;
}

function keyOf(target: Target, rule: string): string {
  return `${target} ${rule}`;
}

function active(ignore: Ignore, { ofIgnore }: Targets, { now }: FileSettings): ActiveIgnore {
  const end = ignore.until?.end;
  const spokenAbout = ofIgnore(ignore);
  const keys = new Map(ignore.ids.map(({ id }) => [id, spokenAbout.map((target) => keyOf(target, id))]));
  return { ignore, expired: end !== undefined && now !== undefined && now >= end, keys };
}

function apart(reports: readonly Report[], state: State): Sorted {
  const kept: Report[] = [];
  const suppressed: SuppressedReport[] = [];
  for (const report of reports) {
    const reason = suppressionOf(report, state);
    if (reason === undefined) kept.push(withoutSuppressed(report, state));
    else suppressed.push({ ...report, reason });
  }
  return { kept, suppressed };
}

/** The reason given for suppressing it; undefined where nothing does. */
function suppressionOf(report: Report, { targets, held, used }: State): string | undefined {
  const found = targets.ofReport(report).map((target) => keyOf(target, report.rule)).filter((key) => held.has(key));
  for (const key of found) used.add(key);
  const [first] = found;
  return first === undefined ? undefined : held.get(first);
}

function withoutSuppressed(report: Report, state: State): Report {
  const superseded = report.superseded.filter((one) => suppressionOf(one, state) === undefined);
  return superseded.length === report.superseded.length ? report : { ...report, superseded };
}

/** What is wrong with the suppressions, as far as the rules that say so are switched on. */
function allComplaints(
  ignores: readonly ActiveIgnore[],
  first: Ignore | undefined,
  { targets: { documentAt }, used }: State,
  content: ReadResult,
  { rules: list, settings }: SuppressInput,
): readonly Report[] {
  const rules = new Map(list.map((rule) => [rule.id, rule]));
  const found = ignores.flatMap(({ ignore, expired, keys }) => {
    const isUsed = (id: string): boolean => keys.get(id)?.some((key) => used.has(key)) === true;
    return complaints({ ignore, expired, isUsed }, { content, documentAt, rules, settings });
  });
  return [...found, ...(first ? [tooMany(first)] : [])].flatMap((complaint) => {
    const rule = rules.get(complaint.rule);
    const severity = rule ? levelOf(rule, settings) : "off";
    return severity === "off" ? [] : [{ ...complaint, severity, related: [], superseded: [] }];
  });
}

function tooMany({ place }: Ignore): Complaint {
  const message = `the suppressions above name ${mostInFile} rules; this one and those below it are not obeyed`;
  return { rule: "unused-suppression", place, message };
}
