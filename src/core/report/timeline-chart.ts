import type { Timeline, TimelineRow } from "../lint/timeline.js";
import { clockOf } from "../time/clock.js";
import { wallText } from "../time/wall-time.js";

/** Columns of equal time; the last one may reach beyond the timeline. */
export interface Scale {
  readonly from: number;
  readonly columns: number;
  /** Buckets of the timeline in a column. */
  readonly buckets: number;
  readonly columnMilliseconds: number;
}

/** Minutes that make a readable axis. */
const lengths = [1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10_080];

/** As many columns as fit, each a whole number of buckets. */
export function scaleFor({ from, to, bucketSeconds }: Timeline, room: number): Scale {
  const count = Math.ceil((to - from) / (bucketSeconds * 1000));
  const fits = (minutes: number): boolean => (minutes * 60) % bucketSeconds === 0 && (to - from) / (minutes * 60_000) <= Math.max(8, room);
  const buckets = Math.max(1, Math.round(((lengths.find(fits) ?? 10_080) * 60) / bucketSeconds));
  return { from, columns: Math.ceil(count / buckets), buckets, columnMilliseconds: buckets * bucketSeconds * 1000 };
}

export type Mark = "idle" | "starts" | "runs" | "skipped" | "replaced" | "several";

export interface Cell {
  readonly mark: Mark;
  /** Runs at once, of `several`. */
  readonly count: number;
}

export const idle: Cell = { mark: "idle", count: 0 };

/** What one row shows in each column: the most remarkable thing of its time. */
export function cellsOf({ runs }: TimelineRow, { columns, buckets }: Scale): readonly Cell[] {
  if (!runs) return Array.from({ length: columns }, () => idle);
  const { starts, atOnce, skipped, replaced } = runs.buckets;
  return Array.from({ length: columns }, (_, column): Cell => {
    const part = (list: Uint32Array): Uint32Array => list.subarray(column * buckets, (column + 1) * buckets);
    const most = Math.max(0, ...part(atOnce));
    const has = (list: Uint32Array): boolean => part(list).some((count) => count > 0);
    if (has(skipped)) return { mark: "skipped", count: 0 };
    if (has(replaced)) return { mark: "replaced", count: 0 };
    if (most > 1) return { mark: "several", count: most };
    if (has(starts)) return { mark: "starts", count: 0 };
    return most > 0 ? { mark: "runs", count: 1 } : idle;
  });
}

/** The highest of each column's buckets. */
export function highest(values: readonly number[], { columns, buckets }: Scale): readonly number[] {
  return Array.from({ length: columns }, (_, column) => Math.max(0, ...values.slice(column * buckets, (column + 1) * buckets)));
}

const hours = [1, 2, 3, 4, 6, 12, 24, 48, 168];
const labelWidth = 7;

/** `00:00  03:00  …` or `Mon 12  Tue 13`, each label at the column that holds its moment on the wall. */
export function axisText({ from, columns, columnMilliseconds }: Scale, zone: string): string {
  const hour = 3_600_000;
  const step = (hours.find((one) => (one * hour) / columnMilliseconds >= labelWidth) ?? 168) * hour;
  const clock = clockOf(zone);
  const stepAt = (time: number): number => Math.floor((time + (clock?.offsetAt(time) ?? 0)) / step);
  let text = "";
  for (let column = 0; column < columns; column++) {
    const time = from + column * columnMilliseconds;
    const reached = stepAt(time + columnMilliseconds - 1);
    if (reached === stepAt(time - 1) || text.length > column) continue;
    // Where a change of the clock leaps over the step, the column begins later on the wall.
    const wall = Math.max(reached * step, time + (clock?.offsetAt(time) ?? 0));
    const label = labelOf(step >= 24 * hour || wall - reached * step < columnMilliseconds / 2 ? reached * step : wall, step >= 24 * hour);
    if (column + label.length <= columns) text = text.padEnd(column) + `${label} `;
  }
  return text.trimEnd();
}

function labelOf(wall: number, days: boolean): string {
  const [weekday = "", date = "", clock = ""] = wallText(wall).split(" ");
  return days ? `${weekday} ${date.slice(8)}` : clock;
}
