import { type Cadence, type CronJob, defineRule, forbidCadence, manifest, type RunTime, type Schedule } from "#rule";
import { duration, durationAtLeast } from "./lib/duration.js";
import { because, evidencePlaces, longer } from "./lib/evidence.js";
import { fateOf } from "./lib/fate.js";
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
  outranks: ["no-active-deadline", "schedule-too-frequent"],

  *cronJob(cronJob, context) {
    const { concurrencyPolicy: policy, schedule, suspend } = cronJob;
    if (policy.state !== "present" || policy.value !== "Forbid") return;
    const reading = context.schedule(cronJob);
    const gap = gapBetweenStarts(cronJob, reading);
    const run = context.runTime(cronJob.job);
    if (!reading || !gap) return;
    if (run.least > gap.shortest) {
      const cadence = cadenceOf(cronJob, reading.schedule, gap, run);
      const isMild = suspend.value === true || cadence?.lost === 0;
      yield {
        at: schedule,
        ...(isMild ? { severity: "info" } : {}),
        message: `${due(gap)}, but ${because(run)}: ${losing(cadence, gap, run)}`,
        related: evidencePlaces(run),
      };
    } else {
      const why = longer(run, gap.shortest);
      if (why === undefined) return;
      const what = "under Forbid a tick that falls into a long run starts late or is lost";
      const message = `${due(gap)}, and ${why}: ${what}; keep runs below ${duration(gap.shortest)}`;
      yield { at: schedule, severity: "info", message };
    }
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

/** Undefined where the first run is the last one, or the pattern too long to be followed. */
function cadenceOf({ startingDeadlineSeconds }: CronJob, schedule: Schedule, gap: StartGap, { least }: RunTime): Cadence | undefined {
  if (!Number.isFinite(least)) return undefined;
  const startingDeadline = startingDeadlineSeconds.value;
  // A deadline shifts the ticks of @every, and below a minute not each of them counts.
  const isEven = gap.uniform && gap.tick === undefined && (schedule.kind === "cron" || startingDeadlineSeconds.state !== "present");
  if (isEven) return forbidCadence(gap.shortest, Math.ceil(least), startingDeadline);
  return fateOf(schedule, { policy: "Forbid", seconds: least, startingDeadline });
}

function losing(cadence: Cadence | undefined, { uniform, shortest, tick }: StartGap, { least }: RunTime): string {
  if (!Number.isFinite(least)) return "under Forbid the first run is the last one; let the run end";
  const isEven = uniform && tick === undefined;
  const remedy = isEven ? "run it less often" : `keep ticks more than ${durationAtLeast(least)} apart`;
  if (!cadence) return `under Forbid a tick that falls into a run starts late or is lost; ${remedy}`;
  const rhythm = isEven ? [`a run starts every ${period((cadence.ticks * shortest) / cadence.started)}`] : [];
  return `under Forbid ${[...rhythm, ...losses(cadence), ...delays(cadence)].join(", ")}; ${remedy}`;
}

/** Small shares are named as counts, others as a percentage. */
const countable = 12;

function share(count: number, ticks: number): string {
  return ticks > countable ? `${String(Math.round((100 * count) / ticks))} %` : `${String(count)} of ${String(ticks)}`;
}

function losses({ lost, ticks }: Cadence): readonly string[] {
  if (lost === 0) return [];
  return [`${share(lost, ticks)} ${ticks > countable ? "of the " : ""}ticks ${lost === 1 ? "is" : "are"} lost`];
}

function delays({ late, latest, ticks, lost }: Cadence): readonly string[] {
  if (late === 0) return [];
  if (ticks > countable) {
    const which = lost > 0 ? "others" : `${share(late, ticks)} of the ticks`;
    return [`${which} start late, some by ${duration(latest)}`];
  }
  const which = `${share(late, ticks)}${lost > 0 ? "" : " ticks"}`;
  if (late === 1) return [`${which} starts ${duration(latest)} late`];
  return [`${which} start up to ${duration(latest)} late`];
}
