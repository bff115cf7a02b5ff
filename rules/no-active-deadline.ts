import { defineRule, type Delivery, type Finding, insertField, type Job, manifest, type RunTime } from "#rule";
import { suggestedDeadline } from "./lib/deadline.js";
import { because, evidencePlaces } from "./lib/evidence.js";
import { cannotHang } from "./lib/hang.js";
import { type Hook, hookOf } from "./lib/hook.js";

export default defineRule({
  id: "no-active-deadline",
  summary: "Without activeDeadlineSeconds nothing ends a Job that hangs.",
  why: `
    \`backoffLimit\` counts pods that failed. A pod that never starts (an image that cannot be pulled, a missing Secret, no
    node with room) and a process that never returns do not fail, so the Job stays active for ever. Only
    \`activeDeadlineSeconds\` in the Job's own spec ends it: the clock starts with the Job and covers waiting, pulling and
    retries.

    A hook Job that hangs holds up the release that waits for it.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/job_controller.go",
  ],

  *job(job, context) {
    const { activeDeadlineSeconds: deadline, spec, pod } = job;
    if (deadline.state !== "absent" || spec.state !== "present") return;
    if (pod.activeDeadlineSeconds.state !== "absent" || isReplaced(job)) return;
    const hook = hookOf(job);
    const run = context.runTime(job);
    yield hook && blocksRelease(hook) && !cannotHang(job, run) ? hookFinding(job, hook, context.delivery) : plainFinding(job, run);
  },

  examples: [
    {
      title: "A run that may hang for ever",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
        #^^^ activeDeadlineSeconds is unset, so nothing ends a run that hangs or never starts; set it well above the longest run
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          activeDeadlineSeconds: 3600
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
      `,
    },
    {
      title: "A hook that the release waits for",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-upgrade
        spec:
        #^^^ activeDeadlineSeconds is unset: if this pre-upgrade hook hangs, Helm waits for it until its own timeout and the Job goes on; set a deadline
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: shop:5.2
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-upgrade
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: shop:5.2
      `,
    },
  ],
});

/** Under Replace the next tick deletes a run that hangs. */
function isReplaced({ cronJob }: Job): boolean {
  const policy = cronJob?.concurrencyPolicy;
  return policy?.state === "unknown" || policy?.value === "Replace";
}

/** `helm test` hooks run on demand, and deletion hooks come too late to hold up a release. */
function blocksRelease({ phases }: Hook): boolean {
  return phases.some((phase) => /^(pre|post)-(install|upgrade|rollback)$|^(Pre|Post)?Sync$/.test(phase));
}

/** Argo CD runs the hooks of a chart as its own. */
function hookFinding(job: Job, { tool, phases }: Hook, delivery: Delivery): Finding {
  const byHelm = tool === "Helm" && delivery !== "argocd";
  const wait = byHelm ? "Helm waits for it until its own timeout and the Job goes on" : "the sync waits for it without end";
  return {
    at: job.activeDeadlineSeconds,
    message: `activeDeadlineSeconds is unset: if this ${phases.join(" and ")} hook hangs, ${wait}; set a deadline`,
  };
}

function plainFinding({ activeDeadlineSeconds, spec }: Job, run: RunTime): Finding {
  if (run.least === Infinity) {
    const message = `activeDeadlineSeconds is unset and ${because(run)}, so the Job stays active until somebody deletes it; let the run end`;
    return { at: activeDeadlineSeconds, severity: "info", message, related: evidencePlaces(run) };
  }
  const deadline = suggestedDeadline(run);
  return {
    at: activeDeadlineSeconds,
    severity: "info",
    message: "activeDeadlineSeconds is unset, so nothing ends a run that hangs or never starts; set it well above the longest run",
    fix: {
      title: `set activeDeadlineSeconds: ${String(deadline)}; a run that takes longer is then killed`,
      safe: false,
      edits: insertField(spec, "activeDeadlineSeconds", deadline, { before: "template" }),
    },
  };
}
