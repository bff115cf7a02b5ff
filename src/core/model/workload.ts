import type { Document } from "../read/document.js";
import type { Node } from "../read/node.js";
import { field, type Field, flag, integer, itemLevel, level, type Level, list, text, texts, writtenItems } from "./field.js";

/** `metadata` of an object or of a template. */
export interface Metadata extends Level {
  readonly name: Field<string>;
  readonly generateName: Field<string>;
  readonly namespace: Field<string>;
  readonly labels: Level;
  readonly annotations: Level;
}

/** What every object of a document has. */
export interface KubernetesObject {
  readonly document: Document;
  readonly root: Level;
  readonly apiVersion: Field<string>;
  readonly metadata: Metadata;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/ */
export interface CronJob extends KubernetesObject {
  readonly kind: "CronJob";
  readonly spec: Level;
  readonly schedule: Field<string>;
  readonly timeZone: Field<string>;
  readonly concurrencyPolicy: Field<string>;
  readonly suspend: Field<boolean>;
  readonly startingDeadlineSeconds: Field<number>;
  readonly successfulJobsHistoryLimit: Field<number>;
  readonly failedJobsHistoryLimit: Field<number>;
  readonly job: Job;
}

/** A Job of its own, or the jobTemplate of a CronJob: rules need not know which. */
export interface Job {
  readonly kind: "Job";
  /** The object in whose manifest this Job stands. */
  readonly object: KubernetesObject;
  /** The CronJob that starts it, if it is a jobTemplate. */
  readonly cronJob?: CronJob;
  readonly metadata: Metadata;
  readonly spec: Level;
  readonly parallelism: Field<number>;
  readonly completions: Field<number>;
  readonly completionMode: Field<string>;
  readonly activeDeadlineSeconds: Field<number>;
  readonly backoffLimit: Field<number>;
  readonly backoffLimitPerIndex: Field<number>;
  readonly maxFailedIndexes: Field<number>;
  readonly ttlSecondsAfterFinished: Field<number>;
  readonly suspend: Field<boolean>;
  readonly manualSelector: Field<boolean>;
  readonly podReplacementPolicy: Field<string>;
  readonly managedBy: Field<string>;
  readonly podFailurePolicy: Level;
  readonly successPolicy: Level;
  readonly selector: Level;
  readonly pod: PodTemplate;
}

export interface PodTemplate {
  readonly job: Job;
  readonly metadata: Metadata;
  readonly spec: Level;
  readonly restartPolicy: Field<string>;
  readonly activeDeadlineSeconds: Field<number>;
  readonly terminationGracePeriodSeconds: Field<number>;
  readonly serviceAccountName: Field<string>;
  readonly containers: Field<readonly Container[]>;
  readonly initContainers: Field<readonly Container[]>;
  readonly volumes: Field<readonly Level[]>;
  /** All containers that are written, init containers last, also those of a list that a template adds to. */
  readonly written: readonly Container[];
}

export interface Container {
  readonly pod: PodTemplate;
  readonly init: boolean;
  readonly level: Level;
  readonly name: Field<string>;
  readonly image: Field<string>;
  readonly imagePullPolicy: Field<string>;
  readonly restartPolicy: Field<string>;
  readonly command: Field<readonly Field<string>[]>;
  readonly args: Field<readonly Field<string>[]>;
  readonly env: Field<readonly Level[]>;
  readonly resources: Level;
}

export type Workload = CronJob | (Job & KubernetesObject);

function rootLevel(document: Document): Level {
  const first = document.root.entries.find(({ key }) => key.text === "kind") ?? document.root.entries[0];
  return { state: "present", path: "", place: first?.key.place ?? document.place, mapping: document.root, patch: document.patch };
}

function metadata(parent: Level): Metadata {
  const own = level(parent, "metadata");
  return {
    ...own,
    name: text(own, "name"),
    generateName: text(own, "generateName"),
    namespace: text(own, "namespace"),
    labels: level(own, "labels"),
    annotations: level(own, "annotations"),
  };
}

function container(pod: () => PodTemplate, init: boolean, patch: boolean) {
  return (node: Node, path: string): Container => {
    const own = itemLevel(node, path, patch);
    return {
      get pod() {
        return pod();
      },
      init,
      level: own,
      name: text(own, "name"),
      image: text(own, "image"),
      imagePullPolicy: text(own, "imagePullPolicy"),
      restartPolicy: text(own, "restartPolicy"),
      command: texts(own, "command"),
      args: texts(own, "args"),
      env: list(own, "env", (item, at) => itemLevel(item, at, patch)),
      resources: level(own, "resources"),
    };
  };
}

/** The items as a field: unknown while a template may add to them. */
function wholeList<T>(parent: Level, key: string, items: readonly T[]): Field<readonly T[]> {
  return field(parent, key, (node) => (node.kind === "sequence" && !node.open ? items : undefined));
}

function podTemplate(job: () => Job, jobSpec: Level): PodTemplate {
  const template = level(jobSpec, "template");
  const spec = level(template, "spec");
  const { patch } = spec;
  const self = (): PodTemplate => pod;
  const main = writtenItems(spec, "containers", container(self, false, patch));
  const init = writtenItems(spec, "initContainers", container(self, true, patch));
  const pod: PodTemplate = {
    get job() {
      return job();
    },
    metadata: metadata(template),
    spec,
    restartPolicy: text(spec, "restartPolicy"),
    activeDeadlineSeconds: integer(spec, "activeDeadlineSeconds"),
    terminationGracePeriodSeconds: integer(spec, "terminationGracePeriodSeconds"),
    serviceAccountName: text(spec, "serviceAccountName"),
    containers: wholeList(spec, "containers", main),
    initContainers: wholeList(spec, "initContainers", init),
    volumes: list(spec, "volumes", (item, at) => itemLevel(item, at, patch)),
    written: [...main, ...init],
  };
  return pod;
}

function jobSpecFields(spec: Level): Omit<Job, "kind" | "object" | "cronJob" | "metadata" | "pod"> {
  return {
    spec,
    parallelism: integer(spec, "parallelism"),
    completions: integer(spec, "completions"),
    completionMode: text(spec, "completionMode"),
    activeDeadlineSeconds: integer(spec, "activeDeadlineSeconds"),
    backoffLimit: integer(spec, "backoffLimit"),
    backoffLimitPerIndex: integer(spec, "backoffLimitPerIndex"),
    maxFailedIndexes: integer(spec, "maxFailedIndexes"),
    ttlSecondsAfterFinished: integer(spec, "ttlSecondsAfterFinished"),
    suspend: flag(spec, "suspend"),
    manualSelector: flag(spec, "manualSelector"),
    podReplacementPolicy: text(spec, "podReplacementPolicy"),
    managedBy: text(spec, "managedBy"),
    podFailurePolicy: level(spec, "podFailurePolicy"),
    successPolicy: level(spec, "successPolicy"),
    selector: level(spec, "selector"),
  };
}

function kubernetesObject(document: Document): KubernetesObject {
  const root = rootLevel(document);
  return { document, root, apiVersion: text(root, "apiVersion"), metadata: metadata(root) };
}

function jobOf(document: Document): Workload {
  const object = kubernetesObject(document);
  const spec = level(object.root, "spec");
  const job: Job & KubernetesObject = {
    ...object,
    kind: "Job",
    object,
    ...jobSpecFields(spec),
    pod: podTemplate(() => job, spec),
  };
  return job;
}

function cronJobOf(document: Document): CronJob {
  const object = kubernetesObject(document);
  const spec = level(object.root, "spec");
  const template = level(spec, "jobTemplate");
  const jobSpec = level(template, "spec");
  const job: Job = {
    kind: "Job",
    object,
    get cronJob() {
      return cronJob;
    },
    metadata: metadata(template),
    ...jobSpecFields(jobSpec),
    pod: podTemplate(() => job, jobSpec),
  };
  const cronJob: CronJob = {
    ...object,
    kind: "CronJob",
    spec,
    schedule: text(spec, "schedule"),
    timeZone: text(spec, "timeZone"),
    concurrencyPolicy: text(spec, "concurrencyPolicy"),
    suspend: flag(spec, "suspend"),
    startingDeadlineSeconds: integer(spec, "startingDeadlineSeconds"),
    successfulJobsHistoryLimit: integer(spec, "successfulJobsHistoryLimit"),
    failedJobsHistoryLimit: integer(spec, "failedJobsHistoryLimit"),
    job,
  };
  return cronJob;
}

/** The Job or CronJob of a document; undefined for any other kind. */
export function workloadOf(document: Document): Workload | undefined {
  const kind = document.root.entries.findLast(({ key }) => key.text === "kind")?.value;
  if (kind?.kind !== "scalar") return undefined;
  if (kind.value === "CronJob") return cronJobOf(document);
  if (kind.value === "Job") return jobOf(document);
  return undefined;
}

/** The Job of either kind of workload. */
export function jobOfWorkload(workload: Workload): Job {
  return workload.kind === "CronJob" ? workload.job : workload;
}
