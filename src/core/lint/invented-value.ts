import type { Report } from "./diagnostic.js";

const strays: ReadonlySet<string> = new Set(["misplaced-field", "unknown-field"]);

/**
 * Takes away the fix that would write a field with a value of our own, where the author wrote that field, though at a
 * wrong place of the same object: the author's value is the one to keep.
 */
export function withoutInvented(reports: readonly Report[]): readonly Report[] {
  const written = new Set(reports.filter(({ rule }) => strays.has(rule)).map(({ path = "" }) => path.slice(path.lastIndexOf(".") + 1)));
  if (written.size === 0) return reports;
  return reports.map((report) => {
    if (strays.has(report.rule) || !report.fix?.edits.some(({ at, text }) => at.start === at.end && writes(text, written))) return report;
    const { fix: _, ...rest } = report;
    return rest;
  });
}

function writes(text: string, keys: ReadonlySet<string>): boolean {
  return [...text.matchAll(/([\w-]+)["']?:/g)].some(([, key = ""]) => keys.has(key));
}
