import { defineRule, manifest, parseSchedule, recogniseSchedule, replaceValue, within } from "#rule";

/** `$CRON`, `$(CRON)` and `BACKUP_SCHEDULE` are filled in before a cluster sees them. */
const placeholder = /^(?:\$\w+|\$\(\w+\)|[A-Z][A-Z\d]*(?:_[A-Z\d]+)*)$/;

export default defineRule({
  id: "schedule-syntax",
  summary: "Kubernetes rejects the schedule, though another cron may accept it.",
  why: `
    There are many cron dialects. Kubernetes reads five fields: Sunday is 0 and not 7, names have three letters, ranges do
    not wrap round, and there are no seconds, years, \`L\`, \`W\`, \`#\` or \`@reboot\`. The API server rejects a CronJob with any
    other schedule, and the release that brings it stops there. An operator that creates the CronJob for somebody gets the
    refusal in its own log.

    The fix offers what the author meant, where that is certain; a schedule of another dialect is offered as a suggestion.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
    "https://github.com/robfig/cron/blob/v3.0.1/parser.go",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go",
  ],
  supersedes: ["field-invalid", "field-required"],

  *cronJob({ schedule, runBy }) {
    if (schedule.state !== "present") return;
    const { value } = schedule;
    const parsed = parseSchedule(value);
    if (parsed.ok) return;
    const meant = recogniseSchedule(value);
    if (!meant && placeholder.test(value)) return;
    const cause = meant?.meaning ?? parsed.reason;
    const at = parsed.end > parsed.start ? within(schedule, parsed.start, parsed.end) : schedule;
    yield {
      at,
      message: `${runBy} rejects this schedule: ${cause}${remedy(value, meant?.rewrite, runBy)}`,
      ...(meant?.rewrite === undefined
        ? {}
        : { fix: { title: `write ${meant.rewrite}`, safe: meant.safe, edits: [replaceValue(schedule, meant.rewrite)] } }),
    };
  },

  examples: [
    {
      title: "Sunday as 7",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: weekly }
        spec:
          schedule: "0 4 * * 7"
        #                    ^ Kubernetes rejects this schedule: the week ends with Saturday, 6; Sunday is 0; write "0 4 * * 0"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: weekly, image: weekly:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: weekly }
        spec:
          schedule: "0 4 * * 0"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: weekly, image: weekly:1.0 }]
      `,
    },
    {
      title: "Six fields, seconds first",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: nightly }
        spec:
          schedule: "0 30 2 * * *"
        #            ^^^^^^^^^^^^ Kubernetes rejects this schedule: six fields, the first of them seconds: Kubernetes has five, from the minute on; write "30 2 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: nightly, image: nightly:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: nightly }
        spec:
          schedule: "30 2 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: nightly, image: nightly:1.0 }]
      `,
    },
  ],
});

function remedy(value: string, rewrite: string | undefined, runBy: string): string {
  if (rewrite !== undefined) return `; write ${JSON.stringify(rewrite)}`;
  return /^\s*@reboot/i.test(value) ? "" : `; write five fields that ${runBy} accepts`;
}
