import type { Diagnostic } from "../lint/diagnostic.js";
import { byFile } from "./by-file.js";
import { frameOf } from "./frame.js";
import type { Reporter, TextOf } from "./reporter.js";
import { summaryLine } from "./summary.js";
import { attributes, markupText } from "./xml.js";

/** A page that needs nothing but itself: no script, no network. */
export function htmlReporter(): Reporter {
  return {
    begin: () => head,
    findings: (diagnostics, textOf) => [...byFile(diagnostics)].map(([file, found]) => section(file, found, textOf)).join(""),
    end: (summary) => `<footer>${markupText(summaryLine(summary))}</footer>\n</main>\n</body>\n</html>\n`,
  };
}

const style = `
:root {
  color-scheme: light dark;
  --error: light-dark(#b3261e, #ff8a80);
  --warning: light-dark(#8a5a00, #ffc857);
  --info: light-dark(#1f5fa8, #8ab8ff);
  --line: light-dark(#d8d8d8, #444);
  --soft: light-dark(#f5f5f5, #242424);
  --faint: light-dark(#5f5f5f, #a8a8a8);
}
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: light-dark(#fff, #181818); color: light-dark(#1a1a1a, #eee) }
main { max-width: 70rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.4rem }
h2 { font-size: 1.05rem; overflow-wrap: anywhere; border-bottom: 1px solid var(--line) }
article { margin: 0 0 1.2rem }
p { margin: .2rem 0; overflow-wrap: anywhere }
.level { font-weight: 600; color: var(--level) }
.error { --level: var(--error) }
.warning { --level: var(--warning) }
.info { --level: var(--info) }
pre { background: var(--soft); padding: .4rem .6rem; overflow-x: auto; margin: .3rem 0 }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline wavy var(--level) }
.more, footer { color: var(--faint) }
a { color: inherit }
fieldset { border: 1px solid var(--line); display: flex; gap: 1.2rem; flex-wrap: wrap }
body:has(#show-error:not(:checked)) .error,
body:has(#show-warning:not(:checked)) .warning,
body:has(#show-info:not(:checked)) .info { display: none }
`;

const choice = ["error", "warning", "info"]
  .map((level) => `<label><input type="checkbox" id="show-${level}" checked> ${level}</label>`)
  .join(" ");

const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kronlint</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>kronlint</h1>
<fieldset><legend>Show</legend>${choice}</fieldset>
`;

function section(file: string, found: readonly Diagnostic[], textOf: TextOf): string {
  return `<section>\n<h2>${markupText(file)}</h2>\n${found.map((one) => article(one, textOf)).join("")}</section>\n`;
}

function article(diagnostic: Diagnostic, textOf: TextOf): string {
  const { severity, file, line, column, message, rule, url, related, fix } = diagnostic;
  const more = [
    ...related.map((one) => `see ${one.file}:${one.line}:${one.column} ${one.message}`),
    ...(fix === undefined ? [] : [`${fix.safe ? "fix" : "unsafe fix"}: ${fix.title}`]),
  ].map((text) => `<p class="more">${markupText(text)}</p>\n`);
  const place = `<span${attributes({ title: file })}>${line}:${column}</span>`;
  const link = `<a${attributes({ href: url })}>${markupText(rule)}</a>`;
  const said = `<p>${place} <span class="level">${severity}</span> ${markupText(message)} (${link})</p>\n`;
  return `<article class="${severity}">\n${said}${quoted(diagnostic, textOf(file))}${more.join("")}</article>\n`;
}

/** Columns of the manifest that are shown of a long line. */
const widest = 160;

function quoted({ start, end }: Diagnostic, text: string | undefined): string {
  if (text === undefined || text === "" || start > text.length) return "";
  const { before, marked, after } = frameOf(text, start, end, widest);
  // What the line shows has been made visible already; once more would change nothing.
  return `<pre>${markupText(before)}<mark>${markupText(marked)}</mark>${markupText(after)}</pre>\n`;
}
