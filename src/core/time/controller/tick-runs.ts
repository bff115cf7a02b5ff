import type { Pace, RunCounts, RunVisitor } from "./runs.js";

/** Every tick starts a run. */
export function allowedRuns(ticks: Float64Array, { duration }: Pace, { run }: RunVisitor): RunCounts {
  for (const tick of ticks) run(tick, tick, tick + duration, false);
  return { started: ticks.length, late: 0, replaced: 0, heldBack: 0, lost: 0 };
}

/** Every tick starts a run and ends the one before. */
export function replacedRuns(ticks: Float64Array, { duration }: Pace, { run }: RunVisitor): RunCounts {
  let replaced = 0;
  for (let index = 0; index < ticks.length; index++) {
    const tick = ticks[index] ?? 0;
    const next = ticks[index + 1] ?? Number.POSITIVE_INFINITY;
    const early = next < tick + duration;
    if (early) replaced++;
    run(tick, tick, early ? next : tick + duration, early);
  }
  return { started: ticks.length, late: 0, replaced, heldBack: 0, lost: 0 };
}

/** A tick within a run is held back; when the run ends, the latest one starts if the controller still finds it. */
export function forbiddenRuns(ticks: Float64Array, pace: Pace, { run, lost }: RunVisitor): RunCounts {
  let [started, late, heldBack, lostTicks] = [0, 0, 0, 0];
  let [index, start, pending] = [0, ticks[0] ?? 0, 0];
  while (index < ticks.length) {
    for (; pending < index; pending++, lostTicks++) lost(ticks[pending] ?? 0);
    const end = start + pace.duration;
    run(ticks[index] ?? 0, start, end, false);
    started++;
    if (start !== ticks[index]) late++;
    const first = index + 1;
    let next = first;
    while (next < ticks.length && (ticks[next] ?? end) < end) next++;
    heldBack += next - first;
    const latest = next - 1;
    const overtaken = ticks[next] === end || end >= pace.to || latest < first;
    const madeUp = !overtaken && isFound(ticks, first, latest, end, pace.deadline);
    pending = first;
    index = madeUp ? latest : next;
    start = madeUp ? end : (ticks[next] ?? 0);
    if (end >= pace.to) break;
  }
  return { started, late, replaced: 0, heldBack, lost: lostTicks };
}

// As missedStarts, on a list: `first` is the tick after the last one that was started, `latest` the last one before `now`.
function isFound(ticks: Float64Array, first: number, latest: number, now: number, deadline: number): boolean {
  let earliest = latest + 1;
  while (earliest > first && (ticks[earliest - 1] ?? 0) > now - deadline) earliest--;
  if (earliest >= latest) return earliest === latest;
  const from = ticks[earliest] ?? 0;
  const gap = (ticks[earliest + 1] ?? 0) - from;
  const count = Math.floor((now - from) / gap) + 1;
  return (ticks[latest] ?? 0) > from + (count - 2) * gap;
}
