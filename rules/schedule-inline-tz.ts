import { type CronJob, defineRule, type Finding, insertField, isAtLeast, isKnownZone, manifest } from "#rule";
import { replaceValue, within } from "#rule";

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
  supersedes: ["field-invalid", "server-warning", "server-crash", "schedule-syntax", "schedule-template-or-quote"],

  *cronJob(cronJob, { kubernetes }) {
    const { schedule } = cronJob;
    if (schedule.state !== "present") return;
    const prefix = /^(\s*)(?:CRON_)?TZ=(\S*)(?:\s+|$)/i.exec(schedule.value);
    if (!prefix) return;
    const [whole, blanks = "", zone = ""] = prefix;
    // In lower case or behind a blank it never was a zone, but a sixth field.
    const isTold = cronJob.timeZone.state === "present" && kubernetes.some((version) => isAtLeast(version, timeZoneSince));
    // Together with timeZone it was never accepted.
    const rejected = isTold || !/^(?:CRON_)?TZ/.test(whole) || kubernetes.some((version) => isAtLeast(version, rejectedSince));
    const when = rejected ? "" : `from ${rejectedSince} on `;
    yield {
      at: within(schedule, blanks.length, whole.trimEnd().length),
      ...(rejected ? {} : { severity: "warning" }),
      message: `${when}the API server rejects a time zone inside the schedule; ${remedy(cronJob, zone, kubernetes)}`,
      ...move(cronJob, schedule.value.slice(whole.length), zone, kubernetes),
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

function remedy({ timeZone }: CronJob, zone: string, kubernetes: readonly string[]): string {
  const name = target(zone);
  if (timeZone.state === "unknown") return "leave it out here and set timeZone";
  if (timeZone.value === zone) return "timeZone says the same; leave it out here";
  if (timeZone.state === "present") return `timeZone says ${timeZone.value}; leave it out here and decide there`;
  if (!isServed(kubernetes)) return `move it to timeZone, which needs ${timeZoneSince}`;
  return name === undefined ? "name a known zone in timeZone" : `set timeZone: ${name} and leave it out here`;
}

function isServed(kubernetes: readonly string[]): boolean {
  return kubernetes.every((version) => isAtLeast(version, timeZoneSince));
}

function move({ schedule, timeZone, spec }: CronJob, rest: string, zone: string, kubernetes: readonly string[]): Pick<Finding, "fix"> {
  const name = target(zone);
  if (schedule.state !== "present" || name === undefined || rest === "") return {};
  const edit = replaceValue(schedule, rest);
  if (timeZone.value === zone) return { fix: { title: "drop it; timeZone says the same", safe: true, edits: [edit] } };
  if (timeZone.state !== "absent" || !isServed(kubernetes)) return {};
  const added = insertField(spec, "timeZone", name, { after: "schedule" });
  if (added.length === 0) return {};
  return { fix: { title: `move the zone to timeZone: ${name}`, safe: true, edits: [edit, ...added] } };
}
