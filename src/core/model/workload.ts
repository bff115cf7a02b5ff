import type { Document } from "../read/document.js";
import { meantKind } from "../read/kinds.js";
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
  /** Who reads the schedule. */
  readonly runBy: "Kubernetes" | "Argo Workflows";
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

export function rootLevel(document: Document, meant: ReadonlySet<string>): Level {
  const first = document.root.entries.find(({ key }) => key.text === "kind") ?? document.root.entries[0];
  return { state: "present", path: "", place: first?.key.place ?? document.place, mapping: document.root, patch: document.patch, meant };
}

export function metadata(parent: Level): Metadata {
  const own = level(parent, "metadata");
  const { state, path, place, mapping, patch, meant } = own;
  const name = text(own, "name");
  const generateName = text(own, "generateName");
  const namespace = text(own, "namespace");
  const labels = level(own, "labels");
  const annotations = level(own, "annotations");
  if (!mapping) return { state, path, place, patch, meant, name, generateName, namespace, labels, annotations };
  return { state, path, place, mapping, patch, meant, name, generateName, namespace, labels, annotations };
}

function container(pod: PodTemplate, init: boolean) {
  return (node: Node, path: string): Container => {
    const own = itemLevel(node, path, pod.spec);
    return {
      pod,
      init,
      level: own,
      name: text(own, "name"),
      image: text(own, "image"),
      imagePullPolicy: text(own, "imagePullPolicy"),
      restartPolicy: text(own, "restartPolicy"),
      command: texts(own, "command"),
      args: texts(own, "args"),
      env: list(own, "env", (item, at) => itemLevel(item, at, pod.spec)),
      resources: level(own, "resources"),
    };
  };
}

/** The items as a field: unknown while a template may add to them. */
function wholeList<T>(parent: Level, key: string, items: readonly T[]): Field<readonly T[]> {
  return field(parent, key, (node) => (node.kind === "sequence" && !node.open ? items : undefined));
}

// Objects that know each other cannot be literals: getters in them would make V8 keep each in a slow form. So these are classes, which
// hold data only; what the fields are read from comes with the base class, since it must be there before them.
class PodTemplateParts {
  constructor(readonly job: Job, readonly metadata: Metadata, readonly spec: Level) {}
}

class PodTemplateData extends PodTemplateParts implements PodTemplate {
  readonly restartPolicy = text(this.spec, "restartPolicy");
  readonly activeDeadlineSeconds = integer(this.spec, "activeDeadlineSeconds");
  readonly terminationGracePeriodSeconds = integer(this.spec, "terminationGracePeriodSeconds");
  readonly serviceAccountName = text(this.spec, "serviceAccountName");
  readonly volumes = list(this.spec, "volumes", (item, at) => itemLevel(item, at, this.spec));
  readonly written: readonly Container[] = [
    ...writtenItems(this.spec, "containers", container(this, false)),
    ...writtenItems(this.spec, "initContainers", container(this, true)),
  ];
  readonly containers: Field<readonly Container[]> = wholeList(this.spec, "containers", this.written.filter(({ init }) => !init));
  readonly initContainers: Field<readonly Container[]> = wholeList(this.spec, "initContainers", this.written.filter(({ init }) => init));
}

function podTemplate(job: Job): PodTemplate {
  const template = level(job.spec, "template");
  return new PodTemplateData(job, metadata(template), level(template, "spec"));
}

class JobParts {
  constructor(readonly object: KubernetesObject, readonly metadata: Metadata, readonly spec: Level) {}
}

class JobData extends JobParts implements Job {
  readonly kind = "Job";
  readonly parallelism = integer(this.spec, "parallelism");
  readonly completions = integer(this.spec, "completions");
  readonly completionMode = text(this.spec, "completionMode");
  readonly activeDeadlineSeconds = integer(this.spec, "activeDeadlineSeconds");
  readonly backoffLimit = integer(this.spec, "backoffLimit");
  readonly backoffLimitPerIndex = integer(this.spec, "backoffLimitPerIndex");
  readonly maxFailedIndexes = integer(this.spec, "maxFailedIndexes");
  readonly ttlSecondsAfterFinished = integer(this.spec, "ttlSecondsAfterFinished");
  readonly suspend = flag(this.spec, "suspend");
  readonly manualSelector = flag(this.spec, "manualSelector");
  readonly podReplacementPolicy = text(this.spec, "podReplacementPolicy");
  readonly managedBy = text(this.spec, "managedBy");
  readonly podFailurePolicy = level(this.spec, "podFailurePolicy");
  readonly successPolicy = level(this.spec, "successPolicy");
  readonly selector = level(this.spec, "selector");
  readonly pod = podTemplate(this);
}

