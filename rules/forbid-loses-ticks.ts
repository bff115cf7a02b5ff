import { type Cadence, type CronJob, defineRule, forbidCadence, manifest, type RunTime, type Schedule } from "#rule";
import { duration } from "./lib/duration.js";
import { because, evidencePlaces } from "./lib/evidence.js";
import { due, gapBetweenStarts, period, type StartGap } from "./lib/ticks.js";

export default defineRule({
  id: "forbid-loses-ticks",
  summary: "Under concurrencyPolicy Forbid, runs longer than the gap lose ticks and start late.",
  why: `
    \`Forbid\` does not simply skip a tick that falls into a run. When the run ends, the latest tick that was missed starts at
    once, late, and the earlier ones are gone. With a run of three minutes every two minutes, a run starts every three
    minutes: of three ticks one starts on time, one starts a minute late and one is lost.

    Work that looks at "the last two minutes" misses what lies between.
  `,
  category: "reliability",
  severity: "warning",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go"],
  // A Job without a deadline that runs on and on has forbid-wedge besides, or never ends at all.
  outranks: ["no-active-deadline"],

  *cronJob(cronJob, context) {
    const { concurrencyPolicy: policy, schedule, suspend } = cronJob;
    if (policy.state !== "present" || policy.value !== "Forbid") return;
    const reading = context.schedule(cronJob);
    const gap = gapBetweenStarts(cronJob, reading);
    const run = context.runTime(cronJob.job);
    if (!reading || !gap || run.least <= gap.shortest) return;
    yield {
      at: schedule,
      ...(suspend.value === true ? { severity: "info" } : {}),
      message: `${due(gap)}, but ${because(run)}: ${losing(cronJob, reading.schedule, gap, run)}`,
      related: evidencePlaces(run),
    };
  },

  examples: [
    {
      title: "Three minutes every two minutes",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: exclusive
        spec:
          schedule: "*/2 * * * *"
        #           ^^^^^^^^^^^^^ due every 2 min, but the script sleeps 180 s (line 17): under Forbid a run starts every 3 min, 1 of 3 ticks is lost, 1 of 3 starts 60 s late; run it less often
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: task
                      image: busybox:1.37
                      command: [sh, -c, "sleep 180"]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: exclusive
        spec:
          schedule: "*/5 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: task
                      image: busybox:1.37
                      command: [sh, -c, "sleep 180"]
      `,
    },
  ],
});

function losing({ startingDeadlineSeconds: deadline }: CronJob, schedule: Schedule, gap: StartGap, run: RunTime): string {
  if (!Number.isFinite(run.least)) return "under Forbid the first run is the last one; let the run end";
  // A deadline shifts the ticks of @every, and below a minute not each of them counts.
  if (!gap.uniform || gap.tick !== undefined || (schedule.kind === "every" && deadline.state === "present")) {
    return "under Forbid a tick that falls into a run starts late or is lost; run it less often";
  }
  const every = gap.shortest;
  const cadence = forbidCadence(every, Math.ceil(run.least), deadline.value);
  const rhythm = `a run starts every ${period((cadence.ticks * every) / cadence.started)}`;
  return `under Forbid ${rhythm}, ${losses(cadence)}${delays(cadence)}; run it less often`;
}

/** Small shares are named as counts, others as a percentage. */
const countable = 12;

function losses({ lost, ticks }: Cadence): string {
  if (ticks > countable) return `${String(Math.round((100 * lost) / ticks))} % of the ticks are lost`;
  return `${String(lost)} of ${String(ticks)} ticks ${lost === 1 ? "is" : "are"} lost`;
}

function delays({ late, latest, ticks }: Cadence): string {
  if (late === 0) return "";
  if (ticks > countable) return `, others start up to ${duration(latest)} late`;
  if (late === 1) return `, 1 of ${String(ticks)} starts ${duration(latest)} late`;
  return `, ${String(late)} of ${String(ticks)} start up to ${duration(latest)} late`;
}
