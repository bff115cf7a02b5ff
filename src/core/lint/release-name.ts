import type { Chart } from "../render/helm/chart.js";
import { read } from "../read/read.js";
import type { Place, Source } from "../text/place.js";
import { activeRules } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import { byPreset, findingSeverity } from "./levels.js";
import { mappedPlace } from "./rendered-place.js";
import type { LintInput } from "./run.js";
import { suppress } from "./suppress.js";

// As rules/name-too-long.ts has them.
const longest: Readonly<Record<string, number>> = { CronJob: 52, Job: 63 };
/** Helm refuses a longer one: https://github.com/helm/helm/blob/v4.0.0/pkg/chart/v2/util/validate_name.go */
const longestRelease = 53;
/** Names of people's releases are rarely longer. */
const comfortable = 20;

/** What a template writes when the release has this name. */
export type Named = (release: string) => ReturnType<Chart["render"]>;

/** How much of an object's name is left to a release whose name nobody knows yet, where that is less than a release may have. */
export function releaseNameReports(template: Source, named: Named, input: LintInput): readonly Report[] {
  const long = named("r".repeat(longestRelease));
  const names = long && "source" in long ? namesIn(long.source) : [];
  if (!long || !("source" in long) || !names.some(({ kind, text }) => text.length > (longest[kind] ?? Infinity))) return [];
  const short = named("r");
  const others = short && "source" in short ? namesIn(short.source) : [];
  const found = names.flatMap((name, index): readonly (Report & { readonly room: number })[] => {
    const room = roomOf(name, others[index]);
    const said = room === undefined ? undefined : words(room, name.kind, input);
    if (said === undefined) return [];
    const { place, related } = mappedPlace(long, name.place);
    return [{ room: room ?? 0, rule: "name-too-long", ...said, place, object: { kind: name.kind }, related, superseded: [] }];
  });
  // Of several in one place, the longest is said.
  found.sort((a, b) => a.room - b.room);
  const here = found.filter(({ place }) => place.source === template);
  return here.length === 0 ? found : [...found.filter(({ place }) => place.source !== template), ...heard(here, template, input)];
}

interface ObjectName {
  readonly kind: string;
  readonly text: string;
  readonly place: Place;
}

const kindLine = /^kind:[ \t]*["']?(CronJob|Job)\b/m;
const metadataLine = /^metadata:[ \t]*(?:#.*)?\r?$/m;
const nameLine = /^([ \t]+)name:[ \t]*["']?([\w.-]+)/;

/** The names of Jobs and CronJobs, one a document. Lines are enough: what is not written as everybody writes it is left out. */
function namesIn(source: Source): readonly ObjectName[] {
  const found: ObjectName[] = [];
  let offset = 0;
  for (const text of source.text.split(/^(?=---)/m)) {
    const kind = kindLine.exec(text)?.[1];
    const name = kind === undefined ? undefined : nameIn(text);
    if (kind !== undefined && name) {
      const start = offset + name.start;
      found.push({ kind, text: name.text, place: { source, start, end: start + name.text.length } });
    }
    offset += text.length;
  }
  return found;
}

/** `name` among the first level below `metadata`. */
function nameIn(document: string): { readonly text: string; readonly start: number } | undefined {
  const head = metadataLine.exec(document);
  if (!head) return undefined;
  let start = head.index + head[0].length + 1;
  let indent: number | undefined;
  for (const line of document.slice(start).split("\n")) {
    const column = line.search(/\S/);
    if (column === 0) return undefined;
    if (column > 0 && line[column] !== "#") indent ??= column;
    const [whole = "", blanks, text] = nameLine.exec(line) ?? [];
    if (text !== undefined && blanks?.length === indent) return { text, start: start + whole.length - text.length };
    start += line.length + 1;
  }
  return undefined;
}

/** Undefined where every release fits. */
function roomOf({ kind, text }: ObjectName, short: ObjectName | undefined): number | undefined {
  const most = longest[kind];
  if (most === undefined || short?.kind !== kind || text.length <= most) return undefined;
  if (short.text.length >= text.length) return undefined;
  return most - (short.text.length - 1);
}

function words(room: number, kind: string, { rules, settings }: LintInput): Pick<Report, "severity" | "message"> | undefined {
  const active = activeRules(rules, settings);
  const [rule, level] = [active.byId.get("name-too-long"), active.levels.get("name-too-long")];
  if (!rule || !level) return undefined;
  const severity = byPreset(findingSeverity(rule, room < comfortable ? "warning" : "info", level), rule.id, settings);
  if (severity === undefined) return undefined;
  const left = room > 0 ? `a release whose name has more than ${String(room)} characters is rejected` : "every release is rejected";
  const limit = `a ${kind}'s name may have ${String(longest[kind])} characters`;
  return { severity, message: `${limit}, so ${left}; shorten the rest of it, or cut it off with trunc` };
}

/** Comments in the template suppress it as they do what a rule says. */
function heard(reports: readonly Report[], template: Source, input: LintInput): readonly Report[] {
  if (!template.text.includes("kronlint")) return reports;
  const content = read(template, { prose: "never" });
  return suppress(reports, content, { settings: input.settings, rules: input.rules }).kept.filter(({ rule }) => rule === "name-too-long");
}
