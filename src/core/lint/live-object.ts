import type { ApiFinding } from "../api/finding.js";
import { type Level, level, text } from "../model/field.js";
import type { OtherObject } from "../model/other-object.js";
import type { Workload } from "../model/workload.js";
import type { Edit } from "../text/edit.js";
import type { Place } from "../text/place.js";
import { lineStartAt, type Report } from "./diagnostic.js";
import { recreatedBy } from "./recreated.js";
import type { FileSettings } from "./settings.js";

/**
 * What the server refuses to change in a Job that exists, by its path below the root; of completions, what is not indexed.
 * Source: ValidateJobSpecUpdate in pkg/apis/batch/validation/validation.go
 */
const fixedInJob = [
  "template", "selector", "completions", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "successPolicy", "managedBy",
];

/** Source: ValidateUpdate in https://github.com/kubernetes-sigs/jobset/blob/v0.10.1/pkg/webhooks/jobset_webhook.go */
const fixedInJobSet = ["replicatedJobs", "managedBy"];

/**
 * A mend of what cannot change is none for a Job that exists: its next apply fails. Objects that the server refuses do not exist
 * yet, and those that a tool makes anew each time have no former self.
 */
export function forLiveJob(
  reports: readonly Report[],
  workload: Workload,
  told: readonly ApiFinding[],
  settings: FileSettings,
): readonly Report[] {
  if (workload.kind !== "Job" || isRefused(told, settings) || isMadeAnew(workload, settings)) return reports;
  const isIndexed = workload.completionMode.value === "Indexed";
  const fixed = fixedInJob.filter((name) => name !== "completions" || !isIndexed);
  return withCaution(reports, workload.spec, fixed, "a Job that exists must be replaced");
}

/** The same for what makes Jobs: KEDA deletes those that run when a ScaledJob changes, unless it is told otherwise. */
export function forLiveNeighbour(reports: readonly Report[], { kind, root }: OtherObject): readonly Report[] {
  const spec = level(root, "spec");
  if (kind === "JobSet") return withCaution(reports, spec, fixedInJobSet, "a JobSet that exists must be replaced");
  if (kind !== "ScaledJob" || isGradual(spec)) return reports;
  return withCaution(reports, root, ["spec"], "KEDA then deletes the Jobs that run");
}

function isGradual(spec: Level): boolean {
  const older = text(spec, "rolloutStrategy");
  const strategy = older.state === "absent" ? text(level(spec, "rollout"), "strategy") : older;
  return strategy.value === "gradual";
}

function isRefused(told: readonly ApiFinding[], { kubernetes }: FileSettings): boolean {
  return told.some(({ outcome, versions = kubernetes }) => outcome === "rejected" && kubernetes.every((minor) => versions.includes(minor)));
}

function isMadeAnew(workload: Workload, { delivery }: FileSettings): boolean {
  const { name, generateName } = workload.metadata;
  return (name.state === "absent" && generateName.state !== "absent") || recreatedBy(workload, delivery) !== undefined;
}

/** `names` are the entries of `parent` that are fixed. */
function withCaution(reports: readonly Report[], parent: Level, names: readonly string[], caution: string): readonly Report[] {
  return reports.map((report) => {
    const { fix } = report;
    if (!fix || isSaid(fix.title) || !fix.edits.some((edit) => changes(edit, parent, names))) return report;
    return { ...report, fix: { ...fix, safe: false, title: `${fix.title}; ${caution}` } };
  });
}

/** Some fixes are about this. */
function isSaid(title: string): boolean {
  return /must be replaced|cannot change|refuses the change|former spec/.test(title);
}

function changes(edit: Edit, { mapping }: Level, names: readonly string[]): boolean {
  if (edit.at.source !== mapping?.place.source) return false;
  const { start, end } = edit.at;
  const fixed = mapping.entries.filter(({ key }) => names.includes(key.text));
  if (fixed.some(({ key, value }) => start < value.place.end && end > key.place.start)) return true;
  if (start < end || start < mapping.place.start) return false;
  const before = mapping.entries.filter(({ key }) => key.place.start < start).at(-1);
  if (!before) return false;
  // Behind the last line of an entry, only the indentation says what a new line belongs to.
  if (indentation(edit.text) > columnOf(before.key.place)) return names.includes(before.key.text);
  return names.some((name) => new RegExp(`^[\\s,]*"?${name}"?:`).test(edit.text));
}

function indentation(text: string): number {
  return /^(?:[ \t]*\r?\n)*([ \t]*)/.exec(text)?.[1]?.length ?? 0;
}

function columnOf({ source, start }: Place): number {
  return start - lineStartAt(source, start);
}
