// What is in view, and the clock of the reader.
export const byId = (id) => document.getElementById(id);
export const data = JSON.parse(byId("data").textContent);
export const lanes = byId("lanes");

export const barRoom = 26;
export const headHeight = 64;
export const shortest = 600;

/** What is in view, in seconds; the lane and the mark that the keyboard has chosen; when that is; what the last drawing shows, by lane. */
export const view = { from: 0, to: data.seconds, rows: data.rows, lane: -1, mark: -1, time: undefined, drawn: new Map() };

export const isNarrow = () => lanes.clientWidth < 720;
export const gutter = () => (isNarrow() ? 0 : Math.min(280, Math.round(lanes.clientWidth / 4)));
export const laneHeight = () => barRoom + (isNarrow() ? 22 : 4);
export const perSecond = () => (lanes.clientWidth - gutter()) / (view.to - view.from);
export const xOf = (time) => gutter() + (time - view.from) * perSecond();
export const timeOf = (x) => view.from + (x - gutter()) / perSecond();

const offsetAt = (time) => data.offsets.findLast(([from]) => from <= time)?.[1] ?? data.offsets[0][1];
const wall = (time) => new Date((data.from + time + offsetAt(time)) * 1000);
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
export const dateText = (time) => `${weekdays[wall(time).getUTCDay()]} ${wall(time).toISOString().slice(0, 10)}`;
export const clockText = (time) => wall(time).toISOString().slice(11, wall(time).getUTCSeconds() === 0 ? 16 : 19);

export function lengthText(seconds) {
  const units = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const parts = [];
  for (const [size, name] of units) {
    if (seconds >= size && parts.length < 2) parts.push(`${Math.floor(seconds / size)} ${name}`);
    seconds %= size;
  }
  return parts.join(" ") || "0 s";
}

export function spanText(from, to) {
  const end = dateText(from) === dateText(to) ? clockText(to) : `${dateText(to)} ${clockText(to)}`;
  return `${dateText(from)} ${clockText(from)} to ${end}`;
}

const steps = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];

/** Moments at which the clock on the wall is even, wide enough apart for a label. */
export function ticks() {
  const step = steps.find((one) => one * perSecond() >= 62) ?? 604800;
  const found = [];
  const first = Math.ceil((data.from + view.from + offsetAt(view.from)) / step) * step;
  for (let even = first; found.length < 200; even += step) {
    const guess = even - data.from - offsetAt(view.from);
    const time = even - data.from - offsetAt(guess);
    if (time > view.to) break;
    // The clock may jump over it.
    if (wall(time).getTime() !== even * 1000) continue;
    const label = clockText(time) === "00:00" ? dateText(time).slice(0, 4) + dateText(time).slice(-2) : clockText(time);
    found.push({ x: xOf(time), label });
  }
  return found;
}
