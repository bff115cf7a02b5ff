import { plural, type Summary } from "../engine.js";

export type Phase = "find" | "read" | "judge" | "workspace" | "report";

const phases = ["find", "read", "judge", "workspace", "report"] as const satisfies readonly Phase[];

/** Where the time of a run goes, for `--stats`. */
export interface Stats {
  readonly spent: <Result>(phase: Phase, work: () => Result) => Result;
  /** One line; nothing, where nobody asked. */
  readonly text: (summary: Summary) => string;
}

export const noStats: Stats = { spent: (_, work) => work(), text: () => "" };

/** Phases do not nest. Time counts from the start of the process, so that the start of the program is one of them. */
export function createStats(): Stats {
  const start = performance.now();
  const times = new Map<Phase, number>();
  return {
    spent: (phase, work) => {
      const before = performance.now();
      try {
        return work();
      } finally {
        times.set(phase, (times.get(phase) ?? 0) + performance.now() - before);
      }
    },
    text: ({ files, objects }) => {
      const parts = phases.map((phase) => `${phase} ${whole(times.get(phase) ?? 0)}`);
      const read = `${plural(files, "file")}, ${plural(objects, "object")}`;
      return `kronlint: ${read} in ${whole(performance.now())} ms: start ${whole(start)}, ${parts.join(", ")} ms\n`;
    },
  };
}

function whole(milliseconds: number): string {
  return String(Math.round(milliseconds));
}

/** What is found while it is asked for, with the time that takes. */
export function* timed<Item>(stats: Stats, phase: Phase, items: Iterable<Item>): Generator<Item, void, undefined> {
  const iterator = items[Symbol.iterator]();
  for (let next = stats.spent(phase, () => iterator.next()); next.done !== true; next = stats.spent(phase, () => iterator.next())) {
    yield next.value;
  }
}
