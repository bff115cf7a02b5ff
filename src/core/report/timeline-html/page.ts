import type { Timeline } from "../../lint/timeline.js";
import { clockText, lengthText } from "../timeline-words.js";
import { chartData } from "./chart-data.js";
import { escapeHtml, scriptJson } from "./escape.js";
import draw from "./page/draw.js" with { type: "text" };
import marks from "./page/marks.js" with { type: "text" };
import move from "./page/move.js" with { type: "text" };
import style from "./page/page.css" with { type: "text" };
import scale from "./page/scale.js" with { type: "text" };
import { busyMinutes, cronJobTable, figures, heatMap } from "./tables.js";

/** One script of the modules: each stands behind those that it imports. */
const script = [scale, marks, draw, move].join("\n").replace(/^import .*\n/gm, "").replace(/^export /gm, "");

/** What a page needs of the outside. */
export interface HtmlTools {
  /** SHA-256 of a text in UTF-8, as Base64. */
  readonly sha256: (text: string) => string;
}

/** The timeline as one file that loads nothing: its policy lets no other script or style run than the two that stand in it. */
export function timelineHtml(timeline: Timeline, { sha256 }: HtmlTools): string {
  const allowed = `style-src 'sha256-${sha256(style)}'; script-src 'sha256-${sha256(script)}'`;
  const policy = `default-src 'none'; ${allowed}; base-uri 'none'; form-action 'none'`;
  const { from, to, readerZone } = timeline;
  const stretch = `${clockText(readerZone, from)} to ${clockText(readerZone, to)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>CronJobs, ${escapeHtml(stretch)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>What runs when</h1>
<p>${escapeHtml(stretch)}, ${escapeHtml(readerZone)}, as kronlint computes it from the manifests</p>
</header>
<main>
${figures(timeline)}
${chartSection(timeline)}
<section aria-labelledby="heat-title">
<h2 id="heat-title">Starts by weekday and hour</h2>
${heatMap(timeline)}
</section>
<section aria-labelledby="minutes-title">
<h2 id="minutes-title">Busiest minutes</h2>
${busyMinutes(timeline)}
</section>
<section aria-labelledby="table-title">
<h2 id="table-title">CronJobs</h2>
${cronJobTable(timeline)}
</section>
</main>
<script type="application/json" id="data">${scriptJson(chartData(timeline))}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

function chartSection({ bucketSeconds, rows }: Timeline): string {
  if (!rows.some(({ runs }) => runs !== undefined)) return "<section><h2>Timeline</h2><p>Nothing runs in this time.</p></section>";
  return `<section aria-labelledby="chart-title">
<h2 id="chart-title">Timeline</h2>
<noscript><p>The chart needs its script; the tables below do without.</p></noscript>
<div class="tools">
<span role="group" aria-label="Zoom"><button type="button" id="in" aria-label="Zoom in" aria-keyshortcuts="+">+</button>
<button type="button" id="out" aria-label="Zoom out" aria-keyshortcuts="-">−</button>
<button type="button" id="all" aria-keyshortcuts="0">All</button></span>
<label>Name <input type="search" id="name" autocomplete="off"></label>
<label><input type="checkbox" id="trouble"> only those with trouble</label>
</div>
<p id="keys" class="note">Wheel, <kbd>+</kbd> <kbd>−</kbd> <kbd>0</kbd> zoom; drag or <kbd>Shift</kbd>+<kbd>←</kbd> <kbd>→</kbd> move;
<kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> go from run to run.</p>
<svg class="defs" width="0" height="0" aria-hidden="true"><defs>
<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5"/></pattern>
</defs></svg>
<div id="chart" hidden>
<svg id="head" role="img" aria-label="Runs at once over time"></svg>
<div id="lanes" tabindex="0" role="application" aria-label="Runs of each CronJob" aria-describedby="keys">
<div id="space"></div><svg id="bars" aria-hidden="true"></svg>
</div>
<div id="tip" role="tooltip" hidden></div>
</div>
<p id="said" class="unseen" aria-live="polite"></p>
<ul class="legend" aria-label="Legend">${legend(bucketSeconds)}</ul>
</section>`;
}

const samples = [
  ["plain", "M2 3h20v8h-20z", "a run"],
  ["overlapping", "M2 3h20v8h-20z", "starts while a run of its own goes on"],
  ["replaced", "M2 3h20v8h-20zM23 0v14", "ended by the next run"],
  ["skipped", "M8 3l8 8m0-8l-8 8", "skipped: due, not started"],
  ["unknown", "M12 2l5 5l-5 5l-5-5z", "a start; how long it runs is unknown"],
  ["late", "M2 7h20", "due, and held back until the run begins"],
] as const;

function legend(bucketSeconds: number): string {
  const counted = ["bucket", "M2 1h9v12h-9zM13 5h9v8h-9z", `many runs, counted by ${lengthText(bucketSeconds)}`] as const;
  const items = [...samples, counted].map(([kind, path, text]) => {
    return `<li><svg width="26" height="14" aria-hidden="true"><path class="${kind}" d="${path}"/></svg>${text}</li>`;
  });
  return items.join("");
}
