import { type Field, integer, level, text, within } from "../model/field.js";
import type { Container, PodTemplate } from "../model/workload.js";
import type { Place } from "../text/place.js";
import { type CommandEvidence, estimateCommand } from "./estimate.js";

export interface RunTimeEvidence {
  readonly text: string;
  readonly seconds: number;
  /** Settings and histories have no place in the manifest. */
  readonly place?: Place;
}

/** How long one pod runs, in seconds from the start of its first container. */
export interface PodTime {
  /** No pod that succeeds is shorter. */
  readonly least: number;
  /** No pod is shorter, not even one that fails. */
  readonly shortest: number;
  /** No pod is longer; null when nothing bounds it or nothing is known. */
  readonly most: number | null;
  /** As far as scripts alone can tell. */
  readonly succeeds: boolean;
  /** None does. */
  readonly fails: boolean;
  /** What `least` consists of. */
  readonly evidence: readonly RunTimeEvidence[];
  /** What `most` consists of. */
  readonly bounds: readonly RunTimeEvidence[];
}

const nothing: PodTime = { least: 0, shortest: 0, most: 0, succeeds: true, fails: false, evidence: [], bounds: [] };

const unknown: PodTime = { ...nothing, most: null, succeeds: false };

/** Init containers one after another, then all others side by side: https://kubernetes.io/docs/concepts/workloads/pods/init-containers/ */
export function podTimeOf(pod: PodTemplate): PodTime {
  if (pod.containers.state !== "present") {
    return { ...sideBySide(pod.written.map(ofContainer)), most: null, shortest: 0, bounds: [], fails: false };
  }
  const init = pod.written.filter((one) => one.init);
  const main = sideBySide(pod.written.filter((one) => !one.init).map(ofContainer));
  const first = init.filter((one) => one.restartPolicy.state === "absent").map(ofContainer);
  const all = [...first, main].reduceRight((rest, part) => oneAfterAnother(part, rest));
  const sidecars = init.length - first.length;
  const grace = sidecars === 0 ? 0 : gracePeriod(pod);
  const isOpen = pod.initContainers.state === "unknown" || pod.written.some(mayHoldUp) || grace === null || all.most === null;
  return isOpen ? { ...all, most: null, bounds: [], fails: false } : withSidecars(all, grace, pod);
}

/** A sidecar is told to end when the others have ended, and the pod is done when it has: within the grace period. */
function withSidecars(all: PodTime, grace: number, { terminationGracePeriodSeconds: { place } }: PodTemplate): PodTime {
  if (grace === 0 || all.most === null) return all;
  const told = { text: `a sidecar takes up to ${String(grace)} s to end`, seconds: grace, place };
  return { ...all, most: all.most + grace, bounds: [...all.bounds, told] };
}

/** Seconds between the signal to end and the kill; null when a template decides. */
export function gracePeriod({ terminationGracePeriodSeconds: seconds, spec }: PodTemplate): number | null {
  if (seconds.state === "unknown" || spec.state !== "present") return null;
  // https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#lifecycle
  return seconds.value ?? 30;
}

/** Restarts of its own, a hook that others wait for, or a sidecar that has to become ready first. */
function mayHoldUp({ init, restartPolicy, level: own }: Container): boolean {
  if (level(level(own, "lifecycle"), "postStart").state !== "absent") return true;
  if (!init) return restartPolicy.state !== "absent";
  if (restartPolicy.state === "absent") return false;
  return restartPolicy.value !== "Always" || level(own, "startupProbe").state !== "absent";
}

function sideBySide(parts: readonly PodTime[]): PodTime {
  const [first = nothing, ...others] = parts;
  return others.reduce((one, other) => {
    const { least, evidence } = other.least > one.least ? other : one;
    const last = one.most === null || (other.most !== null && one.most >= other.most) ? one : other;
    const { most, bounds } = last;
    const shortest = Math.max(one.shortest, other.shortest);
    return { least, evidence, most, bounds, shortest, succeeds: one.succeeds && other.succeeds, fails: one.fails || other.fails };
  }, first);
}

function oneAfterAnother(one: PodTime, other: PodTime): PodTime {
  const isOpen = one.most === null || other.most === null;
  const both = one.least + other.shortest;
  return {
    least: one.least + other.least,
    shortest: one.succeeds ? both : Math.min(one.shortest, both),
    most: isOpen ? null : one.most + other.most,
    succeeds: one.succeeds && other.succeeds,
    fails: one.fails || other.fails,
    evidence: [...one.evidence, ...other.evidence],
    bounds: isOpen ? [] : [...one.bounds, ...other.bounds],
  };
}

function ofContainer(container: Container): PodTime {
  const { command, args } = container;
  const [commandWords, argWords] = [words(command), words(args)];
  if (commandWords === null || argWords === null) return unknown;
  const estimate = estimateCommand(commandWords, argWords, environment(container));
  if (!estimate) return unknown;
  const inManifest = (one: CommandEvidence): readonly RunTimeEvidence[] => located(one, command, args);
  const [evidence, bounds] = [estimate.evidence.flatMap(inManifest), estimate.bounds.flatMap(inManifest)];
  const { leastOfSuccess: least, least: shortest, most, succeeds, fails } = estimate;
  const killed = earliestKill(container);
  if (killed < shortest) return { least, shortest: killed, most, succeeds: false, fails: false, evidence, bounds };
  return { least, shortest, most, succeeds, fails, evidence, bounds };
}

/** Seconds after which a probe that fails may have the container killed; its defaults: three times, 10 s apart. */
function earliestKill({ level: own }: Container): number {
  const kills = ["livenessProbe", "startupProbe"].flatMap((name) => {
    const probe = level(own, name);
    if (probe.state === "absent") return [];
    const [delay, period, threshold] = ["initialDelaySeconds", "periodSeconds", "failureThreshold"].map((key) => integer(probe, key));
    if (delay?.state === "unknown" || period?.state === "unknown" || threshold?.state === "unknown") return [0];
    return [(delay?.value ?? 0) + ((threshold?.value ?? 3) - 1) * (period?.value ?? 10)];
  });
  return Math.max(0, Math.min(Infinity, ...kills));
}

/** What `env` sets; undefined where a reference or a template decides. */
function environment({ env }: Container): ReadonlyMap<string, string | undefined> {
  const variables = new Map<string, string | undefined>();
  for (const variable of env.value ?? []) {
    const [name, value] = [text(variable, "name"), text(variable, "value")];
    if (name.state !== "present") continue;
    const isPlain = value.state === "present" && !/\$\(|\$\$/.test(value.value);
    variables.set(name.value, isPlain ? value.value : undefined);
  }
  return variables;
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
