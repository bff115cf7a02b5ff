import { entryOf, type MappingNode, type Node } from "../read/node.js";
import { itemLevel, level, type Level, text, texts, writtenItems } from "./field.js";
import type { OtherObject } from "./other-object.js";
import { type Container, type CronJob, type Job, jobInside, looseContainers, metadata, scheduleOfWorkflow } from "./workload.js";

export type NeighbourKind = "ScaledJob" | "JobSet" | "CronWorkflow";

/** What of a neighbour's object is the same as in a Job or a CronJob. */
export interface Neighbour {
  readonly kind: NeighbourKind;
  /** One for each schedule; of what they start nothing is known. */
  readonly cronJobs: readonly CronJob[];
  readonly jobs: readonly Job[];
  /** Those of no Job. */
  readonly containers: readonly Container[];
}

type Parts = Partial<Omit<Neighbour, "kind">>;

interface Place {
  readonly group: string;
  readonly parts: (object: OtherObject, spec: Level) => Parts;
}

/** Custom resources that hold a Job, containers or a schedule, and where. Any other is left alone. */
const places: Readonly<Record<NeighbourKind, Place>> = {
  // https://keda.sh/docs/latest/reference/scaledjob-spec/
  ScaledJob: { group: "keda.sh", parts: (object, spec) => ({ jobs: [jobInside(object, object.metadata, level(spec, "jobTargetRef"))] }) },
  // https://jobset.sigs.k8s.io/docs/reference/jobset.v1alpha2/
  JobSet: { group: "jobset.x-k8s.io", parts: (object, spec) => ({ jobs: writtenItems(spec, "replicatedJobs", jobOfSet(object, spec)) }) },
  // https://argo-workflows.readthedocs.io/en/latest/fields/#cronworkflow
  CronWorkflow: { group: "argoproj.io", parts: workflowParts },
};

export const neighbourKinds: readonly NeighbourKind[] = ["ScaledJob", "JobSet", "CronWorkflow"];

/** Undefined for every other kind, and for one of that name of another group. */
export function neighbourOf(object: OtherObject): Neighbour | undefined {
  const kind = neighbourKinds.find((one) => one === object.kind);
  const place = kind && places[kind];
  if (!place || !object.apiVersion.value?.startsWith(`${place.group}/`)) return undefined;
  return { kind, cronJobs: [], jobs: [], containers: [], ...place.parts(object, level(object.root, "spec")) };
}

function jobOfSet(object: OtherObject, spec: Level) {
  return (...[node, path]: Parameters<Parameters<typeof writtenItems<Job>>[2]>): Job => {
    const template = level(itemLevel(node, path, spec), "template");
    return jobInside(object, metadata(template), level(template, "spec"));
  };
}

/** Until 3.5 there is one schedule, from 4.0 on only the list. */
function workflowParts(object: OtherObject, spec: Level): Parts {
  const schedules = [text(spec, "schedule"), ...(texts(spec, "schedules").value ?? [])];
  const written = schedules.filter(({ state }) => state === "present");
  const cronJobs = written.map((one) => scheduleOfWorkflow(object.document, object.root, spec, one));
  const workflow = level(spec, "workflowSpec");
  const found = writtenItems(workflow, "templates", (node, path) => (node.kind === "mapping" ? containersOfTemplate(node, path) : []));
  return { cronJobs, containers: looseContainers(object, workflow, found.flat()) };
}

type Found = readonly (readonly [Node, string])[];

/** What one template runs: https://argo-workflows.readthedocs.io/en/latest/fields/#template */
function containersOfTemplate(template: MappingNode, path: string): Found {
  const [main, script] = [entryOf(template, "container")?.value, entryOf(template, "script")?.value];
  const set = entryOf(template, "containerSet")?.value;
  return [
    ...(main?.kind === "mapping" ? [[main, `${path}.container`] as const] : []),
    ...(script?.kind === "mapping" ? [[withSource(script), `${path}.script`] as const] : []),
    ...(set?.kind === "mapping" ? listed(set, "containers", `${path}.containerSet`) : []),
    ...listed(template, "initContainers", path),
    ...listed(template, "sidecars", path),
  ];
}

function listed(parent: MappingNode, key: string, path: string): Found {
  const list = entryOf(parent, key)?.value;
  return list?.kind === "sequence" ? list.items.map((item, index) => [item, `${path}.${key}[${String(index)}]`] as const) : [];
}

/**
 * Argo writes `source` into a file and gives it to `command`, whose options stand there too. A shell reads a file as it reads the
 * argument of `-c`, so that is what the container is shown with; `args` come behind the file and are no options of the shell.
 */
function withSource(script: MappingNode): MappingNode {
  const [command, source] = [entryOf(script, "command"), entryOf(script, "source")];
  const others = script.entries.filter(({ key }) => key.text !== "args" && key.text !== "source" && key.text !== "command");
  const program = command?.value.kind === "sequence" && !command.value.open ? command.value : undefined;
  const first = program?.items[0];
  if (!command || !source || !program || first?.kind !== "scalar" || !/(?:^|\/)(?:ba|da|a|k|z)?sh$/.test(first.text)) {
    return { ...script, entries: others };
  }
  const dashC: Node = { ...first, value: "-c", text: "-c" };
  const items = [...program.items, dashC, source.value];
  return { ...script, entries: [...others, { ...command, value: { ...program, items } }] };
}