class WholeJob extends JobData implements KubernetesObject {
  readonly document = this.object.document;
  readonly root = this.object.root;
  readonly apiVersion = this.object.apiVersion;
}

class JobOfCronJob extends JobData {
  constructor(readonly cronJob: CronJob, template: Level) {
    super(cronJob, metadata(template), level(template, "spec"));
  }
}

class CronJobParts {
  constructor(readonly document: Document, readonly root: Level, readonly spec: Level) {}
}

abstract class AnyCronJob extends CronJobParts {
  readonly kind = "CronJob";
  readonly apiVersion = text(this.root, "apiVersion");
  readonly metadata = metadata(this.root);
  readonly concurrencyPolicy = text(this.spec, "concurrencyPolicy");
  readonly suspend = flag(this.spec, "suspend");
  readonly startingDeadlineSeconds = integer(this.spec, "startingDeadlineSeconds");
  readonly successfulJobsHistoryLimit = integer(this.spec, "successfulJobsHistoryLimit");
  readonly failedJobsHistoryLimit = integer(this.spec, "failedJobsHistoryLimit");
}

class CronJobData extends AnyCronJob implements CronJob {
  readonly runBy = "Kubernetes";
  readonly schedule = text(this.spec, "schedule");
  readonly timeZone = text(this.spec, "timeZone");
  readonly job: Job = new JobOfCronJob(this, level(this.spec, "jobTemplate"));
}

class CronWorkflowData extends AnyCronJob implements CronJob {
  readonly runBy = "Argo Workflows";
  readonly timeZone = zoneOfWorkflow(this.spec);
  readonly job: Job = new JobOfCronJob(this, unseen(this.spec));

  constructor(document: Document, root: Level, spec: Level, readonly schedule: Field<string>) {
    super(document, root, spec);
  }
}

/** Of `Local` only the cluster knows what it is. */
function zoneOfWorkflow(spec: Level): Field<string> {
  const zone = text(spec, "timezone");
  return zone.value === "Local" || zone.value === "" ? { state: "unknown", path: zone.path, place: zone.place } : zone;
}

/** An object of which nothing is known, so that no rule speaks about it. */
function unseen({ path, place, patch, meant }: Level): Level {
  return { state: "unknown", path, place, patch, meant };
}

/** What Argo's CronWorkflow says of when it runs, as a CronJob would: https://argo-workflows.readthedocs.io/en/latest/cron-workflows/ */
export function scheduleOfWorkflow(document: Document, root: Level, spec: Level, schedule: Field<string>): CronJob {
  return new CronWorkflowData(document, root, spec, schedule);
}

/** A Job that stands inside another object. */
export function jobInside(object: KubernetesObject, own: Metadata, spec: Level): Job {
  return new JobData(object, own, spec);
}

/** Containers that stand elsewhere than in a pod's lists; of their pod nothing else is known. */
export function looseContainers(object: KubernetesObject, own: Level, nodes: readonly (readonly [Node, string])[]): readonly Container[] {
  const { pod } = new JobData(object, object.metadata, unseen(own));
  return nodes.map(([node, path]) => container(pod, false)(node, path));
}

function cronJobOf(document: Document, meant: ReadonlySet<string>): CronJob {
  const root = rootLevel(document, meant);
  return new CronJobData(document, root, level(root, "spec"));
}

function jobOf(document: Document, meant: ReadonlySet<string>): Workload {
  const root = rootLevel(document, meant);
  const object: KubernetesObject = { document, root, apiVersion: text(root, "apiVersion"), metadata: metadata(root) };
  return new WholeJob(object, object.metadata, level(root, "spec"));
}

/** Which workload a document is, or is meant to be: `Cronjob` is none that a server knows. Undefined for any other kind. */
export function kindOf(document: Document): Workload["kind"] | undefined {
  const written = (name: string): string | undefined => {
    const value = document.root.entries.findLast(({ key }) => key.text === name)?.value;
    return value?.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  };
  return meantKind(written("kind") ?? "", written("apiVersion"));
}

/** The Job or CronJob of a document. `meant`: paths of fields that stand at another level or under another name. */
export function workloadOf(document: Document, meant: ReadonlySet<string>): Workload | undefined {
  const kind = kindOf(document);
  if (kind === undefined) return undefined;
  return kind === "CronJob" ? cronJobOf(document, meant) : jobOf(document, meant);
}

/** The Job of either kind of workload. */
export function jobOfWorkload(workload: Workload): Job {
  return workload.kind === "CronJob" ? workload.job : workload;
}
