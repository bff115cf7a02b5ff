import { type Subject, subjects } from "./compared.js";
import type { Difference } from "./differences.js";
import { type Figure, totalOf } from "./figures.js";
import { readDifferences, readLevels } from "./levels.js";
import { percent, thousands, titles } from "./table.js";

const about: Readonly<Record<Subject, string>> = {
  creates:
    "Each manifest was sent by a strict client to be created. `accept`: accepted or rejected; `stage`: where the request ends; `errors`: the " +
    "same set of type and field; `warnings`: on the same fields; `strict`: the same unknown and duplicate fields; `dropped`: the same fields " +
    "that the stored object has lost; `kubectl`: what `kubectl create` gets, which makes JSON of the text itself.",
  updates: "Each manifest was applied over an older one as `kubectl apply` does it; the parts are the same. Stage `old`: the older manifest is refused itself.",
  lint: "The same manifests in a lint run for this version, without texts in which it sees no Job or CronJob, or several.",
  "fire times": "`create`: what validation says of a new object; `error`: what stops the controller; `times`: each next time, and whether there is none.",
  traces: "`trace`: every event, with its reason and message; `final`: what is left at the end; `summary`: counts. By kind of scenario.",
};

/** docs/conformance.md, out of the committed levels and differences; test/conformance.test.ts holds those true. */
export function conformancePage(): string {
  const levels = readLevels();
  return [
    "# Conformance\n",
    "How far kronlint's answers agree with those of Kubernetes' own code, recorded for the cases in `fixtures/conformance`. `npm run conformance`",
    "computes these figures anew, and `test/conformance.test.ts` fails when one of them falls or a difference is not listed here. Percentages are",
    "rounded down: 100 % is every case.\n",
    ...subjects.map((subject) => section(subject, levels.filter((level) => level.subject === subject))),
    differenceSection(readDifferences()),
  ].join("\n");
}

function section(subject: Subject, figures: readonly Figure[]): string {
  const versions = distinct(figures.map(({ version }) => version));
  const parts = Object.keys(figures[0]?.agreeing ?? {});
  const byVersion = versions.map((version) => {
    const { cases, agreeing } = totalOf(figures.filter((figure) => figure.version === version));
    return [version, thousands(cases), ...parts.map((part) => percent(agreeing[part] ?? 0, cases))];
  });
  const byStage = distinct(figures.map(({ stage }) => stage)).map((stage) => {
    return [stage, ...versions.map((version) => cell(figures.find((figure) => figure.version === version && figure.stage === stage)))];
  });
  const caption = "By stage: cases, and how many of them agree in the part that agrees least, where not all do.\n";
  return [`## ${titles[subject]}\n`, `${about[subject]}\n`, table(["", "cases", ...parts], byVersion), caption, table(["", ...versions], byStage)].join("\n");
}

function cell(figure: Figure | undefined): string {
  if (!figure) return "";
  const least = Math.min(...Object.values(figure.agreeing));
  return least === figure.cases ? thousands(figure.cases) : `${thousands(least)} of ${thousands(figure.cases)}`;
}

function differenceSection(differences: readonly Difference[]): string {
  const rows = differences.map(({ subject, id, about: what, versions, difference, reason }) => {
    return [id, subject, what, versions.join(", "), difference, reason].map(escaped);
  });
  return ["## What differs\n", table(["Case", "In", "What it is", "Versions", "Difference", "Reason"], rows)].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = `|${head.map((_, index) => (index === 0 ? "---|" : "--:|")).join("")}`;
  return `${[line(head), head.includes("Reason") ? rule.replaceAll("--:", "---") : rule, ...rows.map(line)].join("\n")}\n`;
}

function escaped(text: string): string {
  return text.replace(/[\\|<*_`]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
