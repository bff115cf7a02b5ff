import { type Field, text, within } from "../model/field.js";
import type { Container, Job } from "../model/workload.js";
import type { Place } from "../text/place.js";
import { durationSeconds } from "../time/length.js";
import { type CommandEvidence, estimateCommand } from "./estimate.js";

/**
 * How long a run takes, in seconds from the start of its first pod; scheduling, image pulls and attempts that fail come on
 * top, deadlines are counted in.
 */
export interface RunTime {
  /** No run that succeeds is shorter. */
  readonly least: number;
  /** No run is longer; null when nothing bounds it or nothing is known. */
  readonly most: number | null;
  /** What says so: `the script sleeps 100 s`, with the place that says it. Empty when nothing is known. */
  readonly evidence: readonly RunTimeEvidence[];
}

export interface RunTimeEvidence {
  readonly text: string;
  readonly seconds: number;
  /** Settings have no place in the manifest. */
  readonly place?: Place;
}

/** An annotation of the CronJob or Job, with a duration such as `20m`. */
const annotation = "kronlint/expected-runtime";

const nothing: RunTime = { least: 0, most: 0, evidence: [] };

/** What the annotation says, else the settings (seconds by `namespace/name` or `name`), else what the scripts show. */
export function runTimeOf(job: Job, runtimes: Readonly<Record<string, number>>): RunTime {
  const known = fromAnnotation(job) ?? fromSettings(job, runtimes) ?? fromScripts(job);
  return withinDeadlines(job, known);
}

function fromAnnotation({ metadata, object }: Job): RunTime | undefined {
  for (const { annotations } of [object.metadata, metadata]) {
    const field = text(annotations, annotation);
    const seconds = field.state === "present" ? durationSeconds(field.value) : undefined;
    if (field.state !== "present" || seconds === undefined || seconds === 0) continue;
    const written = field.value.trim();
    const said = `a run is expected to take ${/[a-z]$/.test(written) ? written : `${written} s`}`;
    return { least: seconds, most: seconds, evidence: [{ text: said, seconds, place: field.place }] };
  }
  return undefined;
}

function fromSettings({ object: { metadata } }: Job, runtimes: Readonly<Record<string, number>>): RunTime | undefined {
  if (metadata.name.state !== "present") return undefined;
  const name = metadata.name.value;
  const seconds = runtimes[`${metadata.namespace.value ?? ""}/${name}`] ?? runtimes[name];
  if (seconds === undefined) return undefined;
  return { least: seconds, most: seconds, evidence: [{ text: `a run takes ${String(seconds)} s by the settings`, seconds }] };
}

function fromScripts(job: Job): RunTime {
  const { pod } = job;
  if (pod.containers.state !== "present") return atLeast(pod.written.map(ofContainer));
  const isSidecar = ({ init, restartPolicy }: Container): boolean => init && restartPolicy.state !== "absent";
  const main = sideBySide(pod.written.filter(({ init }) => !init).map(ofContainer));
  const first = pod.written.filter((one) => one.init && !isSidecar(one)).map(ofContainer);
  const pods = rounds(job);
  const once = [...first, main].reduce(oneAfterAnother, nothing);
  return { least: once.least * pods, most: once.most === null ? null : once.most * pods, evidence: once.evidence };
}

/** A list that a template adds to: what is written still takes its time. */
function atLeast(parts: readonly RunTime[]): RunTime {
  return { ...sideBySide(parts), most: null };
}

/** Pods that must run one after another at the least. A new one starts when one ends, so this holds for equal pods. */
function rounds({ completions, parallelism, successPolicy }: Job): number {
  // Then some of the pods may be enough.
  if (successPolicy.state !== "absent") return 1;
  if (completions.state !== "present" || parallelism.state === "unknown" || completions.value < 1) return 1;
  return Math.ceil(completions.value / Math.max(1, parallelism.value ?? 1));
}

function sideBySide(parts: readonly RunTime[]): RunTime {
  const longest = parts.reduce((most, part) => (part.least > most.least ? part : most), parts[0] ?? nothing);
  const mosts = parts.map(({ most }) => most);
  const most = mosts.every((value) => value !== null) ? Math.max(0, ...mosts) : null;
  return { least: longest.least, most, evidence: longest.evidence };
}

function oneAfterAnother(a: RunTime, b: RunTime): RunTime {
  return {
    least: a.least + b.least,
    most: a.most === null || b.most === null ? null : a.most + b.most,
    evidence: [...a.evidence, ...b.evidence],
  };
}

function ofContainer({ command, args }: Container): RunTime {
  const unknown: RunTime = { least: 0, most: null, evidence: [] };
  const [commandWords, argWords] = [words(command), words(args)];
  if (commandWords === null || argWords === null) return unknown;
  const estimate = estimateCommand(commandWords, argWords);
  if (!estimate) return unknown;
  const evidence = estimate.evidence.flatMap((one) => located(one, command, args));
  return { least: estimate.leastOfSuccess, most: estimate.most, evidence };
}

/** Null when a template or a wrong type hides some of it. */
function words(list: Field<readonly Field<string>[]>): readonly string[] | undefined | null {
  if (list.state === "absent") return undefined;
  if (list.state === "unknown") return null;
  const values = list.value.flatMap((item) => (item.state === "present" ? [item.value] : []));
  return values.length === list.value.length ? values : null;
}

function located(one: CommandEvidence, command: Container["command"], args: Container["args"]): readonly RunTimeEvidence[] {
  const list = one.place.list === "command" ? command : args;
  const word = list.state === "present" ? list.value[one.place.index] : undefined;
  if (word?.state !== "present") return [];
  return [{ text: `the script ${one.text}`, seconds: one.seconds, place: within(word, one.start, one.end) }];
}

/** A deadline of the Job ends everything; one of the pod ends each attempt. */
function withinDeadlines({ activeDeadlineSeconds, pod }: Job, run: RunTime): RunTime {
  const least = Math.min(run.least, activeDeadlineSeconds.value ?? Infinity, pod.activeDeadlineSeconds.value ?? Infinity);
  const most = activeDeadlineSeconds.value === undefined ? run.most : Math.min(run.most ?? Infinity, activeDeadlineSeconds.value);
  return { least, most, evidence: run.evidence };
}
