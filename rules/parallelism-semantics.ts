import { defineRule, type Finding, insertField, type Job, manifest, type Present } from "#rule";

export default defineRule({
  id: "parallelism-semantics",
  summary: "parallelism and completions do something else than run so many copies.",
  why: `
    - \`parallelism: 0\` starts no pod until somebody raises it. From a CronJob, every run waits so for ever.
    - \`completions: 0\` is reached before the first pod: the Job completes and nothing has run.
    - \`parallelism\` above 1 without \`completions\` is a work queue: pods take work from somewhere until one of them succeeds. From
      then on no pod is started or replaced, and the Job is complete when the rest have ended. A pod that fails after that is not
      tried again.

    A fixed number of copies needs \`completions\` too.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/job_controller.go",
  ],
  falsePositives: "Pods that share a work queue, which is what parallelism without completions is for.",

  *job(job) {
    const { parallelism, completions, suspend } = job;
    if (suspend.value === true || isRunByOthers(job)) return;
    if (completions.state === "present" && completions.value === 0) {
      yield { at: completions, message: "the Job is complete before a pod starts: nothing runs; set completions to 1 or more, or leave it out" };
    } else if (parallelism.state === "present" && parallelism.value === 0) {
      yield held(parallelism, job);
    } else if (parallelism.state === "present" && parallelism.value > 1 && completions.state === "absent" && !isIndexed(job)) {
      yield queue(parallelism, job);
    }
  },

  examples: [
    {
      title: "Runs that start no pod",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
        spec:
          schedule: "15 6 * * *"
          jobTemplate:
            spec:
              parallelism: 0
        #                  ^ no run ever starts a pod, and none ends; set parallelism to 1 or more, or suspend the CronJob
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:3.1 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
        spec:
          schedule: "15 6 * * *"
          jobTemplate:
            spec:
              parallelism: 1
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:3.1 }]
      `,
    },
    {
      title: "Four copies that are a work queue",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: resize
        spec:
          parallelism: 4
        #              ^ without completions this is a work queue of 4 pods: once one succeeds, those that fail are not replaced; for 4 copies set completions: 4
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: resize, image: resize:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: resize
        spec:
          parallelism: 4
          completions: 4
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: resize, image: resize:1.0 }]
      `,
    },
  ],
});

/** Another controller may set the number of pods. */
function isRunByOthers({ managedBy }: Job): boolean {
  return managedBy.state !== "absent" && managedBy.value !== "kubernetes.io/job-controller";
}

/** Without completions the server refuses it, and says so. */
function isIndexed({ completionMode, successPolicy }: Job): boolean {
  return (completionMode.state !== "absent" && completionMode.value !== "NonIndexed") || successPolicy.state !== "absent";
}

function held(parallelism: Present<number>, { cronJob }: Job): Finding {
  if (!cronJob) {
    const message = "no pod starts until somebody raises this; suspend: true says so more plainly";
    return { at: parallelism, severity: "info", message };
  }
  const isSuspended = cronJob.suspend.value === true;
  const message = "no run ever starts a pod, and none ends; set parallelism to 1 or more, or suspend the CronJob";
  return { at: parallelism, message, ...(isSuspended ? { severity: "info" } : {}) };
}

function queue(parallelism: Present<number>, { spec }: Job): Finding {
  const count = String(parallelism.value);
  return {
    at: parallelism,
    severity: "info",
    message: `without completions this is a work queue of ${count} pods: once one succeeds, those that fail are not replaced; for ${count} copies set completions: ${count}`,
    fix: {
      title: `set completions: ${count}; each of ${count} pods must then succeed`,
      safe: false,
      edits: insertField(spec, "completions", parallelism.value, { after: "parallelism" }),
    },
  };
}
