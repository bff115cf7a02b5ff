import type { CronJob, Job } from "../model/workload.js";
import { answerFor, type NextRuns } from "../lint/next-runs.js";
import { runLengthOf } from "../lint/timeline-duration.js";
import { runTimeText } from "../report/timeline-words.js";
import { occurrencesBetween } from "../time/occurrences.js";
import { readingOf, type ScheduleReading } from "../time/reading.js";
import { localText } from "../time/wall-time.js";

/** What the words about runs rest on besides the manifest. */
export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The zone of the controller, where a CronJob names none. */
  readonly controllerZone: string;
  /** Seconds a run takes by `namespace/name` or `name`. */
  readonly runtimes: Readonly<Record<string, number>>;
}

const day = 86_400_000;
const mostInWeek = 7 * 24 * 60 * 60;

/** `next Sun 2026-03-29 02:30 +02:00 · 24 runs a day · takes at least 5 min (script)`; empty when the schedule is unknown. */
export function runsInShort(cronJob: CronJob, given: Circumstances): string {
  const reading = readingOf(cronJob, given.controllerZone);
  const answer = answerFor(cronJob.schedule, cronJob.timeZone, { from: given.now, count: 1, controllerZone: given.controllerZone });
  if (!reading || answer.state === "refused") return "";
  const parts = [nextText(cronJob, answer.next), frequency(reading, given.now), runTimeWords(cronJob.job, given)];
  return parts.filter((part) => part !== "").join(" · ");
}

function nextText({ suspend }: CronJob, { runs, zone }: NextRuns): string {
  if (suspend.value === true) return "suspended";
  const next = runs.find(({ skipped }) => skipped === undefined);
  return next ? `next ${localText(zone, next.at)}` : "never runs";
}

/** `24 runs a day`, `1 run a week`, `12 runs a year`, counted from now on. */
export function frequency({ schedule, zone }: ScheduleReading, now: number): string {
  const times = occurrencesBetween(schedule, zone, now, now + 7 * day, mostInWeek).length;
  const inWeek = schedule.kind === "every" ? Math.round((7 * day) / 1000 / schedule.seconds) : times;
  // A change of the clocks takes an hour away, or gives one.
  const inDay = Math.round((inWeek / 7) * 10) / 10;
  if (inWeek >= 7) return `${amount(Math.abs(inDay - Math.round(inDay)) <= 0.2 ? Math.round(inDay) : inDay)} a day`;
  if (inWeek > 1) return `${amount(inWeek)} a week`;
  const inYear = occurrencesBetween(schedule, zone, now, now + 365 * day, 400).length;
  if (inYear === 0) return "";
  return inYear >= 51 ? `${amount(Math.round(inYear / 52))} a week` : `${amount(inYear)} a year`;
}

function amount(count: number): string {
  return `${String(count)} ${count === 1 ? "run" : "runs"}`;
}

/** `takes at least 5 min (script)`; empty when nothing is known. */
export function runTimeWords(job: Job, { runtimes }: Circumstances): string {
  const length = runLengthOf(job, { runtimes });
  if (length.seconds === undefined && length.most === undefined) return "";
  if (length.seconds === undefined) return `takes ${runTimeText(length).replace("unknown, ", "")}`;
  return length.seconds === Infinity ? runTimeText(length) : `takes ${runTimeText(length)}`;
}
