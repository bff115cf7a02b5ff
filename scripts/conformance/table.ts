import { type Subject, subjects } from "./compared.js";
import { type Figure, totalOf } from "./figures.js";

/** What a subject is, for people. */
export const titles: Readonly<Record<Subject, string>> = {
  creates: "Verdicts on new objects",
  updates: "Verdicts on updates",
  lint: "Lint runs: something is said to be rejected exactly where the server refuses",
  "fire times": "Fire times of schedules",
  traces: "Traces of the CronJob controller",
};

/** Agreement in columns: a row for each version and stage, under one for the whole version. */
export function figuresTable(figures: readonly Figure[]): string {
  return subjects.map((subject) => subjectTable(subject, figures.filter((figure) => figure.subject === subject))).join("");
}

function subjectTable(subject: Subject, figures: readonly Figure[]): string {
  if (figures.length === 0) return "";
  const parts = Object.keys(figures[0]?.agreeing ?? {});
  const rows = [...new Set(figures.map(({ version }) => version))].flatMap((version) => {
    const own = figures.filter((figure) => figure.version === version);
    return [row(version, "all", totalOf(own), parts), ...own.map((figure) => row("", figure.stage, figure, parts))];
  });
  const head = columns(["", "", "cases", ...parts]);
  return `\n${titles[subject]}\n${[head, ...rows].join("\n")}\n`;
}

function row(version: string, stage: string, { cases, agreeing }: Pick<Figure, "cases" | "agreeing">, parts: readonly string[]): string {
  return columns([version, stage, thousands(cases), ...parts.map((part) => percent(agreeing[part] ?? 0, cases))]);
}

function columns([version = "", stage = "", ...rest]: readonly string[]): string {
  return `  ${version.padEnd(6)}${stage.padEnd(16)}${rest.map((text) => text.padStart(10)).join("")}`.trimEnd();
}

/** Rounded down: 100 % is all of them. */
export function percent(part: number, whole: number): string {
  return part === whole ? "100 %" : `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)} %`;
}

export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
