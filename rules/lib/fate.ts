import { type Cadence, firesPerDay, type RunPlan, type Schedule, visitRuns } from "#rule";

/** What becomes of the ticks of a schedule when all runs last equally long: the counts are out of `ticks`, in lowest terms. */
export interface Fate extends Cadence {
  /** The longest delay within these weeks: a pattern that drifts from tick to tick may come to a longer one. */
  readonly latest: number;
  readonly replaced: number;
  /** The most runs that are active at once. */
  readonly peak: number;
}

interface Known {
  readonly policy: RunPlan["policy"];
  /** Of a run, above 0 and finite. */
  readonly seconds: number;
  readonly startingDeadline?: number | undefined;
}

const day = 86_400;
/** A Monday, midnight in UTC. */
const monday = Date.UTC(2026, 0, 5);
/** Bounds the work; a tick every seven minutes makes some 1500 a week. */
const mostTicks = 5000;

/**
 * Follows the controller over weeks in which no clock is changed, after as many to settle in. Undefined where the pattern of the
 * ticks is too long to be followed.
 */
export function fateOf(written: Schedule, { policy, seconds, startingDeadline }: Known): Fate | undefined {
  const { zone: _, ...schedule } = written;
  const length = spanOf(schedule, seconds);
  if (length === undefined) return undefined;
  const [from, to] = [monday + length * 1000, monday + 2 * length * 1000];
  const counts = { ticks: 0, started: 0, lost: 0, late: 0, latest: 0, replaced: 0, peak: 0 };
  const active: number[] = [];
  const run = (tick: number, start: number, end: number, replaced: boolean): void => {
    while (active.length > 0 && (active[0] ?? 0) <= start) active.shift();
    active.push(end);
    counts.peak = Math.max(counts.peak, active.length);
    if (tick < from || tick >= to) return;
    counts.ticks++;
    counts.started++;
    if (start > tick) counts.late++;
    if (replaced) counts.replaced++;
    counts.latest = Math.max(counts.latest, (start - tick) / 1000);
  };
  const lost = (tick: number): void => {
    if (tick < from || tick >= to) return;
    counts.ticks++;
    counts.lost++;
  };
  const deadline = startingDeadline === undefined ? {} : { startingDeadlineSeconds: startingDeadline };
  // What becomes of the last ticks shows when the runs before them have ended.
  const end = to + Math.min(length, 2 * Math.ceil(seconds) + day) * 1000;
  visitRuns({ schedule, zone: "Etc/UTC", policy, durationSeconds: seconds, from: monday - 1, to: end, ...deadline }, { run, lost });
  return inLowestTerms(counts);
}

/** Seconds after which the ticks come again as they came, and of at least some runs. */
function spanOf(schedule: Schedule, seconds: number): number | undefined {
  if (schedule.kind === "every") return Math.min(schedule.seconds * mostTicks, 300 * Math.max(schedule.seconds, Math.ceil(seconds)));
  const isWeekly = schedule.dayOfMonth.values.length === 31 && schedule.month.values.length === 12;
  const isDaily = isWeekly && schedule.dayOfWeek.values.length === 7;
  const cycle = (isWeekly ? 7 : 364) * day;
  const span = Math.ceil((20 * seconds) / cycle) * cycle;
  const most = (mostTicks / firesPerDay(schedule)) * day;
  if (span <= most) return span;
  // Fewer runs will do where all days are alike.
  const days = Math.floor(most / day);
  return isDaily && days * day >= 5 * seconds ? days * day : undefined;
}

function inLowestTerms({ latest, peak, ...counts }: Fate): Fate | undefined {
  if (counts.ticks === 0) return undefined;
  const by = Object.values(counts).reduce(divisor, 0);
  const [ticks, started, lost] = [counts.ticks / by, counts.started / by, counts.lost / by];
  return { ticks, started, lost, late: counts.late / by, replaced: counts.replaced / by, latest, peak };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
