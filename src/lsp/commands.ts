import { type Position, Position as Positions } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnyRule, explainMarkdown, nextRunsOf, nextText, palette, timedSource, timelineOf, timelineText } from "../engine.js";
import type { Checked } from "./workbench.js";

/** Commands that any client may send; those that a code lens names are among them. */
export const commandNames = ["kronlint.nextRuns", "kronlint.timelineText", "kronlint.explainText"] as const;

const hour = 3_600_000;

export interface CommandRun {
  readonly rules: readonly AnyRule[];
  readonly now: number;
  readonly readerZone: string;
  /** Undefined for a document that is not open or holds no manifests. */
  readonly checkedAt: (uri: string) => { readonly document: TextDocument; readonly checked: Checked } | undefined;
  readonly show: (text: string) => void;
}

/** Answers with a text, or shows it; undefined for what cannot be answered. Arguments come from outside. */
export function runCommand(name: string, args: readonly unknown[], run: CommandRun): string | undefined {
  if (name === "kronlint.explainText") return explained(args[0], run.rules);
  const [uri, position] = args;
  const found = typeof uri === "string" ? run.checkedAt(uri) : undefined;
  if (!found) return undefined;
  if (name === "kronlint.timelineText") return timelineOfText(found.checked, run);
  if (name !== "kronlint.nextRuns") return undefined;
  const text = nextRunsAt(found.checked, Positions.is(position) ? position : undefined, run);
  if (text !== "") run.show(text);
  return text;
}

function explained(id: unknown, rules: readonly AnyRule[]): string | undefined {
  const rule = rules.find((one) => one.id === id);
  return rule && explainMarkdown(rule).replace(/^<!--.*?-->\s*/s, "");
}

function nextRunsAt({ source, judgement }: Checked, position: Position | undefined, { now, readerZone }: CommandRun): string {
  const all = nextRunsOf(source, { from: now, count: 5, controllerZone: judgement.settings.timeZone });
  const meant = position === undefined ? all : all.filter(({ line }) => line === position.line + 1);
  return meant.map(({ name = "", answer }) => `${name}\n${nextText(answer, { paint: palette(false), readerZone })}`.trim()).join("\n\n");
}

function timelineOfText({ source, judgement }: Checked, { now, readerZone }: CommandRun): string {
  const { timeZone, runtimes } = judgement.settings;
  const { cronJobs } = timedSource(source, { controllerZone: timeZone, runtimes });
  const from = Math.floor(now / hour) * hour;
  return timelineText(timelineOf(cronJobs, { from, to: from + 24 * hour, readerZone }), { width: 120, paint: palette(false) });
}
