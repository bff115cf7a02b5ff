import { defineRule, type Field, type Finding, type Fix, type Job, keysOf, type Level, level, manifest, moveEntry, text } from "#rule";
import { type Bearer, knownKey, type KnownKey } from "./lib/metadata-levels.js";

/** A place for metadata, and what reads it there. */
interface Place {
  readonly bearer: Bearer | "cronJob";
  readonly metadata: Level;
  /** What it is the metadata of, as people call it. */
  readonly name: string;
}

export default defineRule({
  id: "annotation-wrong-level",
  summary: "An annotation or label stands on an object that its reader does not look at.",
  why: `
    A CronJob has three places for metadata: its own, that of its Jobs (\`jobTemplate.metadata\`), and that of their pods
    (\`template.metadata\`). Nothing copies them from one to the next. Autoscalers, injectors and network plugins read the pod, Kueue reads
    the Job, Helm, Argo CD and Flux read the object that they apply. Anywhere else the key has no effect, and nobody says so: the
    sidecar is injected all the same and the Job never completes, or the node is taken away under a running backup.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md",
    "https://karpenter.sh/docs/concepts/disruption/",
    "https://istio.io/latest/docs/reference/config/annotations/",
    "https://linkerd.io/2/features/proxy-injection/",
    "https://kueue.sigs.k8s.io/docs/tasks/run/run_cronjobs/",
    "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/",
    "https://helm.sh/docs/topics/charts_hooks/",
  ],
  outranks: ["autoscaler-eviction"],
  falsePositives: "Something of your own that reads the key where it stands, such as a policy or a webhook that copies it.",

  *job(job) {
    const places = placesOf(job);
    for (const place of places) {
      for (const kind of ["annotation", "label"] as const) yield* misplacedIn({ place, places, kind, job });
    }
  },

  examples: [
    {
      title: "A backup that may be evicted",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
          annotations:
            team: storage
            cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the cluster autoscaler reads cluster-autoscaler.kubernetes.io/safe-to-evict from the pod, not from the CronJob; move it to spec.jobTemplate.spec.template.metadata.annotations
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                metadata:
                  annotations:
                    team: storage
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
          annotations:
            team: storage
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                metadata:
                  annotations:
                    team: storage
                    cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
    },
    {
      title: "A queue that Kueue does not see",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
        spec:
          suspend: true
          template:
            metadata:
              labels:
                kueue.x-k8s.io/queue-name: gpu
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^ Kueue reads kueue.x-k8s.io/queue-name from the Job, not from the pod template; move it to metadata.labels
            spec:
              restartPolicy: Never
              containers: [{ name: train, image: train:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
          labels:
            kueue.x-k8s.io/queue-name: gpu
        spec:
          suspend: true
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: train, image: train:1.0 }]
      `,
    },
  ],
});

interface Search {
  readonly place: Place;
  readonly places: readonly Place[];
  readonly kind: KnownKey["kind"];
  readonly job: Job;
}

function* misplacedIn({ place, places, kind, job }: Search): Iterable<Finding> {
  const written = level(place.metadata, mapOf(kind));
  const told = new Set<KnownKey>();
  for (const { text: key, place: at } of keysOf(written)) {
    const known = knownKey(key, kind);
    const right = known && rightPlace(known.bearer, places);
    if (!known || !right || right === place || told.has(known) || isThere(right, key)) continue;
    told.add(known);
    yield { at, ...judged({ key, known, written, place, right }, job) };
  }
}

/** From the outside in. */
function placesOf({ cronJob, metadata, pod }: Job): readonly Place[] {
  const template: Place = { bearer: "pod", metadata: pod.metadata, name: "the pod template" };
  if (!cronJob) return [{ bearer: "job", metadata, name: "the Job" }, template];
  return [{ bearer: "cronJob", metadata: cronJob.metadata, name: "the CronJob" }, { bearer: "job", metadata, name: "its Jobs" }, template];
}

function rightPlace(bearer: Bearer, places: readonly Place[]): Place | undefined {
  return bearer === "applied" ? places[0] : places.find((place) => place.bearer === bearer);
}

function mapOf(kind: KnownKey["kind"]): "annotations" | "labels" {
  return kind === "annotation" ? "annotations" : "labels";
}

/** Also where a template may add it, and where it stands among the labels instead. */
function isThere({ metadata }: Place, key: string): boolean {
  return ["annotations", "labels"].some((map) => text(level(metadata, map), key).state !== "absent");
}

interface Misplaced {
  readonly key: string;
  readonly known: KnownKey;
  readonly written: Level;
  readonly place: Place;
  readonly right: Place;
}

function judged(misplaced: Misplaced, job: Job): Pick<Finding, "message" | "fix"> {
  const { key, known, written, place, right } = misplaced;
  const value: Field<string> = text(written, key);
  const reads = known.bearer === "applied" ? "the object that it applies" : known.bearer === "job" ? "the Job" : "the pod";
  const fact = `${known.reader} reads ${key} from ${reads}, not from ${place.name}`;
  const isActivated = known.activates && value.state === "present" && known.activates.test(value.value);
  // A CronJob is hardly ever meant to be a hook, nor a sidecar to be injected into a Job that ran without.
  const isUnwanted = isActivated === true || (job.cronJob && known.bearer === "applied" && key.includes("/hook"));
  if (isUnwanted) return { message: `${fact}; leave it out` };
  const fix = moving(misplaced, job, value);
  const where = `${pathOf(right, job)}.${mapOf(known.kind)}`;
  return { message: `${fact}; move it to ${where}`, ...(fix ? { fix } : {}) };
}

function pathOf({ metadata: { path } }: Place, { cronJob }: Job): string {
  return cronJob || path !== "metadata" ? path : "metadata";
}

function moving({ known, right }: Misplaced, job: Job, value: Field<string>): Fix | undefined {
  const target = level(right.metadata, mapOf(known.kind));
  if (value.state !== "present" || target.state !== "present") return undefined;
  const edits = moveEntry(value, target);
  if (edits.length === 0) return undefined;
  const title = `move it to ${target.path}`;
  if (right.bearer !== "pod") return { title: `${title}, where ${known.reader} acts on it`, safe: false, edits };
  if (job.cronJob) return { title, safe: !known.key.startsWith("vault"), edits };
  return { title: `${title}; the template of a Job that exists cannot change`, safe: false, edits };
}
