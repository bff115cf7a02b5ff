import { second } from "../civil.js";
import type { Schedule } from "../schedule.js";
import { deadlineMilliseconds } from "./deadline.js";
import { everyRuns } from "./every-runs.js";
import type { ConcurrencyPolicy } from "./scenario.js";
import { allowedRuns, forbiddenRuns, replacedRuns } from "./tick-runs.js";
import { ticksBetween } from "./ticks.js";

/** A CronJob whose runs all last equally long. Times are milliseconds since 1970. */
export interface RunPlan {
  readonly schedule: Schedule;
  /** Where a schedule without a zone of its own is read. */
  readonly zone: string;
  readonly policy: ConcurrencyPolicy;
  readonly startingDeadlineSeconds?: number;
  /** Above 0; fractions of a second are rounded up. Infinity for runs that never end. */
  readonly durationSeconds: number;
  /** When the CronJob is created: its first tick is later. */
  readonly from: number;
  /** Ticks and starts are earlier than this. */
  readonly to: number;
}

/** Told of runs and lost ticks, each kind in the order of time; no objects are made for them. */
export interface RunVisitor {
  /** A run that ends, is replaced, or goes on beyond the end of the plan; `start` is later than `tick` when Forbid has held it back. */
  readonly run: (tick: number, start: number, end: number, replaced: boolean) => void;
  /** A tick that no Job is started for. */
  readonly lost: (tick: number) => void;
}

export interface RunCounts {
  readonly started: number;
  /** Of the started ones, those after their tick. */
  readonly late: number;
  readonly replaced: number;
  /** Ticks at which Forbid found a Job running; the latest of them may be made up for when that ends. */
  readonly heldBack: number;
  readonly lost: number;
}

/** What the shapes of a plan have in common, in milliseconds. */
export interface Pace {
  readonly from: number;
  readonly to: number;
  readonly duration: number;
  readonly deadline: number;
}

/**
 * The light form of `simulate`, for many CronJobs over long times: which ticks start a Job, when, and until when it runs.
 * It starts, holds back, loses and replaces what the controller does, the estimate of missed ticks included.
 *
 * It leaves out: durations that vary, failures, edits, suspension and downtime; messages and status; the 0.1 s by which the
 * controller is late; history limits of 0, with which a name is free again for a second tick within a minute; and that around a change
 * of the clock at midnight or by half an hour, Go's cron parser may find another tick if it looks again from a later moment.
 * Nothing starts in a zone whose clock is unknown.
 */
export function visitRuns(plan: RunPlan, visitor: RunVisitor): RunCounts {
  const { schedule, zone, policy, durationSeconds, from, to } = plan;
  const deadline = deadlineMilliseconds(plan.startingDeadlineSeconds) ?? Number.POSITIVE_INFINITY;
  const pace: Pace = { from, to, duration: Math.ceil(durationSeconds) * second, deadline };
  if (pace.deadline <= 0) return { started: 0, late: 0, replaced: 0, heldBack: 0, lost: 0 };
  if (schedule.kind === "every") return everyRuns(schedule.seconds * second, policy, pace, visitor);
  const ticks = ticksBetween(schedule, zone, from, to);
  if (policy === "Forbid") return forbiddenRuns(ticks, pace, visitor);
  return policy === "Replace" ? replacedRuns(ticks, pace, visitor) : allowedRuns(ticks, pace, visitor);
}
