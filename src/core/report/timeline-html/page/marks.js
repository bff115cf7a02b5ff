// What a lane shows: marks, each with where it is and what it says.
import { clockText, data, dateText, gutter, lanes, lengthText, spanText, view, xOf } from "./scale.js";

/** The row within a lane for each run, so that runs at the same time do not hide each other. */
function levelsOf(row) {
  const ends = [];
  row.levels ??= row.runs.map(([start, length]) => {
    const free = ends.findIndex((end) => end <= start);
    const level = Math.min(free < 0 ? ends.length : free, 2);
    ends[level] = Math.max(ends[level] ?? 0, start + Math.max(1, length === -2 ? data.seconds * 2 : length));
    return level;
  });
  return row.levels;
}

function runText([start, length, kind = 0, late = 0]) {
  const end = start + length;
  const what = length === -1 ? `${dateText(start)} ${clockText(start)}, run time unknown`
    : length === -2 ? `from ${dateText(start)} ${clockText(start)} on, without end` : `${spanText(start, end)} (${lengthText(length)})`;
  return [what, ["", "overlaps an earlier run", "ended by the next run"][kind], late > 0 ? `${lengthText(late)} late, due ${clockText(start - late)}` : ""];
}

/** Neighbours too small to be told apart become one mark that counts them. */
function add(marks, mark) {
  const last = marks.findLast(({ level }) => level === mark.level);
  const isNear = last && mark.x < last.x + last.width + 1 && mark.x + mark.width - last.x < (mark.shape === "bar" ? 60 : 12);
  if (!isNear || mark.width > 4 || (last.width > 4 && last.count === 1) || last.shape !== mark.shape) return void marks.push(mark);
  last.width = Math.max(last.width, mark.x + mark.width - last.x);
  last.count += mark.count;
  last.end = Math.max(last.end, mark.end);
  last.kind = Math.max(last.kind, mark.kind);
}

function listedMarks(row) {
  const marks = [];
  const levels = levelsOf(row);
  row.runs.forEach((run, index) => {
    const [start, length, kind = 0, late = 0] = run;
    const end = length === -2 ? data.seconds : start + Math.max(length, 0);
    if (end < view.from || start > view.to) return;
    const shape = length === -1 ? "unknown" : "bar";
    const [x, right] = [Math.max(xOf(start), gutter()), Math.min(xOf(end), lanes.clientWidth)];
    add(marks, { x, width: Math.max(3, right - x), level: levels[index], shape, kind, start, end, count: 1, text: runText(run), dueX: xOf(start - late) });
  });
  for (const time of row.skips) {
    if (time < view.from || time > view.to) continue;
    const text = [`${dateText(time)} ${clockText(time)}`, "skipped: due, not started"];
    add(marks, { x: xOf(time) - 2, width: 4, level: -1, shape: "skipped", kind: 0, start: time, end: time, count: 1, text });
  }
  return marks.sort((a, b) => a.x - b.x);
}

const unpacked = (pairs) => pairs.flatMap((_, index) => (index % 2 === 0 ? Array(pairs[index]).fill(pairs[index + 1]) : []));

function bucketMarks(row) {
  row.lists ??= Object.fromEntries(Object.entries(row.buckets).map(([name, pairs]) => [name, unpacked(pairs)]));
  const { starts, atOnce, skipped, replaced } = row.lists;
  const most = Math.max(1, ...starts);
  return starts.flatMap((count, index) => {
    const start = index * data.bucketSeconds;
    const end = start + data.bucketSeconds;
    if (end <= view.from || start >= view.to || count + atOnce[index] + skipped[index] === 0) return [];
    const x = Math.max(xOf(start), gutter());
    const kind = replaced[index] > 0 ? 2 : atOnce[index] > 1 ? 1 : 0;
    const facts = [[count, "starts"], [atOnce[index], "at once at most"], [skipped[index], "skipped"], [replaced[index], "replaced"]];
    const text = [spanText(start, end), facts.filter(([value]) => value > 0).map(([value, name]) => `${value} ${name}`).join(", ")];
    const share = count / most;
    return [{ x, width: Math.max(1.5, xOf(end) - x), level: 0, shape: "bucket", kind, start, end, count: 1, text, share, skips: skipped[index] > 0 }];
  });
}

export const marksOf = (row) => (row.buckets ? bucketMarks(row) : listedMarks(row));
