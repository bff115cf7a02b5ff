import { type ClockChange, clockChangesBetween, type CronSchedule, matchesDay, occurrencesBetween, skippedAround } from "#rule";

const [day, hour, minute] = [86_400_000, 3_600_000, 60_000];
/** Two years ahead hold four changes of most zones that have any. */
const ahead = 2 * 366 * day;
/** Where nobody says what time it is: the rules of these years hold mostly still. */
const assumedNow = Date.UTC(2026, 0, 1);

/** A time on the wall that a change of the clock takes away or brings twice; milliseconds since 1970 as if it were UTC. */
export interface Hit {
  readonly wall: number;
  readonly change: ClockChange;
}

export interface ClockHits {
  readonly skipped: readonly Hit[];
  readonly repeated: readonly Hit[];
}

/** What the changes of the clock in the next two years do to the runs of a schedule. */
export function clockHits(schedule: CronSchedule, zone: string, now = assumedNow): ClockHits {
  if (known?.now !== now) known = { now, changes: new Map(), hits: new Map() };
  const { minute: m, hour: h, dayOfMonth, month, dayOfWeek } = schedule;
  const key = [zone, ...[m, h, dayOfMonth, month, dayOfWeek].map(({ text }) => text)].join(" ");
  const found = known.hits.get(key) ?? computed(schedule, zone, known);
  if (key.length < longestKey && known.hits.size < mostKept) known.hits.set(key, found);
  return found;
}

/** Whether the time does not exist at all; others are lost because the controller's cron steps over them. */
export function isInGap({ wall, change }: Hit): boolean {
  return wall >= change.at + change.before && wall < change.at + change.after;
}

interface Known {
  readonly now: number;
  readonly changes: Map<string, readonly ClockChange[]>;
  readonly hits: Map<string, ClockHits>;
}

// CronJobs of a folder are in few zones and due at few times, and walking around a change is dear.
let known: Known | undefined;
const [longestKey, mostKept] = [200, 1000];

function computed(schedule: CronSchedule, zone: string, { now, changes: ofZones }: Known): ClockHits {
  const all = ofZones.get(zone) ?? clockChangesBetween(zone, now, now + ahead, 12);
  ofZones.set(zone, all);
  const changes = all.filter((change) => mayTouch(schedule, change));
  return {
    skipped: changes.flatMap((change) => skippedAround(schedule, zone, change)),
    repeated: changes.flatMap((change) => repeatedAround(schedule, zone, change)),
  };
}

/**
 * A glance before the walk: a shift of one hour away from midnight concerns the times between its two hours alone, any other one
 * may concern the whole day.
 */
function mayTouch(schedule: CronSchedule, { at, before, after }: ClockChange): boolean {
  const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
  const [first, last] = [Math.floor(low / day), Math.floor(high / day)];
  if (!isDue(schedule, first) && !isDue(schedule, last)) return false;
  if (high - low !== hour || first !== last || low === first * day) return true;
  const [from, to] = [low - first * day, high - first * day];
  return schedule.hour.values.some((h) => schedule.minute.values.some((m) => h * hour + m * minute >= from && h * hour + m * minute < to));
}

function isDue(schedule: CronSchedule, days: number): boolean {
  const date = new Date(days * day);
  if (!schedule.month.values.includes(date.getUTCMonth() + 1)) return false;
  return matchesDay(schedule, date.getUTCDate(), date.getUTCDay());
}

function repeatedAround(schedule: CronSchedule, zone: string, change: ClockChange): readonly Hit[] {
  const back = change.before - change.after;
  if (back <= 0) return [];
  const times = occurrencesBetween(schedule, zone, change.at - back - day, change.at + back, 100);
  const walls = times.map((time) => time + (time < change.at ? change.before : change.after));
  return walls.filter((wall, index) => walls.indexOf(wall) < index).map((wall) => ({ wall, change }));
}
