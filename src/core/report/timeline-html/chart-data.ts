import type { RowRuns, Timeline, TimelineRow } from "../../lint/timeline.js";
import { second } from "../../time/civil.js";
import { clockChangesBetween } from "../../time/clock-changes.js";
import { clockOf } from "../../time/clock.js";
import { plural } from "../summary.js";
import { nameText, observedText, runTimeText, troubles } from "../timeline-words.js";
import { visible } from "../visible.js";

/** What page.js draws. Times are seconds from the beginning of the timeline. */
export interface ChartData {
  /** Seconds since 1970. */
  readonly from: number;
  readonly seconds: number;
  /** From which second on the clocks of the reader are so many seconds ahead of UTC. */
  readonly offsets: readonly (readonly [from: number, offset: number])[];
  readonly bucketSeconds: number;
  /** The most runs at once, by bucket. */
  readonly running: readonly number[];
  readonly rows: readonly ChartRow[];
}

export interface ChartRow {
  readonly name: string;
  readonly facts: string;
  readonly counts: string;
  readonly trouble: boolean;
  /** Either each run and each skipped tick … */
  readonly runs?: readonly ChartRun[];
  readonly skips?: readonly number[];
  /** … or, of CronJobs with very many, a number for each bucket, as pairs of how often and what. */
  readonly buckets?: Readonly<Record<"starts" | "atOnce" | "skipped" | "replaced", readonly number[]>>;
}

export const kinds = { plain: 0, overlapping: 1, replaced: 2 } as const;
export const unknownLength = -1;
export const endless = -2;

/** Zeros at the end are left out. */
export type ChartRun = readonly [start: number, length: number, kind?: number, late?: number];

export function chartData(timeline: Timeline): ChartData {
  const { from, to, readerZone, bucketSeconds, runningByBucket, rows } = timeline;
  const changes = clockChangesBetween(readerZone, from, to, 100);
  const first = clockOf(readerZone)?.offsetAt(from) ?? 0;
  return {
    from: from / second,
    seconds: (to - from) / second,
    offsets: [[0, first / second], ...changes.map(({ at, after }) => [(at - from) / second, after / second] as const)],
    bucketSeconds,
    running: runningByBucket,
    rows: rows.flatMap((row) => (row.runs ? [chartRow(row, row.runs, timeline)] : [])),
  };
}

function chartRow(row: TimelineRow, runs: RowRuns, timeline: Timeline): ChartRow {
  const { timing, length, observed } = row.cronJob;
  const seen = observed ? [`seen in the cluster: ${observedText(observed)}`] : [];
  const found = troubles(runs.counts);
  const plan = timing.state === "refused" ? [] : [timing.description, `zone ${timing.zone}`, timing.policy];
  const head = {
    name: visible(nameText(row.cronJob)),
    facts: visible([...plan, `run time ${runTimeText(length)}`, ...seen].join(" · ")),
    counts: [plural(runs.counts.starts, "start"), ...found].join(", "),
    trouble: found.length > 0,
  };
  const isWhole = runs.more === 0 && runs.skips.length === runs.counts.skipped;
  return { ...head, ...(isWhole ? listed(runs, timeline) : { buckets: bucketed(runs) }) };
}

function listed({ listed: list, skips }: RowRuns, { from }: Timeline): Pick<ChartRow, "runs" | "skips"> {
  let lastEnd = -Infinity;
  const runs = list.map(({ due, start, end, replaced }): ChartRun => {
    const kind = replaced ? kinds.replaced : start < lastEnd ? kinds.overlapping : kinds.plain;
    lastEnd = Math.max(lastEnd, end ?? -Infinity);
    const length = end === undefined ? unknownLength : end === Infinity ? endless : (end - start) / second;
    const [at, late] = [(start - from) / second, (start - due) / second];
    return late > 0 ? [at, length, kind, late] : kind > 0 ? [at, length, kind] : [at, length];
  });
  return { runs, skips: skips.map((tick) => (tick - from) / second) };
}

function bucketed({ buckets }: RowRuns): NonNullable<ChartRow["buckets"]> {
  const { starts, atOnce, skipped, replaced } = buckets;
  return { starts: runLengths(starts), atOnce: runLengths(atOnce), skipped: runLengths(skipped), replaced: runLengths(replaced) };
}

function runLengths(values: Uint32Array): readonly number[] {
  const pairs: number[] = [];
  let count = 0;
  values.forEach((value, index) => {
    count++;
    if (values[index + 1] === value) return;
    pairs.push(count, value);
    count = 0;
  });
  return pairs;
}

