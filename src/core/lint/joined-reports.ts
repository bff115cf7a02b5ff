import type { Report } from "./diagnostic.js";
import type { FileReport } from "./run.js";

/** What several found in one file. What one of them suppresses is of use, whatever the others say. */
export function joinedReports(all: readonly FileReport[]): FileReport {
  const [only] = all;
  if (only && all.length === 1) return only;
  const suppressed = all.flatMap((one) => one.suppressed);
  const isUsed = ({ rule, message, place }: Report): boolean =>
    rule === "unused-suppression" && suppressed.some((one) => message.includes(one.rule) && one.place.source.name === place.source.name);
  const seen = new Set<string>();
  const isNew = ({ rule, place: { start, end }, path = "", message }: Report): boolean => {
    const key = JSON.stringify([rule, start, end, path, message]);
    const isKnown = seen.has(key);
    seen.add(key);
    return !isKnown;
  };
  return {
    reports: all.flatMap(({ reports }) => reports).filter((one) => !isUsed(one) && isNew(one)).sort(byOffset),
    suppressed,
    objects: all.reduce((sum, { objects }) => sum + objects, 0),
    facts: all.flatMap(({ facts }) => facts),
    failures: all.flatMap(({ failures }) => failures),
  };
}

function byOffset(a: Report, b: Report): number {
  return a.place.start - b.place.start || a.place.end - b.place.end || (a.rule < b.rule ? -1 : 1);
}
