import type { Diagnostic } from "../lint/diagnostic.js";

/** What a run found, in numbers. */
export interface Summary {
  readonly files: number;
  /** Jobs and CronJobs that were judged. */
  readonly objects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Findings that `--fix` mends. */
  readonly fixable: number;
  /** Findings that only `--fix --unsafe` mends. */
  readonly unsafelyFixable: number;
}

export const nothing: Summary = { files: 0, objects: 0, errors: 0, warnings: 0, notes: 0, fixable: 0, unsafelyFixable: 0 };

/** The sum with the findings of one more part of the run. */
export function counted(sum: Summary, diagnostics: readonly Diagnostic[], part: Pick<Summary, "files" | "objects">): Summary {
  const number = (wanted: (one: Diagnostic) => boolean): number => diagnostics.filter(wanted).length;
  return {
    files: sum.files + part.files,
    objects: sum.objects + part.objects,
    errors: sum.errors + number((one) => one.severity === "error"),
    warnings: sum.warnings + number((one) => one.severity === "warning"),
    notes: sum.notes + number((one) => one.severity === "info"),
    fixable: sum.fixable + number((one) => one.fix?.safe === true),
    unsafelyFixable: sum.unsafelyFixable + number((one) => one.fix?.safe === false),
  };
}

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `2 errors, 1 warning in 12 objects, 5 files; 2 fixable with --fix`. */
export function summaryLine(summary: Summary): string {
  const { files, objects, errors, warnings, notes, fixable, unsafelyFixable } = summary;
  const counts = [count(errors, "error"), count(warnings, "warning"), count(notes, "note")].filter((text) => text !== "");
  const found = counts.length === 0 ? "no findings" : counts.join(", ");
  const mendable = [
    fixable > 0 ? `${fixable} fixable with --fix` : "",
    unsafelyFixable > 0 ? `${unsafelyFixable}${fixable > 0 ? " more" : " fixable"} with --fix --unsafe` : "",
  ].filter((text) => text !== "");
  const read = `${found} in ${plural(objects, "object")}, ${plural(files, "file")}`;
  return mendable.length === 0 ? read : `${read}; ${mendable.join(", ")}`;
}

function count(number: number, noun: string): string {
  return number === 0 ? "" : plural(number, noun);
}
