import { type Context, type CronJob, defineRule, localText, manifest, occurrencesBetween, type ScheduleReading } from "#rule";
import { isNoticeable, isRare, madeUp, withDeadline } from "./lib/catch-up.js";
import { duration } from "./lib/duration.js";

export default defineRule({
  id: "unsuspend-immediate-run",
  summary: "A CronJob that is resumed starts the run it missed last at once.",
  why: `
    Ticks that pass while a CronJob is suspended count as missed. When it is resumed, the controller starts one run at once, for the
    latest of them, whatever the time of day: a nightly backup, in the middle of the working day.

    \`startingDeadlineSeconds\` bounds how old a tick may be. With 300, a run starts only if one was due in the last five minutes.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go",
  ],
  falsePositives: "A run that is wanted at once.",

  *cronJob(cronJob, context) {
    const { suspend, startingDeadlineSeconds: deadline } = cronJob;
    const gap = context.schedule(cronJob)?.gap;
    if (suspend.state !== "present" || !suspend.value || !gap || !isRare(gap.typical)) return;
    const span = madeUp(cronJob, gap);
    if (span === undefined) return;
    const when = span === "always" ? "at any time of day" : `up to ${duration(span)} after it was due`;
    const shorter = "a shorter startingDeadlineSeconds prevents that";
    const remedy = deadline.state === "present" ? shorter : "set startingDeadlineSeconds to prevent that";
    yield {
      at: suspend,
      severity: "info",
      message: `when this is lifted, the run missed last starts at once, ${when}; ${remedy}`,
      ...fixFor(cronJob),
    };
  },

  *change(before, after, context) {
    if (before.kind !== "CronJob" || after.kind !== "CronJob") return;
    const reading = context.schedule(after);
    if (!isResumed(before, after) || !reading?.gap || !isNoticeable(reading.gap.typical)) return;
    const span = madeUp(after, reading.gap);
    if (span === undefined) return;
    const isSet = after.startingDeadlineSeconds.state === "present";
    const bound = isSet ? "startingDeadlineSeconds is too long to prevent it" : "set startingDeadlineSeconds to prevent it";
    const when = span === "always" ? "once resumed" : `if resumed within ${duration(span)} after a tick`;
    const isMild = span !== "always" || !isRare(reading.gap.typical);
    yield {
      at: after.suspend.state === "present" ? after.suspend : after.schedule,
      ...(isMild ? { severity: "info" } : {}),
      message: `${when}, a run starts at once for the tick missed last${span === "always" ? missedLast(reading, context) : ""}; ${bound}`,
      ...fixFor(after),
    };
  },

  examples: [
    {
      title: "A nightly backup, resumed",
      before: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          suspend: true
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          suspend: false
        #          ^^^^^ once resumed, a run starts at once for the tick missed last (Wed 2025-12-31 02:00 +00:00, if that is now); set startingDeadlineSeconds to prevent it
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          startingDeadlineSeconds: 300
          suspend: false
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
    },
    {
      title: "Suspended, without a deadline",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          suspend: true # until the new storage is there, see OPS-1204
        #          ^^^^ when this is lifted, the run missed last starts at once, at any time of day; set startingDeadlineSeconds to prevent that
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          startingDeadlineSeconds: 300
          suspend: true # until the new storage is there, see OPS-1204
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0 }]
      `,
    },
  ],
});

/** A new schedule in the same update makes the controller wait for its next tick instead. */
function isResumed(before: CronJob, after: CronJob): boolean {
  const isLifted = before.suspend.value === true && (after.suspend.state === "absent" || after.suspend.value === false);
  return isLifted && before.schedule.value === after.schedule.value && before.timeZone.value === after.timeZone.value;
}

function missedLast({ schedule, zone, gap }: ScheduleReading, { now }: Context): string {
  if (now === undefined || !gap || schedule.kind === "every") return "";
  const last = occurrencesBetween(schedule, zone, now - (gap.longest + 7200) * 1000, now, 5000).at(-1);
  return last === undefined ? "" : ` (${localText(zone, last)}, if that is now)`;
}

function fixFor(cronJob: CronJob): { readonly fix?: NonNullable<ReturnType<typeof withDeadline>> } {
  const fix = withDeadline(cronJob);
  return fix ? { fix } : {};
}
