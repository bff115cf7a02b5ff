import { minute } from "../civil.js";
import type { Pace, RunCounts, RunVisitor } from "./runs.js";
import type { ConcurrencyPolicy } from "./scenario.js";

interface Machine {
  readonly period: number;
  readonly policy: ConcurrencyPolicy;
  readonly pace: Pace;
  readonly visitor: RunVisitor;
  /** Tick and start of each run that has not ended, oldest first; those before `head` have. */
  readonly ticks: number[];
  readonly starts: number[];
  head: number;
  last: number;
  /** The minute that the last Job is named after. */
  named: number | undefined;
  timer: number;
  started: number;
  late: number;
  replaced: number;
  heldBack: number;
  lost: number;
}

/**
 * The runs of `@every`, whose ticks count from the last one that was started: a deadline or a late start moves them. A Job is
 * named after its minute, so a second tick within it starts nothing.
 */
export function everyRuns(period: number, policy: ConcurrencyPolicy, pace: Pace, visitor: RunVisitor): RunCounts {
  const machine: Machine = {
    ...{ period, policy, pace, visitor, ticks: [], starts: [], head: 0, last: pace.from, timer: pace.from + period, named: undefined },
    ...{ started: 0, late: 0, replaced: 0, heldBack: 0, lost: 0 },
  };
  if (pace.deadline >= period) {
    for (let now = nextMoment(machine); now < pace.to; now = nextMoment(machine)) look(machine, now);
    while (machine.head < machine.starts.length) endOldest(machine, oldestEnd(machine), false);
  }
  const { started, late, replaced, heldBack, lost } = machine;
  return { started, late, replaced, heldBack, lost };
}

function nextMoment(machine: Machine): number {
  return Math.min(machine.timer, oldestEnd(machine));
}

function oldestEnd({ starts, head, pace }: Machine): number {
  return (starts[head] ?? Number.POSITIVE_INFINITY) + pace.duration;
}

function endOldest(machine: Machine, end: number, replaced: boolean): void {
  const { ticks, starts, head } = machine;
  machine.visitor.run(ticks[head] ?? 0, starts[head] ?? 0, end, replaced);
  machine.head++;
  if (machine.head < starts.length) return;
  ticks.length = 0;
  starts.length = 0;
  machine.head = 0;
}

function look(machine: Machine, now: number): void {
  if (machine.timer <= now) machine.timer = Number.POSITIVE_INFINITY;
  while (oldestEnd(machine) <= now) endOldest(machine, oldestEnd(machine), false);
  const { period, pace } = machine;
  const first = Math.max(machine.last, now - pace.deadline) + period;
  if (first <= now) take(machine, first + Math.floor((now - first) / period) * period, now);
  const next = machine.last + (Math.floor((now - machine.last) / period) + 1) * period;
  machine.timer = Math.min(machine.timer, next);
}

function take(machine: Machine, tick: number, now: number): void {
  const { policy, ticks, starts, period } = machine;
  const running = starts.length > machine.head;
  const name = Math.trunc(tick / minute);
  if (running && name === machine.named) return;
  if (running && policy === "Forbid") {
    machine.heldBack++;
    return;
  }
  if (running && policy === "Replace") replaceRunning(machine, now);
  for (let missed = machine.last + period; missed + period <= tick; missed += period) loseTick(machine, missed);
  machine.last = tick;
  if (name === machine.named) {
    loseTick(machine, tick);
    return;
  }
  machine.named = name;
  machine.started++;
  if (now > tick) machine.late++;
  ticks.push(tick);
  starts.push(now);
}

function replaceRunning(machine: Machine, now: number): void {
  machine.replaced++;
  endOldest(machine, now, true);
}

function loseTick(machine: Machine, tick: number): void {
  machine.lost++;
  machine.visitor.lost(tick);
}
