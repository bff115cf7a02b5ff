import {
  type Context,
  type CronJob,
  defineRule,
  field,
  type Finding,
  type Fix,
  isAtLeast,
  type Job,
  keysOf,
  type Level,
  manifest,
  moveEntry,
  type Present,
  removeField,
} from "#rule";
import { mayBeHook } from "./lib/hook.js";
import { queueAnnotation, queueLabel } from "./lib/kueue.js";

/** The field has an effect by default from this minor on. https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
const withManagedBy = "1.32";
const builtIn = "kubernetes.io/job-controller";
/** Controllers that are known. https://kueue.sigs.k8s.io/docs/concepts/multikueue/ */
const known = new Set([builtIn, "kueue.x-k8s.io/multikueue"]);
/** Labels and annotations of schedulers that suspend and resume Jobs by themselves. */
const queueing = /^(?:kueue\.x-k8s\.io|(?:scheduling\.)?volcano\.sh|yunikorn\.apache\.org|jobset\.sigs\.k8s\.io|kai\.scheduler)\//;

export default defineRule({
  id: "managed-by-or-suspend-stuck",
  summary: "A Job that waits for someone to resume it, or for a controller that may not exist.",
  why: `
    A Job with \`suspend: true\` makes no pods until something sets it to false. Kueue does that for Jobs with its label
    \`kueue.x-k8s.io/queue-name\`, and suspends them itself, so the manifest need not. An annotation of that name, which early
    versions knew, has no effect any more.

    In a jobTemplate \`suspend: true\` leaves every Job of the CronJob suspended, and under \`Forbid\` the first of them blocks
    all others. A CronJob is paused by its own \`spec.suspend\`. A hook that is suspended holds up its release.

    With \`managedBy\` Kubernetes' own Job controller leaves the Job to another controller. Where that does not run, nothing
    ever happens to the Job.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#suspending-a-job",
    "https://kueue.sigs.k8s.io/docs/tasks/run/cronjobs/",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#delegation-of-managing-a-job-object-to-external-controller",
  ],
  falsePositives: "Jobs that a person or a controller of one's own resumes.",

  *job(job, context) {
    yield* managed(job, context);
    const annotation = queueAnnotation(job);
    if (annotation) yield* notALabel(job, annotation);
    else yield* suspended(job);
  },

  examples: [
    {
      title: "A CronJob of suspended Jobs",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
        spec:
          schedule: "0 6 * * *"
          jobTemplate:
            spec:
              suspend: true
        #              ^^^^ every Job waits until something resumes it; to pause the CronJob set suspend in its own spec
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: report
                      image: report:1.4
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
        spec:
          schedule: "0 6 * * *"
          suspend: true
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: report
                      image: report:1.4
      `,
    },
    {
      title: "A queue that is named by an annotation",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
          labels:
            app: train
          annotations:
            team: search
            kueue.x-k8s.io/queue-name: gpu
        #   ^^^^^^^^^^^^^^^^^^^^^^^^^ Kueue reads the queue's name from a label, not from an annotation, so the Job is not queued; move it to the Job's metadata.labels
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: train
                  image: train:0.9
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
          labels:
            app: train
            kueue.x-k8s.io/queue-name: gpu
          annotations:
            team: search
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: train
                  image: train:0.9
      `,
    },
  ],
});

function* managed({ managedBy }: Job, { kubernetes }: Context): Iterable<Finding> {
  if (managedBy.state !== "present" || managedBy.value === "" || known.has(managedBy.value)) return;
  if (!kubernetes.some((version) => isAtLeast(version, withManagedBy))) return;
  const { value } = managedBy;
  if (!/^kubernetes\.io\//i.test(value)) {
    const message = `Kubernetes leaves this Job to ${clipped(value)}; without that controller in the cluster it never starts`;
    yield { at: managedBy, severity: "info", message };
    return;
  }
  const fact = `Kubernetes has no controller ${clipped(value)}, so the Job never starts`;
  yield {
    at: managedBy,
    message: `${fact}; leave managedBy out, which means ${builtIn}`,
    fix: { title: "remove managedBy", safe: false, edits: removeField(managedBy) },
  };
}

function* notALabel(job: Job, annotation: Present<string>): Iterable<Finding> {
  const home = job.cronJob ? "jobTemplate.metadata.labels" : "the Job's metadata.labels";
  yield {
    at: { ...annotation, place: annotation.key },
    message: `Kueue reads the queue's name from a label, not from an annotation, so the Job is not queued; move it to ${home}`,
    fix: {
      title: `move ${queueLabel} to ${home}; the Job then waits for its queue`,
      safe: false,
      edits: moveEntry(annotation, job.metadata.labels),
    },
  };
}

function* suspended(job: Job): Iterable<Finding> {
  const { suspend, cronJob, managedBy, metadata, pod } = job;
  if (suspend.state !== "present" || !suspend.value || managedBy.state !== "absent") return;
  const named = [metadata, pod.metadata, ...(cronJob ? [cronJob.metadata] : [])];
  // A queue that is named at the wrong level is a finding of its own.
  if (named.some(({ labels, annotations }) => mayBeQueued(labels) || mayBeQueued(annotations))) return;
  const scheduler = field(pod.spec, "schedulerName", (node) => node);
  if (scheduler.state !== "absent") return;
  yield {
    at: suspend,
    ...(cronJob || mayBeHook(job) ? {} : { severity: "info" }),
    message: cronJob ? inCronJob(cronJob.concurrencyPolicy.value) : alone,
    fix: cronJob ? pausing(suspend, cronJob) : starting(suspend),
  };
}

function pausing(suspend: Present<boolean>, { spec }: CronJob): Fix {
  const edits = moveEntry(suspend, spec, { after: "schedule" });
  return { title: "move suspend to the CronJob's own spec; it then starts no Jobs at all", safe: false, edits };
}

function starting(suspend: Present<boolean>): Fix {
  return { title: "remove suspend; the Job then starts as soon as it is created", safe: false, edits: removeField(suspend) };
}

const alone = "the Job makes no pods until something sets suspend to false; remove it if nothing does";

function inCronJob(policy: string | undefined): string {
  const blocks = policy === "Forbid" ? "to be resumed, and the first blocks the others" : "until something resumes it";
  return `every Job waits ${blocks}; to pause the CronJob set suspend in its own spec`;
}

function mayBeQueued(level: Level): boolean {
  return level.state === "unknown" || level.mapping?.open === true || keysOf(level).some(({ text }) => queueing.test(text));
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
