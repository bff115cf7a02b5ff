import { defineRule, itemLevel, jobOfWorkload, keysOf, list, manifest, text, textAt } from "#rule";
import type { Delivery, Fact, FactAt, Field, Finding, Job, OtherObject, WorkspaceFinding } from "#rule";
import { deliveryOfJob, isOwned, isRecreated } from "./lib/delivered.js";
import { mayBeHook } from "./lib/hook.js";
import { imageName } from "./lib/image.js";
import { isKustomization, listedFiles, lists } from "./lib/kustomization.js";
import { nameOverTime } from "./lib/name-over-time.js";
import { ofSort } from "./lib/sorts.js";

/** An image of a Job that keeps its name. */
interface Use {
  readonly sort: "use";
  readonly repository: string;
  readonly delivery: Delivery;
}

/** An image whose tag a kustomization sets. */
interface Setting {
  readonly sort: "setting";
  readonly repository: string;
  readonly resources: readonly string[];
}

type Data = Use | Setting;

export default defineRule({
  id: "job-template-immutable",
  summary: "A value that changes with each release stands in the template of a Job that keeps its name.",
  why: `
    The pod template of a Job is fixed when the Job is created. A Job that keeps its name, and whose image tag, version label or
    checksum comes from the release, is accepted once; the next release changes its template, and the server answers
    \`field is immutable\`. \`helm upgrade\`, the sync of Argo CD or the reconciliation of Flux stops there, with everything else in it.

    A name with the version or revision in it, a hook that is deleted before it is created, or an annotation by which the tool
    replaces the Job avoids that. \`kronlint diff\` says it of a change that is at hand.
  `,
  category: "correctness",
  severity: "warning",
  asWritten: true,
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-template",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go",
    "https://fluxcd.io/flux/use-cases/running-jobs/",
    "https://helm.sh/docs/topics/charts_hooks/",
  ],
  falsePositives: "A Job that is always deleted before the next release, and a HelmRelease or Kustomization of Flux with `force: true`.",

  *job(job, context) {
    const delivery = deliveryOfJob(job, context);
    if (!meetsItsOldSelf(job)) return;
    const changing = changingValue(job);
    if (!changing) return;
    yield { at: changing.at, ...refused(`${changing.what} may change with each release`, delivery) };
  },

  reads: ["Kustomization"],

  *facts(workload, context): Iterable<FactAt<Data>> {
    const job = jobOfWorkload(workload);
    if (!meetsItsOldSelf(job) || changingValue(job)) return;
    const delivery = deliveryOfJob(job, context);
    for (const { image } of job.pod.written) {
      const name = image.state === "present" ? imageName(image.value) : undefined;
      if (name) yield { at: image, data: { sort: "use", repository: name.repository, delivery } };
    }
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    if (isKustomization(object)) yield* settingsIn(object);
  },

  *workspace(facts: readonly Fact<Data>[]): Iterable<WorkspaceFinding<Data>> {
    const settings = ofSort(facts, "setting");
    const told = new Set<string>();
    for (const use of ofSort(facts, "use")) {
      const { repository, delivery } = use.data;
      const setting = settings.find(({ data }) => data.repository === repository && lists(data.resources, use.at.file));
      const job = `${use.object.namespace ?? ""}/${use.object.name ?? ""}`;
      if (!setting || told.has(job)) continue;
      told.add(job);
      const related = [{ fact: setting, message: "set here" }];
      yield { fact: use, related, ...refused("the kustomization sets the tag of this image", delivery) };
    }
  },

  examples: [
    {
      title: "A Job of a chart that has the version of the application",
      settings: { delivery: "helm" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: {{ include "shop.fullname" . }}-migrate
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
        #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the image may change with each release, but the template of a Job cannot change; rename it each time, or make it a hook
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: {{ include "shop.fullname" . }}-migrate-{{ .Release.Revision }}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
      `,
    },
    {
      title: "A tag that the pipeline fills in",
      settings: { delivery: "flux" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/shop:\${IMAGE_TAG}
        #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the image may change with each release, but the template of a Job cannot change; rename it each time, or annotate it with kustomize.toolkit.fluxcd.io/force: enabled
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            kustomize.toolkit.fluxcd.io/force: enabled
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/shop:\${IMAGE_TAG}
      `,
    },
  ],
});

/** The finished Job still stands under the same name when the next release comes. */
function meetsItsOldSelf(job: Job): boolean {
  const { metadata, ttlSecondsAfterFinished: ttl, suspend } = job;
  if (job.cronJob || ttl.state !== "absent" || suspend.state !== "absent") return false;
  return !mayBeHook(job) && !isRecreated(job) && !isOwned(job) && nameOverTime(metadata.name) === "fixed";
}

/** How the tool is told to make the Job anew. */
const otherWays: Readonly<Record<Delivery, string>> = {
  argocd: "make it a hook",
  flux: "annotate it with kustomize.toolkit.fluxcd.io/force: enabled",
  helm: "make it a hook",
  kubectl: "delete the old one first",
};

function refused(fact: string, delivery: Delivery): Pick<Finding, "message" | "severity"> {
  const message = `${fact}, but the template of a Job cannot change; rename it each time, or ${otherWays[delivery]}`;
  return delivery === "kubectl" ? { message, severity: "info" } : { message };
}

function* settingsIn(kustomization: OtherObject): Iterable<FactAt<Data>> {
  const { root } = kustomization;
  const resources = listedFiles(kustomization);
  for (const item of list(root, "images", (node, path) => itemLevel(node, path, root)).value ?? []) {
    const name = text(item, "name");
    const isSet = ["newTag", "digest"].some((key) => text(item, key).state === "present");
    if (name.state === "present" && isSet) yield { at: name, data: { sort: "setting", repository: name.value, resources } };
  }
}

interface Changing {
  readonly at: Finding["at"];
  readonly what: string;
}

/** `{{ .Values.image.tag }}`, `{{ .Chart.AppVersion }}`, `${IMAGE_TAG}`: what a release is about. */
const ofRelease =
  /\.Chart\.(?:App)?Version\b|\.Values\.(?:image\.(?:tag|digest|version)|imageTag|tag|version|appVersion)\b|(?:\$\{?|__|[<%@])[A-Z_]{0,40}(?:TAG|VERSION|SHA|COMMIT|BUILD|DIGEST|REVISION)/;
const versionLabels = ["helm.sh/chart", "chart", "app.kubernetes.io/version"];
/** Other contents, or another number each time. */
const ofContent = /^(?:checksum\/|checksum-)|^rollme$/;

function changingValue({ pod }: Job): Changing | undefined {
  const { annotations, labels } = pod.metadata;
  for (const key of keysOf(annotations)) {
    if (ofContent.test(key.text)) return { at: key.place, what: `the annotation ${key.text}` };
  }
  for (const key of versionLabels) {
    const label = text(labels, key);
    if (label.state !== "absent" && keysOf(labels).some((one) => one.text === key)) return { at: label, what: `the label ${key}` };
  }
  const image = pod.written.map((container) => container.image).find(isOfRelease);
  return image && { at: image, what: "the image" };
}

function isOfRelease(image: Field<string>): boolean {
  if (image.state === "absent") return false;
  return ofRelease.test(textAt(image.place));
}
