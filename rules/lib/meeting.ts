import { parseSchedule, type RunPlan, visitRuns } from "#rule";

/** What says when the runs of a CronJob are, as plain data. */
export interface Runs {
  readonly schedule: string;
  readonly zone: string;
  readonly policy: RunPlan["policy"];
  readonly startingDeadline?: number;
  /** Of the shortest run, above 0. */
  readonly seconds: number;
}

/** A Monday that is the first of a month, midnight in UTC. */
const from = Date.UTC(2026, 5, 1);
const week = 7 * 86_400_000;

type Stretch = readonly [start: number, end: number];

/** The first moment of a week at which runs of two CronJobs, all of them as short as can be, go on at once. */
export function firstMeeting(one: Runs, other: Runs): number | undefined {
  const [a, b] = [stretches(one), stretches(other)];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [[start = 0, end = 0] = [], [otherStart = 0, otherEnd = 0] = []] = [a[i], b[j]];
    if (start < otherEnd && otherStart < end) return Math.max(start, otherStart);
    if (end <= otherEnd) i++;
    else j++;
  }
  return undefined;
}

function stretches({ schedule: text, zone, policy, startingDeadline, seconds }: Runs): readonly Stretch[] {
  const parsed = parseSchedule(text);
  if (!parsed.ok || parsed.schedule.kind === "every") return [];
  const found: Stretch[] = [];
  const deadline = startingDeadline === undefined ? {} : { startingDeadlineSeconds: startingDeadline };
  const plan = {
    schedule: parsed.schedule,
    zone,
    policy,
    durationSeconds: Math.min(seconds, 7 * 86_400),
    from: from - 1,
    to: from + week,
    ...deadline,
  };
  visitRuns(plan, { run: (_, start, end) => void found.push([start, end]), lost: () => undefined });
  return found;
}
