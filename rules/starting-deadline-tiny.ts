import { type CronJob, defineRule, type Finding, manifest, type Present, removeField, replaceValue } from "#rule";
import { duration } from "./lib/duration.js";

/** The documentation warns below this many seconds. */
const tiny = 10;
/** Seconds that an election of another controller, or a busy API server, stay below. */
const enough = 60;

export default defineRule({
  id: "starting-deadline-tiny",
  summary: "A startingDeadlineSeconds of a few seconds loses runs, and one of 0 never starts any.",
  why: `
    The controller handles a tick a tenth of a second after it, and drops it when \`startingDeadlineSeconds\` has passed by then. With 0
    that is always so, and no run ever starts. With a few seconds it mostly works, until the leader changes or the API server is
    slow: the run is lost then, and an event \`MissSchedule\` is all that tells.

    \`@every\` is counted from now minus the deadline, so with a deadline shorter than the interval no tick is ever due.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/utils.go",
  ],

  *cronJob(cronJob, context) {
    const { startingDeadlineSeconds: deadline } = cronJob;
    if (deadline.state !== "present" || deadline.value < 0) return;
    const reading = context.schedule(cronJob);
    if (reading && !reading.gap) return;
    const schedule = reading?.schedule;
    if (schedule?.kind === "every" && deadline.value < schedule.seconds) yield shorterThanInterval(deadline, schedule.seconds);
    else if (deadline.value < tiny) yield tooShort(deadline, cronJob);
  },

  examples: [
    {
      title: "No time at all",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: sync }
        spec:
          schedule: "*/15 * * * *"
          startingDeadlineSeconds: 0
        #                          ^ startingDeadlineSeconds 0 has passed when the controller handles a tick, 0.1 s after it: no run ever starts; set 60 or more
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: sync, image: sync:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: sync }
        spec:
          schedule: "*/15 * * * *"
          startingDeadlineSeconds: 60
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: sync, image: sync:1.0 }]
      `,
    },
  ],
});

function tooShort(deadline: Present<number>, { suspend }: CronJob): Finding {
  const fix = { title: `set startingDeadlineSeconds: ${String(enough)}`, safe: false, edits: [replaceValue(deadline, enough)] };
  if (deadline.value === 0) {
    const fact = "startingDeadlineSeconds 0 has passed when the controller handles a tick, 0.1 s after it";
    return { at: deadline, message: `${fact}: no run ever starts; set ${String(enough)} or more`, fix };
  }
  const limit = `a run that the controller cannot start within ${String(deadline.value)} s is lost`;
  const severity = suspend.value === true ? "info" : "warning";
  const message = `${limit}, as when its leader changes; set startingDeadlineSeconds to ${String(enough)} or more`;
  return { at: deadline, severity, message, fix };
}

function shorterThanInterval(deadline: Present<number>, seconds: number): Finding {
  const fact = `@every is counted from ${String(deadline.value)} s ago at most and is due every ${duration(seconds)}`;
  return {
    at: deadline,
    message: `${fact}: no run ever starts; leave startingDeadlineSeconds out, or write five fields`,
    fix: { title: "leave startingDeadlineSeconds out; runs start then, and late ones as well", safe: false, edits: removeField(deadline) },
  };
}
