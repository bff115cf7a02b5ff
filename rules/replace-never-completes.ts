import { type CronJob, defineRule, manifest, type RunTime, type Schedule, type Severity } from "#rule";
import { duration } from "./lib/duration.js";
import { because, evidencePlaces, isFromScript, longer, neverEnds } from "./lib/evidence.js";
import { fateOf } from "./lib/fate.js";
import { due, gapBetweenStarts, type StartGap } from "./lib/ticks.js";

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
  outranks: ["deadline-exceeds-interval", "schedule-too-frequent"],

  *cronJob(cronJob, context) {
    const { concurrencyPolicy: policy, job } = cronJob;
    if (policy.state !== "present" || policy.value !== "Replace") return;
    const reading = context.schedule(cronJob);
    const gap = gapBetweenStarts(cronJob, reading);
    const run = context.runTime(job);
    if (!reading || !gap || gap.tick !== undefined) return;
    const when = gap.uniform ? due(gap) : `due ${duration(gap.shortest)} to ${duration(gap.longest)} apart`;
    if (isLonger(run, gap.shortest)) {
      yield {
        at: policy,
        ...severityOf(cronJob, run, gap),
        message: `${when}, but ${because(run)}${starting(run, gap)}: ${resultOf(reading.schedule, run, gap)}`,
        related: evidencePlaces(run),
      };
    } else {
      const why = longer(run, gap.shortest);
      if (why === undefined) return;
      const result = "Replace deletes a run that the next tick finds; use Forbid, or a longer gap";
      yield { at: policy, severity: "info", message: `${when}, and ${why}: ${result}` };
    }
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
                      command: [sh, -ec, "fetch-all; sleep 100"]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: poll
        spec:
          schedule: "*/5 * * * *"
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 300
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: poll
                      image: busybox:1.37
                      command: [sh, -ec, "fetch-all; sleep 100"]
      `,
    },
  ],
});

/** Pods take a moment to start, so a script as long as the gap does not end in it. */
function isLonger(run: RunTime, gap: number): boolean {
  return run.least > gap || (run.least === gap && isFromScript(run));
}

function starting({ least }: RunTime, { shortest }: StartGap): string {
  return least === shortest ? " and the pod has to start first" : "";
}

/** A run that never ends by itself, started afresh at every tick, may be meant. */
function severityOf({ suspend }: CronJob, run: RunTime, { longest }: StartGap): { readonly severity?: Severity } {
  if (suspend.value === true) return { severity: "info" };
  return isLonger(run, longest) && !neverEnds(run) ? {} : { severity: "warning" };
}

function resultOf(schedule: Schedule, run: RunTime, { longest }: StartGap): string {
  const isCut = isLonger(run, longest);
  if (neverEnds(run)) {
    const end = isCut ? "the next tick deletes it" : "the next tick deletes it or its deadline ends it";
    return `with Replace each run lasts until ${end}, and none completes; let the run end`;
  }
  if (isCut) return "Replace deletes every run before it ends, and none ever completes; use Forbid, or a longer gap";
  return `Replace deletes ${share(schedule, run)}; use Forbid, or a longer gap`;
}

/** Shares with a small denominator are named as counts. */
const countable = 12;

/** A run as long as the gap has not ended at the tick, since its pod had to start first: a second stands for that. */
function share(schedule: Schedule, run: RunTime): string {
  const fate = fateOf(schedule, { policy: "Replace", seconds: isFromScript(run) ? run.least + 1 : run.least });
  if (!fate) return "each run whose next tick comes before it ends";
  const { ticks, replaced } = fate;
  if (ticks > countable) return `${String(Math.round((100 * replaced) / ticks))} % of the runs before they end`;
  return `${String(replaced)} of ${String(ticks)} runs before ${replaced === 1 ? "it ends" : "they end"}`;
}
