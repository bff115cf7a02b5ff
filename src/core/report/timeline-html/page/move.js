// Zooming, moving, pointing and the keyboard. Everything else on the page is plain HTML and needs no script.
import { draw } from "./draw.js";
import { marksOf } from "./marks.js";
import { byId, data, gutter, laneHeight, lanes, perSecond, shortest, timeOf, view } from "./scale.js";

const tip = byId("tip");
let drag;
let waiting = false;

/** At most one drawing for each frame. */
function redraw() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    draw();
  });
}

function show(from, length) {
  const span = Math.min(Math.max(length, Math.min(shortest, data.seconds)), data.seconds);
  view.from = Math.min(Math.max(from, 0), data.seconds - span);
  view.to = view.from + span;
  view.mark = -1;
  tip.hidden = true;
  redraw();
}

/** What the keyboard has chosen, if it is in view, or the middle. */
const focus = () => (view.time >= view.from && view.time <= view.to ? view.time : (view.from + view.to) / 2);

/** The moment at `time` stays where it is. */
function zoom(factor, time = focus()) {
  const length = Math.min(Math.max((view.to - view.from) * factor, Math.min(shortest, data.seconds)), data.seconds);
  show(time - ((time - view.from) * length) / (view.to - view.from), length);
}

const pan = (seconds) => show(view.from + seconds, view.to - view.from);

// The tooltip

function tell(lines, x, y) {
  tip.replaceChildren(...lines.filter((line) => line !== "").map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  tip.hidden = false;
  const chart = byId("chart");
  tip.style.left = `${Math.max(4, Math.min(x + 12, chart.clientWidth - tip.offsetWidth - 4))}px`;
  const below = y + 18;
  tip.style.top = `${below + tip.offsetHeight > chart.clientHeight ? Math.max(4, y - tip.offsetHeight - 12) : below}px`;
}

const linesOf = (row, mark) => {
  if (!mark) return [row.name, row.counts, row.facts];
  return [row.name, ...(mark.count > 1 ? [`${mark.count} together, first: ${mark.text[0]}`, "zoom in to tell them apart"] : mark.text)];
};

function point(event) {
  const { left, top } = lanes.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top + lanes.scrollTop];
  const index = Math.floor(y / laneHeight());
  const lane = view.drawn.get(index);
  if (!lane) return void (tip.hidden = true);
  const away = (mark) => Math.max(0, mark.x - x, x - mark.x - mark.width) * 4 + Math.abs(lane.top + mark.y + mark.height / 2 - y);
  const near = lane.marks.filter((mark) => x > mark.x - 4 && x < mark.x + mark.width + 4).sort((a, b) => away(a) - away(b));
  if (near.length === 0 && x > gutter() && gutter() > 0) return void (tip.hidden = true);
  tell(linesOf(view.rows[index], near[0]), x, event.clientY - byId("chart").getBoundingClientRect().top);
}

// The keyboard

/** Chooses a lane and one of its marks, shows both, and says them. */
function choose(lane, mark) {
  if (view.rows.length === 0) return;
  view.lane = Math.min(Math.max(lane, 0), view.rows.length - 1);
  const top = view.lane * laneHeight();
  lanes.scrollTop = Math.max(Math.min(lanes.scrollTop, top), top + laneHeight() - lanes.clientHeight);
  draw();
  const { marks } = view.drawn.get(view.lane);
  view.mark = Math.min(mark, marks.length - 1);
  draw();
  const chosen = view.drawn.get(view.lane).marks[view.mark];
  view.time = chosen?.start;
  const lines = linesOf(view.rows[view.lane], chosen);
  tell(lines, chosen ? chosen.x + chosen.width / 2 : gutter(), lanes.offsetTop + top - lanes.scrollTop + laneHeight() - 10);
  byId("said").textContent = lines.join(". ");
}

/** The next mark of the lane; beyond the last one in view, the view moves on. */
function step(by) {
  const lane = Math.max(view.lane, 0);
  const row = view.rows[lane];
  if (!row) return;
  const time = view.time ?? (by > 0 ? view.from - 1 : view.to);
  const next = () => (by > 0 ? marksOf(row).findIndex(({ start }) => start > time) : marksOf(row).findLastIndex(({ start }) => start < time));
  const isEnd = () => (by > 0 ? view.to >= data.seconds : view.from <= 0);
  while (next() < 0 && !isEnd()) pan((by * (view.to - view.from)) / 2);
  choose(lane, next() < 0 ? view.mark : next());
}

