import { type CronJob, workloadOf } from "../model/workload.js";
import { observedRuns, type ObservedRuns } from "../runtime/observed.js";
import type { KnownRunTimes } from "../runtime/run-time.js";
import type { Source } from "../text/place.js";
import type { ConcurrencyPolicy } from "../time/controller/scenario.js";
import { describeSchedule } from "../time/describe.js";
import { readingOf } from "../time/reading.js";
import type { Schedule } from "../time/schedule.js";
import { spanOf } from "./diagnostic.js";
import { type Deployed, deployedAsWritten, type DeployedObject, isWhole, ownPlace } from "./deployed.js";
import { answerFor } from "./next-runs.js";
import { objectName } from "./object-name.js";
import { type RunLength, runLengthOf } from "./timeline-duration.js";
import { requestsOf, type RunRequests } from "./timeline-requests.js";

/** A CronJob as far as a timeline needs it: plain data that outlives its text. */
export interface TimedCronJob {
  readonly file: string;
  readonly line: number;
  readonly namespace?: string;
  readonly name?: string;
  /** The overlay, or one of several releases, that makes it of what stands in the file. */
  readonly deployedBy?: string;
  /** Others have its name, and who deploys it tells them apart. */
  readonly isVariant?: true;
  /** As written; empty when there is none. */
  readonly schedule: string;
  readonly length: RunLength;
  readonly requests: RunRequests;
  /** What was seen of it in the cluster. */
  readonly observed?: ObservedRuns;
  readonly suspended: boolean;
  readonly timing: Timing;
}

export type Timing =
  | {
      readonly state: "read";
      readonly schedule: Schedule;
      readonly description: string;
      readonly zone: string;
      readonly policy: ConcurrencyPolicy;
      readonly startingDeadlineSeconds?: number;
    }
  | { readonly state: "refused"; readonly reason: string };

export interface TimedOptions extends KnownRunTimes {
  /** The zone of the controller, where a CronJob names none. */
  readonly controllerZone: string;
}

/** What a source has for a timeline. */
export interface TimedSource {
  readonly cronJobs: readonly TimedCronJob[];
  /** Jobs that no CronJob starts: when they run, their manifest does not say. */
  readonly standaloneJobs: number;
  /** Parts that could not be read, so that CronJobs may be missing. */
  readonly unreadable: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

/** The CronJobs of a source. Never throws. */
export function timedSource(source: Source, options: TimedOptions): TimedSource {
  return timedIn(deployedAsWritten(source), options);
}

/** The CronJobs that a file deploys. */
export function timedIn({ objects, problems }: Deployed, options: TimedOptions): TimedSource {
  // A patch has no times of its own.
  const found = objects.filter(isWhole).map((object) => ({ object, workload: workloadOf(object.document, new Set()) }));
  const workloads = found.flatMap(({ object, workload }) => (workload ? [{ object, workload }] : []));
  const cronJobs = workloads.flatMap(({ object, workload }) => (workload.kind === "CronJob" ? [timed(object, workload, options)] : []));
  const unreadable = problems
    .filter(({ rule }) => rule !== "duplicate-yaml-key")
    .map(({ place, message }) => ({ file: place.source.name, line: spanOf(place).line, message }));
  return { cronJobs, standaloneJobs: workloads.length - cronJobs.length, unreadable };
}

function timed(object: DeployedObject, cronJob: CronJob, options: TimedOptions): TimedCronJob {
  const { namespace, name } = objectName(cronJob);
  const { schedule, suspend, job, metadata } = cronJob;
  const place = ownPlace(object, schedule.place);
  const observed = options.observed && observedRuns(options.observed, metadata.namespace, metadata.name);
  return {
    file: place.source.name,
    line: spanOf(place).line,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(object.deployedBy === undefined ? {} : { deployedBy: object.deployedBy }),
    schedule: schedule.value ?? "",
    length: runLengthOf(job, options),
    requests: requestsOf(job),
    ...(observed === undefined ? {} : { observed }),
    suspended: suspend.value === true,
    timing: timingOf(cronJob, options.controllerZone),
  };
}

function timingOf(cronJob: CronJob, controllerZone: string): Timing {
  const { schedule: text, timeZone, startingDeadlineSeconds } = cronJob;
  const reading = readingOf(cronJob, controllerZone);
  if (!reading) {
    const answer = answerFor(text, timeZone, { from: 0, count: 1, controllerZone });
    return { state: "refused", reason: answer.state === "refused" ? answer.reason : "its schedule cannot be read" };
  }
  const policy = policyOf(cronJob);
  if (typeof policy !== "string") return { state: "refused", reason: policy.reason };
  const { schedule, zone } = reading;
  const deadline = startingDeadlineSeconds.value;
  const plan = { schedule, zone, policy, description: describeSchedule(schedule) };
  return { state: "read", ...plan, ...(deadline === undefined ? {} : { startingDeadlineSeconds: deadline }) };
}

function policyOf({ concurrencyPolicy: { state, value } }: CronJob): ConcurrencyPolicy | { readonly reason: string } {
  if (state === "absent") return "Allow";
  if (value === undefined) return { reason: "its concurrencyPolicy is a template's" };
  if (value === "Allow" || value === "Forbid" || value === "Replace") return value;
  return { reason: `there is no concurrencyPolicy ${JSON.stringify(value)}` };
}
