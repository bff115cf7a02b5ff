import { dateOf, day, daysOf, minute } from "./civil.js";

/** A stretch of time, in milliseconds since 1970, with one offset from UTC; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Milliseconds to add to UTC to get local time. */
  readonly offset: number;
}

/** The clock on the wall of a time zone. */
export interface Clock {
  readonly offsetAt: (time: number) => number;
  /** The span that holds a time. It may end early, but not within a year after the time; and begin late, but not within two days before. */
  readonly spanAt: (time: number) => Span;
}

/** Times beyond these years are not reckoned with. */
export const earliest = daysOf(1, 1, 1) * day;
export const latest = daysOf(9999, 1, 1) * day;

// Shorter than any time between two changes of a zone since 2000: a week, in Recife in October 2000.
const stride = 6 * day;
const utc: Clock = constantClock(0);
const clocks = new Map<string, Clock>();

/** The clock of a zone that Go knows, from Intl's data; undefined where this machine's Intl lacks the zone. */
export function clockOf(zone: string): Clock | undefined {
  // Factory is tz's placeholder for a zone that nobody has set: UTC. Intl does not list it.
  if (zone === "UTC" || zone === "Etc/UTC" || zone === "" || zone === "Factory") return utc;
  const cached = clocks.get(zone);
  if (cached) return cached;
  const probe = probeOf(zone);
  if (!probe) return undefined;
  const clock = clockFrom(probe);
  clocks.set(zone, clock);
  return clock;
}

function constantClock(offset: number): Clock {
  const span = { from: -Infinity, to: Infinity, offset };
  return { offsetAt: () => offset, spanAt: () => span };
}

type Probe = (time: number) => number;

function probeOf(timeZone: string): Probe | undefined {
  const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn", ...parts });
    // Three times faster than formatToParts; en-US writes month/day/year, hour:minute:second.
    return (time) => localTime(format.format(time)) - time;
  } catch {
    return undefined;
  }
}

function localTime(text: string): number {
  const [month = 0, dayOfMonth = 0, year = 0, hours = 0, minutes = 0, seconds = 0] = (text.match(/\d+/gu) ?? []).map(Number);
  return daysOf(year, month, dayOfMonth) * day + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function clockFrom(probe: Probe): Clock {
  const years = new Map<number, readonly Span[]>();
  const spansOf = (year: number): readonly Span[] => {
    const known = years.get(year);
    if (known) return known;
    const spans = spansOfYear(probe, year);
    years.set(year, spans);
    return spans;
  };
  let last: Span = { from: 0, to: 0, offset: 0 };
  const find = (time: number): Span => {
    if (time >= last.from && time < last.to) return last;
    const spans = spansOf(dateOf(Math.floor(time / day)).year);
    last = spans.find(({ to }) => time < to) ?? last;
    return last;
  };
  const spanAt = (time: number): Span => widened(find(time), time, find);
  return { offsetAt: (time) => find(time).offset, spanAt };
}

// The table is built year by year, so a span is cut at each new year; here the cuts near a time are mended.
function widened(span: Span, time: number, find: (time: number) => Span): Span {
  const before = time - span.from < 2 * day ? find(span.from - 1) : span;
  const after = find(span.to);
  const from = before.offset === span.offset ? Math.min(before.from, span.from) : span.from;
  return { from, to: after.offset === span.offset ? after.to : span.to, offset: span.offset };
}

function spansOfYear(probe: Probe, year: number): readonly Span[] {
  const end = daysOf(year + 1, 1, 1) * day;
  const spans: Span[] = [];
  let from = daysOf(year, 1, 1) * day;
  let offset = probe(from);
  for (let at = from; at < end;) {
    const next = Math.min(at + stride, end);
    const nextOffset = next === end ? probe(end - minute) : probe(next);
    if (nextOffset !== offset) {
      const change = changeBetween(probe, at, next === end ? end - minute : next, offset);
      spans.push({ from, to: change, offset });
      from = change;
      offset = nextOffset;
    }
    at = next;
  }
  return [...spans, { from, to: end, offset }];
}

// Since 1972 every change falls on a whole minute.
function changeBetween(probe: Probe, before: number, after: number, offset: number): number {
  let low = before;
  let high = after;
  while (high - low > minute) {
    const middle = low + Math.floor((high - low) / minute / 2) * minute;
    if (probe(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}
