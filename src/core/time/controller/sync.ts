import { minute, second } from "../civil.js";
import { deadlineMilliseconds } from "./deadline.js";
import { cleanUpHistory } from "./history.js";
import { missedStarts } from "./missed.js";
import type { Missed, Next } from "./missed.js";
import { parserError, zoneError } from "./parser-error.js";
import { quoted } from "./quote.js";
import { apiTime, record, recordReason } from "./trace.js";
import { addJob, enqueue, enqueueAt, removeJob } from "./world.js";
import type { Job, World } from "./world.js";

// How much later than its tick the controller wakes up.
const delay = 100;

/**
 * What the controller does each time it looks at a CronJob:
 * https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/cronjob/cronjob_controllerv2.go
 */
export function sync(world: World): void {
  const listed = [...world.jobs];
  cleanUpHistory(world, listed);
  for (const job of listed) if (job.finished) noteFinished(world, job);
  const next = usableSchedule(world);
  if (next) startWhatIsDue(world, next);
}

/** When to look next: at the tick after the latest one that is due, however old that may be. */
export function enqueueAtNextTick(world: World, next: Next): void {
  const earliest = world.lastSchedule ?? world.created;
  const { kind, latest } = missedStarts(next, earliest, world.now);
  const from = latest ?? (kind === "none" ? earliest : world.now);
  enqueueAt(world, next(from) + delay);
}

function noteFinished(world: World, job: Job): void {
  if (world.active.delete(job)) {
    recordReason(world, "SawCompletedJob", `Saw completed job: ${job.name}, condition: ${job.result}`, job.name);
    enqueue(world);
  }
  if (job.result !== "Complete") return;
  const completed = Math.floor(job.ends / second) * second;
  if (world.lastSuccess !== undefined && completed <= world.lastSuccess) return;
  world.lastSuccess = completed;
  enqueue(world);
}

function usableSchedule(world: World): Next | undefined {
  const { spec: { schedule, timeZone, suspend }, use } = world;
  if (timeZone !== undefined && !use.zoneKnown) {
    recordReason(world, "UnknownTimeZone", `invalid timeZone: ${quoted(timeZone)}: ${zoneError(timeZone)}`);
    return undefined;
  }
  if (suspend === true) return undefined;
  if (schedule.includes("TZ")) {
    const advice = "is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details";
    recordReason(world, "UnsupportedSchedule", `CRON_TZ or TZ used in schedule ${quoted(schedule)} ${advice}`);
  }
  if (use.next) return use.next;
  const error = parserError(schedule, timeZone);
  recordReason(world, "UnparseableSchedule", `unparseable schedule: ${quoted(schedule)} : ${error}`);
  return undefined;
}

function startWhatIsDue(world: World, next: Next): void {
  const { kind, latest } = dueTick(world, next);
  if (kind === "invalid") {
    const error = "time difference between two schedules is less than 1 second";
    recordReason(world, "InvalidSchedule", `invalid schedule: ${world.spec.schedule} : ${error}`);
    return;
  }
  if (latest !== undefined && latest <= world.now) {
    if (kind === "many") {
      const message = "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew";
      record(world, "too-many-missed", { scheduledFor: apiTime(latest), reason: "TooManyMissedTimes", message });
    }
    if (mayStart(world, latest) && !start(world, latest)) return;
  }
  enqueueAtNextTick(world, next);
}

function dueTick({ lastSchedule, created, now, spec }: World, next: Next): Missed {
  const earliest = lastSchedule ?? created;
  const deadline = deadlineMilliseconds(spec.startingDeadlineSeconds);
  return missedStarts(next, deadline === undefined ? earliest : Math.max(earliest, now - deadline), now);
}

function mayStart(world: World, tick: number): boolean {
  const { name, spec, now, active, lastSchedule } = world;
  const scheduledFor = apiTime(tick);
  const deadline = deadlineMilliseconds(spec.startingDeadlineSeconds);
  if (deadline !== undefined && tick + deadline < now) {
    const message = `Missed scheduled time to start a job: ${new Date(tick).toUTCString().replace("GMT", "+0000")}`;
    record(world, "missed-deadline", { scheduledFor, reason: "MissSchedule", message });
    return false;
  }
  const runs = [...active].some((job) => job.name === jobName(name, tick));
  if (runs || lastSchedule === tick) return false;
  if (spec.concurrencyPolicy !== "Forbid" || active.size === 0) return true;
  const message = "Not starting job because prior execution is running and concurrency policy is Forbid";
  record(world, "skipped-forbid", { scheduledFor, reason: "JobAlreadyActive", message });
  return false;
}

// Whether the sync goes on to set a timer.
function start(world: World, tick: number): boolean {
  const { name, spec, active, jobs } = world;
  if (spec.concurrencyPolicy === "Replace") for (const job of [...active]) replace(world, job);
  const wanted = jobName(name, tick);
  const scheduledFor = apiTime(tick);
  const existing = jobs.find((job) => job.name === wanted);
  if (existing) {
    record(world, "already-exists", { job: wanted, scheduledFor });
    if (active.has(existing)) return false;
  }
  const job = existing ?? addJob(world, wanted);
  if (!existing) record(world, "started", { job: wanted, scheduledFor, reason: "SuccessfulCreate", message: `Created job ${wanted}` });
  active.add(job);
  world.lastSchedule = tick;
  enqueue(world);
  return true;
}

function replace(world: World, job: Job): void {
  removeJob(world, job);
  world.replaced++;
  record(world, "replaced", { job: job.name, reason: "SuccessfulDelete", message: `Deleted job ${job.name}` });
}

// Names count minutes, so that two ticks within one share a Job.
function jobName(name: string, tick: number): string {
  return `${name}-${Math.trunc(tick / minute)}`;
}
