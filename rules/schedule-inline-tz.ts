import { type CronJob, defineRule, type Finding, insertField, isAtLeast, isKnownZone, manifest, type Present, replaceValue, within } from "#rule";

/** Create is rejected from here on: `pkg/apis/batch/validation/validation.go`, validateScheduleFormat. */
const rejectedSince = "1.29";
/** `spec.timeZone` is on by default from here on: https://github.com/kubernetes/enhancements/issues/3140 */
const timeZoneSince = "1.25";

export default defineRule({
  id: "schedule-inline-tz",
  summary: "A time zone inside the schedule is rejected; it belongs in timeZone.",
  why: `
    A prefix such as \`TZ=Europe/Paris\` worked by accident in older versions. Since 1.29 the API server rejects a new CronJob
    whose schedule holds \`TZ\` anywhere. One that is stored already goes on running, and may even be updated, with a warning:
    it breaks on the day it has to be created again, in a new cluster or after a restore.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#unsupported-timezone-specification",
    "https://github.com/kubernetes/kubernetes/pull/116252",
  ],
  supersedes: ["field-invalid", "schedule-syntax", "schedule-template-or-quote"],

  *cronJob(cronJob, { kubernetes }) {
    const { schedule } = cronJob;
    if (schedule.state !== "present") return;
    const prefix = /^(?:CRON_)?TZ=(\S*)(?:\s+|$)/.exec(schedule.value);
    if (!prefix) return;
    const [whole, zone = ""] = prefix;
    const rejected = kubernetes.some((version) => isAtLeast(version, rejectedSince));
    yield {
      at: within(schedule, 0, whole.trimEnd().length),
      ...(rejected ? {} : { severity: "warning" }),
      message: `${rejected ? "the API server rejects" : `from ${rejectedSince} on the API server rejects`} a time zone inside the schedule; ${remedy(zone)}`,
      ...move(cronJob, schedule, whole, zone, kubernetes),
    };
  },

  examples: [
    {
      title: "A zone as prefix",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: billing }
        spec:
          schedule: "TZ=Europe/Paris 0 6 * * *"
        #            ^^^^^^^^^^^^^^^ the API server rejects a time zone inside the schedule; set timeZone: Europe/Paris and leave it out here
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: billing, image: billing:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: billing }
        spec:
          schedule: "0 6 * * *"
          timeZone: Europe/Paris
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: billing, image: billing:1.0 }]
      `,
    },
  ],
});

/** An empty zone means UTC to the controller; Local is its own and has no name. */
function target(zone: string): string | undefined {
  if (zone === "") return "Etc/UTC";
  return isKnownZone(zone) ? zone : undefined;
}

function remedy(zone: string): string {
  const name = target(zone);
  return name === undefined ? "name a known zone in timeZone" : `set timeZone: ${name} and leave it out here`;
}

function move({ timeZone, spec }: CronJob, schedule: Present<string>, prefix: string, zone: string, kubernetes: readonly string[]): Pick<Finding, "fix"> {
  const name = target(zone);
  const rest = schedule.value.slice(prefix.length);
  const served = kubernetes.every((version) => isAtLeast(version, timeZoneSince));
  if (name === undefined || timeZone.state !== "absent" || !served || rest === "") return {};
  const added = insertField(spec, "timeZone", name, { after: "schedule" });
  if (added.length === 0) return {};
  return { fix: { title: `move the zone to timeZone: ${name}`, safe: true, edits: [replaceValue(schedule, rest), ...added] } };
}
