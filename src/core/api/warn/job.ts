import { type Check, clipped } from "../check.js";
import { dnsLabelFault } from "../names.js";
import { numberOf, objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { warnOfPodTemplate } from "./pod-template.js";
import type { Warn } from "./warn.js";

/** Source: WarningsOnCreate in pkg/registry/batch/job/strategy.go and cronjob/strategy.go of 1.27 */
const firstWithNames = 27;
/** Source: WarningsForJobSpec in pkg/api/job/warnings.go, there since 1.28 */
const firstWithIndexes = 28;
const manyCompletions = 100_000;
const manyPods = 10_000;
/** A created Job may refuse a zone in its schedule since 1.29, and then the server warns on updates only. */
const lastThatTakesZones = 28;
/** The server cuts a generateName to this length and adds five characters. Source: k8s.io/apiserver/pkg/storage/names */
const generatedBase = 58;

/** The text that begins the warning, and has no field in it that a manifest has. Source: pkg/registry/batch/cronjob/strategy.go */
const zoneBeginnings = {
  early: "CRON_TZ or TZ used in spec.spec.schedule is not officially supported",
  late: "cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead",
  link: "see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details",
} as const;

/** Names of pods are made of the name, and hostnames of those. */
export function warnOfName(check: Check, object: TypedObject, warn: Warn): void {
  const metadata = objectOf(object, "metadata");
  if (check.minor < firstWithNames || !metadata) return;
  const name = textOf(metadata, "name") ?? "";
  const base = textOf(metadata, "generateName") ?? "";
  if (metadata.fields.get("name")?.kind === "unknown" || (name === "" && base === "")) return;
  const fault = dnsLabelFault(name === "" ? `${base.slice(0, generatedBase)}00000` : name);
  const spot = { path: "metadata.name", at: spotOf(metadata, name === "" ? "generateName" : "name").at };
  const written = clipped(name === "" ? base : name);
  if (fault !== undefined) warn(spot, `${written} becomes part of pods' names and hostnames, where it ${fault}; use such a name`);
}

/** Only 1.24 knows the field and warns of it. Source: BeforeCreate and BeforeUpdate in k8s.io/apiserver/pkg/registry/rest */
const clusterNameBeginning =
  "metadata.clusterName was specified. This field is not preserved and will be removed from the schema in 1.25";

export function warnOfClusterName(object: TypedObject, warn: Warn): void {
  const metadata = objectOf(object, "metadata");
  if (metadata && textOf(metadata, "clusterName")) warn(spotOf(metadata, "clusterName"), "remove it", clusterNameBeginning);
}

/** `spec` of a Job, or of a CronJob's jobTemplate. */
export function warnOfJobSpec(check: Check, spec: TypedObject, warn: Warn): void {
  if (check.minor >= firstWithIndexes && textOf(spec, "completionMode") === "Indexed") {
    const completions = numberOf(spec, "completions") ?? 0;
    const parallelism = numberOf(spec, "parallelism") ?? 0;
    if (completions > manyCompletions && parallelism > manyPods) {
      const facts = `${String(completions)} indexes, ${String(parallelism)} at a time, are more than the server can always keep account of`;
      warn({ path: spec.path, at: spotOf(spec, "completions").at }, `${facts}; lower one of them`);
    }
  }
  const template = objectOf(spec, "template");
  if (template) warnOfPodTemplate(check, template, warn);
}

/** A zone inside the schedule. */
export function warnOfZone(check: Check, cronJob: TypedObject, isUpdate: boolean, warn: Warn): void {
  const spec = objectOf(cronJob, "spec");
  if (!spec || textOf(spec, "schedule")?.includes("TZ") !== true) return;
  const early = check.minor <= lastThatTakesZones;
  if (!early && !isUpdate) return;
  const { link } = zoneBeginnings;
  warn(spotOf(spec, "schedule"), "name the zone in timeZone", `${early ? zoneBeginnings.early : zoneBeginnings.late}, ${link}`);
}
