// Draws the lanes that can be seen, and above them how many runs there are at once.
import { marksOf } from "./marks.js";
import { barRoom, byId, data, gutter, headHeight, isNarrow, laneHeight, lanes, ticks, view, xOf } from "./scale.js";

const kinds = ["plain", "overlapping", "replaced"];

function shape(parent, name, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  parent.append(element);
}

const box = (x, y, width, height) => `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`;
const cross = (x, y) => `M${(x - 3).toFixed(1)} ${y - 3}l6 6m0-6l-6 6`;

/** One path for each kind of mark: a lane has hundreds of marks, and a screen dozens of lanes. */
function pathsOf(marks, top) {
  const paths = { late: "", plain: "", dense: "", bucket: "", overlapping: "", replaced: "", unknown: "", skipped: "" };
  const levels = Math.max(1, ...marks.map(({ level }) => level + 1)) + (marks.some(({ level }) => level < 0) ? 1 : 0);
  const height = Math.min(14, (barRoom - 4) / levels);
  const first = top + (barRoom - height * levels) / 2;
  for (const mark of marks) {
    mark.y = mark.level < 0 ? first + height * (levels - 1) : first + height * mark.level;
    mark.height = height;
    const middle = mark.y + height / 2;
    const x = mark.x + mark.width / 2;
    if (mark.shape === "skipped") paths.skipped += cross(x, middle);
    else if (mark.shape === "unknown") paths.unknown += `M${mark.x.toFixed(1)} ${middle - 5}l5 5l-5 5l-5-5z`;
    else if (mark.shape === "bucket") drawBucket(paths, mark, top);
    else drawRun(paths, mark, middle);
  }
  return paths;
}

function drawRun(paths, { x, y, width, height, kind, count, dueX }, middle) {
  const start = Math.max(dueX, gutter());
  if (x - start > 3) paths.late += `M${start.toFixed(1)} ${middle}H${x.toFixed(1)}`;
  paths[kind === 0 && count > 1 ? "dense" : kinds[kind]] += box(x, y + 1, width, height - 2);
  if (kind === 2) paths.replaced += `M${(x + width).toFixed(1)} ${y - 2}v${height + 4}`;
}

function drawBucket(paths, mark, top) {
  mark.height = 4 + mark.share * (barRoom - 8);
  mark.y = top + barRoom - 2 - mark.height;
  paths[mark.kind === 0 ? "bucket" : kinds[mark.kind]] += box(mark.x, mark.y, mark.width, mark.height);
  if (mark.skips && mark.width > 5) paths.skipped += cross(mark.x + mark.width / 2, top + 5);
}

function fitted(text, width) {
  const most = Math.max(4, Math.floor(width / 7.3));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("")}…`;
}

function drawHead() {
  const head = byId("head");
  const base = headHeight - 20;
  const most = Math.max(1, ...data.running);
  head.setAttribute("height", headHeight);
  head.replaceChildren();
  let path = "";
  data.running.forEach((value, index) => {
    const [start, end] = [index * data.bucketSeconds, (index + 1) * data.bucketSeconds];
    if (value === 0 || end < view.from || start > view.to) return;
    const [x, right] = [Math.max(xOf(start), gutter()), Math.min(xOf(end), lanes.clientWidth)];
    path += box(x, base - (value / most) * (base - 20), Math.max(0.5, right - x), (value / most) * (base - 20));
  });
  let free = 0;
  for (const { x, label } of ticks()) {
    shape(head, "path", { class: "grid", d: `M${x.toFixed(1)} 20V${base + 5}` });
    const end = x + 3 + label.length * 7;
    if (x < free || end > lanes.clientWidth) continue;
    shape(head, "text", { class: "soft", x: (x + 3).toFixed(1), y: base + 15 }, label);
    free = end;
  }
  shape(head, "path", { class: "load", d: path });
  shape(head, "text", { class: "soft", x: 8, y: 14 }, `runs at once, up to ${Math.max(0, ...data.running)}`);
}

function drawLane(bars, index, marks, top) {
  const row = view.rows[index];
  const name = fitted(row.name, isNarrow() ? lanes.clientWidth - 16 : gutter() - 16);
  if (index % 2 === 1) shape(bars, "rect", { class: "stripe", x: 0, y: top, width: "100%", height: laneHeight() });
  if (index === view.lane) shape(bars, "rect", { class: "chosen", x: 0, y: top, width: "100%", height: laneHeight() });
  shape(bars, "text", { x: 8, y: top + (isNarrow() ? 16 : 19) }, name);
  for (const [kind, d] of Object.entries(pathsOf(marks, top + (isNarrow() ? 20 : 2)))) if (d !== "") shape(bars, "path", { class: kind, d });
  const chosen = index === view.lane ? marks[view.mark] : undefined;
  if (chosen) shape(bars, "path", { class: "ring", d: box(chosen.x - 3, chosen.y - 2, chosen.width + 6, chosen.height + 4) });
}

export function draw() {
  const bars = byId("bars");
  const all = view.rows.length * laneHeight();
  byId("space").style.height = `${all}px`;
  const first = Math.max(0, Math.floor(lanes.scrollTop / laneHeight()));
  const last = Math.min(view.rows.length, first + Math.ceil(lanes.clientHeight / laneHeight()) + 1);
  const top = first * laneHeight();
  bars.style.top = `${top}px`;
  bars.setAttribute("height", (last - first) * laneHeight());
  bars.replaceChildren();
  for (const { x } of ticks()) shape(bars, "path", { class: "grid", d: `M${x.toFixed(1)} 0V${(last - first) * laneHeight()}` });
  view.drawn = new Map();
  for (let index = first; index < last; index++) {
    const marks = marksOf(view.rows[index]);
    view.drawn.set(index, { marks, top });
    drawLane(bars, index, marks, (index - first) * laneHeight());
  }
  drawHead();
}
