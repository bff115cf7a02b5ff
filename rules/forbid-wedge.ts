import { defineRule, insertField, manifest } from "#rule";
import { suggestedDeadline } from "./lib/deadline.js";
import { cannotHang } from "./lib/hang.js";
import { gapBetweenStarts } from "./lib/ticks.js";

export default defineRule({
  id: "forbid-wedge",
  summary: "Under concurrencyPolicy Forbid, one run that hangs stops the CronJob for good.",
  why: `
    While a Job of the CronJob is active, \`Forbid\` starts no other. A run that never ends (an image that cannot be pulled,
    a missing Secret, a network call without timeout) keeps its Job active for ever: pods that never started do not count
    towards \`backoffLimit\`. Every later tick then leaves nothing but an event \`JobAlreadyActive\`, which is not a warning.
    Backups have been missing for weeks this way.

    \`activeDeadlineSeconds\` in the Job's spec is the way out: the Job fails, and the next tick starts a new one.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",
    "https://github.com/kubernetes/kubernetes/issues/101584",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go",
  ],
  outranks: ["no-active-deadline"],
  falsePositives: "Work that may rightly take days, for which any deadline is a risk.",

  *cronJob(cronJob, context) {
    const { concurrencyPolicy: policy, job, suspend } = cronJob;
    if (policy.state !== "present" || policy.value !== "Forbid") return;
    if (job.activeDeadlineSeconds.state !== "absent" || job.pod.activeDeadlineSeconds.state !== "absent") return;
    if (job.spec.state !== "present") return;
    const reading = context.schedule(cronJob);
    // Never due: there is nothing to block.
    if (reading && !reading.gap) return;
    const gap = gapBetweenStarts(cronJob, reading);
    const run = context.runTime(job);
    // Then forbid-loses-ticks says that the first run is the last.
    if (gap && run.least === Infinity) return;
    const harmless = suspend.value === true || cannotHang(job, run);
    const deadline = suggestedDeadline(run, gap?.shortest);
    const result = "one run that hangs or never starts blocks every later one";
    yield {
      at: policy,
      ...(harmless ? { severity: "info" } : {}),
      message: `Forbid without activeDeadlineSeconds: ${result}; set a deadline in the Job's spec`,
      fix: {
        title: `set activeDeadlineSeconds: ${String(deadline)}; a run that takes longer is then killed`,
        safe: false,
        edits: insertField(job.spec, "activeDeadlineSeconds", deadline, { before: "template" }),
      },
    };
  },

  examples: [
    {
      title: "A backup that can hang",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          concurrencyPolicy: Forbid
        #                    ^^^^^^ Forbid without activeDeadlineSeconds: one run that hangs or never starts blocks every later one; set a deadline in the Job's spec
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: backup
                      image: restic/restic:0.17.3
                      command: [restic, -r, "s3:https://s3.example.com/backups", backup, /data]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 86400
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: backup
                      image: restic/restic:0.17.3
                      command: [restic, -r, "s3:https://s3.example.com/backups", backup, /data]
      `,
    },
  ],
});
