import type { NeighbourKind } from "../model/neighbour.js";

/** Rules about the shape of a schedule, which Argo reads with the same library. */
const ofSchedules = [
  "schedule-dom-dow-or", "schedule-every-minute-of-hour", "schedule-never-fires", "schedule-syntax", "schedule-template-or-quote",
  "schedule-uneven-step", "timezone-dst-gap", "timezone-invalid-or-legacy",
];

/** Rules about what a container runs, which hold wherever its exit status counts. */
const ofContainers = [
  "backup-to-emptydir", "curl-no-fail", "env-duplicate", "failure-swallowed", "image-mutable-tag", "image-rot", "interactive-command",
  "no-shell-for-shell-syntax", "pipefail-in-dash", "runtime-package-install", "secret-in-plain", "shell-pipe-no-pipefail",
  "var-ref-unresolved",
];

/** Rules about pods that a Job makes, whoever makes the Job. */
const ofJobs = [
  ...ofContainers, "native-sidecar-misplaced", "probes-on-jobs", "resources-missing", "shell-no-errexit", "unschedulable-constraints",
];

/** Rules about a Job that is on its own, and not part of something that restarts it or ends it with others. */
const ofLoneJobs = [
  "backoff-default-never", "deadline-cuts-backoff", "deadline-on-pod-level", "hostpath-without-node-pin", "never-ending-command",
  "no-active-deadline", "pod-failure-policy-invalid", "sidecar-never-exits",
];

/**
 * What of Jobs and CronJobs holds in a neighbour. What is left out does not hold there: KEDA and JobSet give a Job its name, its
 * restartPolicy and its end, and nobody validates the template as the API server would.
 */
export const neighbourRules: Readonly<Record<NeighbourKind, ReadonlySet<string>>> = {
  ScaledJob: new Set([...ofJobs, ...ofLoneJobs]),
  JobSet: new Set(ofJobs),
  CronWorkflow: new Set([...ofSchedules, ...ofContainers]),
};
