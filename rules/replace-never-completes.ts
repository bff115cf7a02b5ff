import { defineRule, manifest, replaceValue } from "#rule";
import { duration } from "./lib/duration.js";
import { because, evidencePlaces } from "./lib/evidence.js";

export default defineRule({
  id: "replace-never-completes",
  summary: "Under concurrencyPolicy Replace, a run longer than the gap is deleted before it ends.",
  why: `
    At every tick \`Replace\` deletes the Job that still runs and starts a new one. Where every run takes longer than the gap
    between two ticks, none ever completes. Nothing reports it: the deleted Jobs leave no failure and no history behind,
    and the pods start afresh again and again.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go",
  ],

  *cronJob(cronJob, context) {
    const { concurrencyPolicy: policy, job, suspend } = cronJob;
    if (policy.state !== "present" || policy.value !== "Replace") return;
    const gap = context.schedule(cronJob)?.gap;
    const run = context.runTime(job);
    if (!gap || run.least <= gap.shortest) return;
    const always = run.least > gap.longest;
    const due = gap.uniform ? `due every ${duration(gap.shortest)}` : `due ${duration(gap.shortest)} to ${duration(gap.longest)} apart`;
    const result = always ? "Replace deletes every run before it ends, and none ever completes" : "Replace deletes runs that are due too soon after one another";
    yield {
      at: policy,
      ...(suspend.value === true ? { severity: "info" } : always ? {} : { severity: "warning" }),
      message: `${due}, but ${because(run)}: ${result}; use Forbid, or a longer gap`,
      related: evidencePlaces(run),
      fix: { title: "use Forbid: the next run then starts when this one has ended", safe: false, edits: [replaceValue(policy, "Forbid")] },
    };
  },

  examples: [
    {
      title: "A run longer than the gap",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: poll
        spec:
          schedule: "*/1 * * * *"
          concurrencyPolicy: Replace
        #                    ^^^^^^^ due every 60 s, but the script sleeps 100 s (line 17): Replace deletes every run before it ends, and none ever completes; use Forbid, or a longer gap
          jobTemplate:
            spec:
              activeDeadlineSeconds: 300
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: poll
                      image: busybox:1.37
                      command: [sh, -c, "fetch-all; sleep 100"]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: poll
        spec:
          schedule: "*/1 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 300
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: poll
                      image: busybox:1.37
                      command: [sh, -c, "fetch-all; sleep 100"]
      `,
    },
  ],
});
