/** A unified diff with three lines of context, as `patch` and `git apply` take it; empty when nothing changed. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return "";
  const hunks = hunksOf(changesBetween(linesOf(before), linesOf(after)));
  return [`--- a/${name}\n`, `+++ b/${name}\n`, ...hunks.map(hunkText)].join("");
}

/**
 * Numbers of the lines of `after` that `before` does not have, from 1; where lines were only taken away, those on both sides of the
 * gap.
 */
export function changedLines(before: string, after: string): ReadonlySet<number> {
  const changed = new Set<number>();
  let line = 1;
  for (const { sign } of changesBetween(linesOf(before), linesOf(after))) {
    if (sign === "-") changed.add(Math.max(1, line - 1)).add(line);
    else if (sign === "+") changed.add(line);
    if (sign !== "-") line++;
  }
  return changed;
}

interface Change {
  readonly sign: " " | "-" | "+";
  /** With its line end, if it has one. */
  readonly line: string;
}

interface Hunk {
  readonly before: number;
  readonly after: number;
  readonly changes: readonly Change[];
}

const context = 3;

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What is common at both ends is set aside; fixes touch few lines, so the middle is small. */
function changesBetween(before: readonly string[], after: readonly string[]): readonly Change[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [
    ...marked(" ", before.slice(0, head)),
    ...shortestScript(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...marked(" ", before.slice(before.length - tail)),
  ];
}

function marked(sign: Change["sign"], lines: readonly string[]): readonly Change[] {
  return lines.map((line) => ({ sign, line }));
}

/** Above this many differing lines, all of the middle counts as changed. */
const mostSteps = 1000;

/** Myers' greedy algorithm: the furthest reaching path for each number of differences, walked back from the end. */
function shortestScript(before: readonly string[], after: readonly string[]): readonly Change[] {
  const trace: ReadonlyMap<number, number>[] = [];
  let reach: ReadonlyMap<number, number> = new Map([[1, 0]]);
  for (let steps = 0; steps <= Math.min(mostSteps, before.length + after.length); steps++) {
    const next = oneStepFurther(reach, steps, before, after);
    trace.push(reach);
    reach = next;
    if ((reach.get(before.length - after.length) ?? -1) >= before.length) return walkedBack(trace, before, after);
  }
  return [...marked("-", before), ...marked("+", after)];
}

function oneStepFurther(
  reach: ReadonlyMap<number, number>,
  steps: number,
  before: readonly string[],
  after: readonly string[],
): ReadonlyMap<number, number> {
  const next = new Map<number, number>();
  for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
    let x = startOn(reach, diagonal);
    if (x > before.length || x - diagonal > after.length) continue;
    while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++;
    next.set(diagonal, x);
  }
  return next;
}

/** By an insertion from the diagonal above, or by a deletion from the one below, whichever reaches further. */
function startOn(reach: ReadonlyMap<number, number>, diagonal: number): number {
  const inserted = reach.get(diagonal + 1) ?? -1;
  const deleted = (reach.get(diagonal - 1) ?? -2) + 1;
  return Math.max(inserted, deleted);
}

function walkedBack(trace: readonly ReadonlyMap<number, number>[], before: readonly string[], after: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let x = before.length;
  let y = after.length;
  for (const reach of [...trace].reverse()) {
    const diagonal = x - y;
    const start = Math.max(0, startOn(reach, diagonal));
    while (x > start && y > start - diagonal) {
      changes.push({ sign: " ", line: before[--x] ?? "" });
      y--;
    }
    if (x === 0 && y === 0) break;
    const isInsertion = (reach.get(diagonal + 1) ?? -1) === start;
    if (isInsertion) changes.push({ sign: "+", line: after[--y] ?? "" });
    else changes.push({ sign: "-", line: before[--x] ?? "" });
  }
  return changes.reverse();
}

/** Changes that are at most six lines apart share a hunk. */
function hunksOf(changes: readonly Change[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let index = 0;
  while (index < changes.length) {
    const first = changes.findIndex(({ sign }, at) => at >= index && sign !== " ");
    if (first < 0) break;
    let last = first;
    for (let at = first; at < changes.length && at - last <= 2 * context; at++) if (changes[at]?.sign !== " ") last = at;
    const start = Math.max(index, first - context);
    const end = Math.min(changes.length, last + context + 1);
    const above = changes.slice(0, start);
    hunks.push({ before: count(above, "+"), after: count(above, "-"), changes: changes.slice(start, end) });
    index = end;
  }
  return hunks;
}

/** Lines on the side that lacks the given sign. */
function count(changes: readonly Change[], without: "+" | "-"): number {
  return changes.filter(({ sign }) => sign !== without).length;
}

const lastLine = "\n\\ No newline at end of file\n";

function hunkText({ before, after, changes }: Hunk): string {
  const head = `@@ -${range(before, count(changes, "+"))} +${range(after, count(changes, "-"))} @@\n`;
  return head + changes.map(({ sign, line }) => `${sign}${line.endsWith("\n") ? line : `${line}${lastLine}`}`).join("");
}

/** Line numbers count from 1; a side without lines names the line above. */
function range(above: number, lines: number): string {
  const start = lines === 0 ? above : above + 1;
  return lines === 1 ? String(start) : `${String(start)},${String(lines)}`;
}