const keys = {
  "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), _: () => zoom(2), 0: () => show(0, data.seconds),
  ArrowLeft: () => step(-1), ArrowRight: () => step(1), ArrowUp: () => choose(view.lane - 1, -1), ArrowDown: () => choose(view.lane + 1, -1),
  Home: () => choose(view.lane, 0), End: () => choose(view.lane, Infinity), Escape: () => (tip.hidden = true),
  "Shift+ArrowLeft": () => pan((view.from - view.to) / 4), "Shift+ArrowRight": () => pan((view.to - view.from) / 4),
};

function onKey(event) {
  const isMoving = event.shiftKey && event.key.startsWith("Arrow");
  const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[isMoving ? `Shift+${event.key}` : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

// The mouse, a pen, a finger

function onWheel(event) {
  const x = event.clientX - lanes.getBoundingClientRect().left;
  const [side, upright] = event.shiftKey ? [event.deltaY || event.deltaX, 0] : [event.deltaX, event.deltaY];
  const isWhole = view.to - view.from >= data.seconds;
  // What cannot zoom out any more scrolls the lanes and the page.
  if (isWhole && (upright > 0 || upright === 0)) return;
  event.preventDefault();
  if (Math.abs(side) > Math.abs(upright)) pan((side * 1.5) / perSecond());
  else zoom(Math.min(2, Math.max(0.5, 1.0015 ** upright)), timeOf(Math.max(x, gutter())));
}

function onMove(event) {
  if (!drag) return point(event);
  if (Math.abs(event.clientX - drag.x) < 4 && Math.abs(event.clientY - drag.y) < 4) return;
  lanes.scrollTop = drag.top + (drag.touch ? 0 : drag.y - event.clientY);
  show(drag.from - (event.clientX - drag.x) / perSecond(), view.to - view.from);
}

function onDown(event) {
  if (event.button !== 0) return;
  const touch = event.pointerType === "touch";
  drag = { x: event.clientX, y: event.clientY, from: view.from, top: lanes.scrollTop, touch };
  if (!touch) lanes.setPointerCapture(event.pointerId);
  point(event);
}

function filter() {
  const name = byId("name").value.trim().toLowerCase();
  const isShown = (text, trouble) => text.toLowerCase().includes(name) && (trouble || !byId("trouble").checked);
  view.rows = data.rows.filter((row) => isShown(row.name, row.trouble));
  Object.assign(view, { lane: -1, mark: -1, time: undefined });
  for (const row of byId("cronjobs").tBodies[0].rows) row.hidden = !isShown(row.cells[0].firstChild.textContent, row.classList.contains("trouble"));
  tip.hidden = true;
  lanes.scrollTop = 0;
  byId("said").textContent = `${view.rows.length} CronJobs`;
  redraw();
}

function start() {
  byId("chart").hidden = false;
  byId("in").addEventListener("click", () => zoom(0.5));
  byId("out").addEventListener("click", () => zoom(2));
  byId("all").addEventListener("click", () => show(0, data.seconds));
  byId("name").addEventListener("input", filter);
  byId("trouble").addEventListener("change", filter);
  byId("chart").addEventListener("wheel", onWheel, { passive: false });
  lanes.addEventListener("keydown", onKey);
  lanes.addEventListener("focus", () => lanes.matches(":focus-visible") && choose(Math.max(view.lane, 0), view.mark));
  lanes.addEventListener("blur", () => (tip.hidden = true));
  lanes.addEventListener("scroll", redraw);
  lanes.addEventListener("pointerdown", onDown);
  lanes.addEventListener("pointermove", onMove);
  for (const type of ["pointerup", "pointercancel"]) lanes.addEventListener(type, () => (drag = undefined));
  lanes.addEventListener("pointerleave", () => (tip.hidden = true));
  new ResizeObserver(redraw).observe(lanes);
  draw();
}

if (byId("chart")) start();
