import { answerFor, type NextRun, nextRuns } from "../lint/next-runs.js";
import { runLengthOf } from "../lint/timeline-duration.js";
import type { CronJob } from "../model/workload.js";
import type { Place } from "../text/place.js";
import { localText, wallText } from "../time/wall-time.js";
import { type FieldAt, fieldAt } from "./field-at.js";
import { fieldWords } from "./field-words.js";
import { type Opened, type OpenedPart, partAt } from "./opened.js";
import { type Circumstances, runTimeWords } from "./run-words.js";

/** Markdown about what stands at a place. */
export interface Hover {
  readonly at: Place;
  readonly markdown: string;
}

/** What a field does; of a schedule, what it means and when it fires; undefined where there is nothing to say. */
export function hoverAt(opened: Opened, offset: number, given: Circumstances): Hover | undefined {
  const part = partAt(opened, offset);
  const field = part && fieldAt(part, offset);
  if (!field) return undefined;
  const onKey = field.key.start <= offset && offset <= field.key.end;
  const isScalar = field.value.kind === "scalar" && field.value.value !== null;
  // Inside an object only the keys are about something; a script is a text of its own.
  if (!onKey && (!isScalar || isBlock(field))) return undefined;
  const markdown = [...aboutRuns(part, field, given), fieldWords(field.type, field.spec)].join("\n\n---\n\n");
  return { at: onKey ? field.key : field.value.place, markdown };
}

function isBlock({ value }: FieldAt): boolean {
  return value.kind === "scalar" && (value.style === "literal" || value.style === "folded");
}

function aboutRuns({ workload }: OpenedPart, { path }: FieldAt, given: Circumstances): readonly string[] {
  const isAboutTime = path === "spec.schedule" || path === "spec.timeZone";
  // Of what a template writes, or of what cannot be read, nobody knows when it runs.
  if (workload.kind !== "CronJob" || !isAboutTime || workload.schedule.state !== "present") return [];
  return [scheduleWords(workload, given)];
}

const count = 5;

/** A schedule in words, with the next runs. */
export function scheduleWords(cronJob: CronJob, given: Circumstances): string {
  const answer = answerFor(cronJob.schedule, cronJob.timeZone, { from: given.now, count, controllerZone: given.controllerZone });
  if (answer.state === "refused") return `No runs: ${escaped(answer.reason)}.`;
  const { description, zone, zoneFrom, runs } = answer.next;
  const origin = zoneFrom === "controller" ? ", the controller's zone" : "";
  const suspended = cronJob.suspend.value === true ? ["Suspended: nothing runs until spec.suspend is false."] : [];
  const length = runTimeWords(cronJob.job, given);
  const evidence = length === "" ? [] : runLengthOf(cronJob.job, { runtimes: given.runtimes }).evidence;
  const why = evidence.length === 0 ? "" : `: ${escaped(evidence.join("; "))}`;
  return [
    `**${sentence(description)}** (${escaped(zone)}${origin})`,
    ...suspended,
    runs.length === 0 ? "It never fires." : `Next runs:\n\n${runs.map((run) => `- ${runText(run, zone)}`).join("\n")}`,
    ...(length === "" ? [] : [`A run ${length}${why}.`]),
  ].join("\n\n");
}

/** The same for a schedule that stands alone, as a completion offers it. */
export function loneScheduleWords(text: string, { now, controllerZone }: Circumstances): string {
  const answer = nextRuns(text, undefined, { from: now, count: 3, controllerZone });
  if (answer.state === "refused") return "";
  const { zone, runs } = answer.next;
  return runs.map((run) => `- ${runText(run, zone)}`).join("\n");
}

function runText({ at, repeats, skipped }: NextRun, zone: string): string {
  if (skipped) return `${wallText(skipped.wall)} is skipped: the clocks change`;
  return `${localText(zone, at)}${repeats === undefined ? "" : `, the ${repeats} of two: the clocks change`}`;
}

function sentence(text: string): string {
  return escaped(text.charAt(0).toUpperCase() + text.slice(1));
}

/** Text of a manifest is not Markdown. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~]/g, "\\$&").replace(/[\p{Cc}\p{Bidi_Control}]/gu, " ");
}
