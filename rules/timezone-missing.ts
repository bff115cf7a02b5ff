import { type CronSchedule, defineRule, insertField, isAtLeast, manifest } from "#rule";
import { namesHours, timeOfDay } from "./lib/hours.js";

/** `spec.timeZone` is on by default from here on: https://github.com/kubernetes/enhancements/issues/3140 */
const timeZoneSince = "1.25";

export default defineRule({
  id: "timezone-missing",
  summary: "The schedule names an hour and no timeZone says of which clock.",
  why: `
    Without \`spec.timeZone\` a schedule is read in the local zone of the kube-controller-manager. That is UTC nearly everywhere, but
    not on every cluster that somebody installed, and it is not written in the manifest. Office hours that are meant locally move
    by an hour twice a year, and a move to another cluster can move them by more.

    \`timeZone: Etc/UTC\` changes nothing on most clusters, and says that it is meant.
  `,
  category: "hygiene",
  severity: "info",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones"],
  falsePositives: "Most manifests leave it out, since most clusters run in UTC and most nightly work may run at any hour of the night.",

  *cronJob(cronJob, context) {
    const { timeZone, spec } = cronJob;
    if (timeZone.state !== "absent" || !context.kubernetes.every((version) => isAtLeast(version, timeZoneSince))) return;
    const reading = context.schedule(cronJob);
    if (!reading?.gap || reading.schedule.kind !== "cron" || reading.schedule.zone || !namesHours(reading.schedule)) return;
    const zone = context.timeZone;
    const fact = `${hoursOf(reading.schedule)} is read in the zone of the kube-controller-manager, mostly UTC`;
    yield {
      at: timeZone,
      message: `timeZone is unset: ${fact}; name the zone that is meant`,
      fix: {
        title: `set timeZone: ${zone}, the same time where controllers run in that zone`,
        safe: false,
        edits: insertField(spec, "timeZone", zone, { after: "schedule" }),
      },
    };
  },

  examples: [
    {
      title: "Half past eight, on which clock",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: digest }
        spec:
        #^^^ timeZone is unset: 08:30 is read in the zone of the kube-controller-manager, mostly UTC; name the zone that is meant
          schedule: "30 8 * * 1-5"
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: digest, image: digest:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: digest }
        spec:
          schedule: "30 8 * * 1-5"
          timeZone: Etc/UTC
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: digest, image: digest:1.0 }]
      `,
    },
  ],
});

function hoursOf({ hour, minute, macro }: CronSchedule): string {
  const [first] = hour.values;
  if (hour.values.length !== 1 || first === undefined) return `hour ${hour.text}`;
  const [only = 0] = minute.values;
  const time = timeOfDay(first, minute.values.length === 1 ? only : 0);
  return macro === undefined ? time : `${macro}, ${time},`;
}
