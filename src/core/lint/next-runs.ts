import { type CronJob } from "../model/workload.js";
import { workloadOf } from "../model/workload.js";
import type { Source } from "../text/place.js";
import { clockChangesBetween, repetitionAt, skippedAround, zoneRead } from "../time/clock-changes.js";
import { parseAsController } from "../time/cron.js";
import { describeSchedule } from "../time/describe.js";
import { occurrencesBetween } from "../time/occurrences.js";
import type { Schedule } from "../time/schedule.js";
import { isKnownZone } from "../time/zone.js";
import { type Deployed, deployedAsWritten, type DeployedObject, ownPlace } from "./deployed.js";
import { objectName } from "./object-name.js";
import { spanOf } from "./diagnostic.js";

export interface NextOptions {
  /** Milliseconds since 1970; runs are later. */
  readonly from: number;
  readonly count: number;
  /** The zone of the controller, where a CronJob names none. */
  readonly controllerZone: string;
}

/** One run, or one that a change of the clocks takes away. */
export interface NextRun {
  /** Milliseconds since 1970; for a skipped one, the change that takes it away. */
  readonly at: number;
  /** Its time on the wall comes twice in that night. */
  readonly repeats?: "first" | "second";
  /** Does not happen: the time on the wall, as if it were UTC, and how the clocks change (milliseconds from UTC). */
  readonly skipped?: { readonly wall: number; readonly before: number; readonly after: number };
}

/** What a schedule means, and when it fires. */
export interface NextRuns {
  readonly schedule: string;
  readonly zone: string;
  /** `manifest`: spec.timeZone; `schedule`: a prefix in it; `controller`: the controller's own. */
  readonly zoneFrom: "manifest" | "schedule" | "controller";
  readonly description: string;
  readonly runs: readonly NextRun[];
}

export type NextAnswer = { readonly state: "read"; readonly next: NextRuns } | { readonly state: "refused"; readonly reason: string };

/** The next runs of a schedule as the controller reads it. */
export function nextRuns(text: string, timeZone: string | undefined, options: NextOptions): NextAnswer {
  if (timeZone !== undefined && !isKnownZone(timeZone))
    return { state: "refused", reason: `there is no time zone ${JSON.stringify(timeZone)}` };
  const result = parseAsController(text, timeZone);
  if (!result.ok) return { state: "refused", reason: result.reason };
  const { schedule } = result;
  const inSchedule = schedule.zone !== undefined;
  const zone = zoneRead(schedule, inSchedule ? options.controllerZone : (timeZone ?? options.controllerZone));
  const zoneFrom = inSchedule ? "schedule" : timeZone === undefined ? "controller" : "manifest";
  const runs = runsOf(schedule, zone, options);
  // The zone is said beside it.
  const { zone: _, ...plain } = schedule;
  return { state: "read", next: { schedule: text, zone, zoneFrom, description: describeSchedule(plain), runs } };
}

const endOfTime = Date.UTC(9990, 0, 1);
const mostChanges = 200;

function runsOf(schedule: Schedule, zone: string, { from, count }: NextOptions): readonly NextRun[] {
  const times = occurrencesBetween(schedule, zone, from, endOfTime, count);
  const last = times.at(-1) ?? from;
  const changes = schedule.kind === "every" ? [] : clockChangesBetween(zone, from, last, mostChanges);
  const skipped = changes
    .flatMap((change) => skippedAround(schedule, zone, change))
    .map(({ wall, change: { at, before, after } }): NextRun => ({ at, skipped: { wall, before, after } }));
  const runs = times.map((at): NextRun => {
    const repeats = schedule.kind === "every" ? undefined : repetitionAt(zone, at);
    return repeats === undefined ? { at } : { at, repeats };
  });
  // What is skipped is shown for as long as there is room for runs, too.
  return [...runs, ...skipped.slice(0, count)].sort(
    (a, b) => a.at - b.at || Number(a.skipped === undefined) - Number(b.skipped === undefined),
  );
}

/** A CronJob of a source, with its next runs, or why there are none. */
export interface CronJobRuns {
  readonly file: string;
  readonly line: number;
  readonly namespace?: string;
  readonly name?: string;
  /** The overlay, or one of several releases, that makes it of what stands in the file. */
  readonly deployedBy?: string;
  readonly suspended: boolean;
  readonly answer: NextAnswer;
}

/** The next runs of every CronJob of a source. */
export function nextRunsOf(source: Source, options: NextOptions): readonly CronJobRuns[] {
  return nextRunsIn(deployedAsWritten(source), options);
}

/** The next runs of every CronJob that a file deploys. */
export function nextRunsIn({ objects }: Deployed, options: NextOptions): readonly CronJobRuns[] {
  return objects.flatMap((object) => {
    const workload = workloadOf(object.document, new Set());
    if (workload?.kind !== "CronJob") return [];
    // A patch of something else has nothing to say about when that runs.
    const isSilent = object.document.patch && object.deployedBy === undefined && workload.schedule.state !== "present";
    return isSilent ? [] : [runsOfCronJob(object, workload, options)];
  });
}

function runsOfCronJob(object: DeployedObject, cronJob: CronJob, options: NextOptions): CronJobRuns {
  const { schedule, timeZone, suspend } = cronJob;
  const { namespace, name } = objectName(cronJob);
  const place = ownPlace(object, schedule.place);
  return {
    file: place.source.name,
    line: spanOf(place).line,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(object.deployedBy === undefined ? {} : { deployedBy: object.deployedBy }),
    suspended: suspend.value === true,
    answer: answerFor(schedule, timeZone, options),
  };
}

/** The next runs of a CronJob by what its manifest says. */
export function answerFor(schedule: CronJob["schedule"], timeZone: CronJob["timeZone"], options: NextOptions): NextAnswer {
  if (schedule.state === "absent") return { state: "refused", reason: "it has no schedule" };
  if (schedule.state === "unknown") return { state: "refused", reason: "its schedule is a template's" };
  if (timeZone.state === "unknown") return { state: "refused", reason: "its time zone is a template's" };
  return nextRuns(schedule.value, timeZone.value, options);
}
