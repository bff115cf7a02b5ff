import type { ScheduleUse } from "./schedule-use.js";
import type { CronJobSpec, JobResult, TraceEntry } from "./scenario.js";

/** Times are milliseconds since 1970. */
export interface Job {
  readonly name: string;
  readonly started: number;
  readonly ends: number;
  /** How it will have ended; it has once `finished` is set. */
  readonly result: JobResult;
  finished: boolean;
}

/** The cluster as far as one CronJob is concerned, and the controller's work queue for it. */
export interface World {
  readonly name: string;
  readonly created: number;
  readonly durations: readonly (number | null)[];
  readonly failures: ReadonlySet<number>;
  now: number;
  spec: CronJobSpec;
  use: ScheduleUse;
  /** In the order of their names, as the controller is given them. */
  readonly jobs: Job[];
  /** `status.active`. */
  readonly active: Set<Job>;
  lastSchedule: number | undefined;
  lastSuccess: number | undefined;
  controllerRuns: boolean;
  queued: boolean;
  timer: number | undefined;
  readonly trace: TraceEntry[];
  started: number;
  finished: number;
  replaced: number;
  maxRunning: number;
}

export function enqueue(world: World): void {
  if (world.controllerRuns) world.queued = true;
}

/** Of several timers for one object, the queue keeps the earliest. */
export function enqueueAt(world: World, time: number): void {
  if (time <= world.now) enqueue(world);
  else if (world.controllerRuns) world.timer = Math.min(world.timer ?? time, time);
}

export function addJob(world: World, name: string): Job {
  const { durations, started: number, now } = world;
  const seconds = durations[number % durations.length] ?? Number.POSITIVE_INFINITY;
  const result = world.failures.has(number) ? "Failed" : "Complete";
  const job: Job = { name, started: now, ends: now + seconds * 1000, result, finished: false };
  const at = world.jobs.findLastIndex((other) => other.name < name) + 1;
  world.jobs.splice(at, 0, job);
  world.started++;
  world.maxRunning = Math.max(world.maxRunning, world.jobs.filter(({ finished }) => !finished).length);
  enqueue(world);
  return job;
}

export function removeJob(world: World, job: Job): void {
  world.jobs.splice(world.jobs.indexOf(job), 1);
  world.active.delete(job);
  enqueue(world);
}
