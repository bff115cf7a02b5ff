import { type CronJob, defineRule, everFires, keysOf, manifest, parseSchedule, type Present, text } from "#rule";

const reasons = /suspen|paus|reason|disabl|manual|on[- ]?demand|trigger/i;

export default defineRule({
  id: "suspended-forgotten",
  summary: "A CronJob is suspended and nothing says why or until when.",
  why: `
    A suspended CronJob starts nothing, and no event or condition reminds anybody. Suspended for an afternoon and merged,
    it stays off for months. A comment on the line, or an annotation, tells the next reader that it is meant.

    When it is resumed, the tick missed last starts at once, unless \`startingDeadlineSeconds\` has passed.
  `,
  category: "hygiene",
  severity: "info",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension"],

  *cronJob(cronJob) {
    const { suspend, spec } = cronJob;
    // A patch is there to suspend it.
    if (suspend.state !== "present" || !suspend.value || spec.patch) return;
    if (hasComment(suspend) || hasReason(cronJob) || neverDue(cronJob)) return;
    yield { at: suspend, message: "suspended: no run starts, and nothing says why; say so in a comment or an annotation, or resume it" };
  },

  examples: [
    {
      title: "Suspended without a word",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: backup
        spec:
          schedule: "0 2 * * *"
          suspend: true
        #          ^^^^ suspended: no run starts, and nothing says why; say so in a comment or an annotation, or resume it
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

/** On the same line, or alone on the line above. */
function hasComment({ place, key }: Present<boolean>): boolean {
  const { text } = place.source;
  const lineEnd = text.indexOf("\n", place.end);
  const after = text.slice(place.end, lineEnd < 0 ? text.length : lineEnd);
  const lineStart = text.lastIndexOf("\n", key.start - 1) + 1;
  const above = text.slice(text.lastIndexOf("\n", lineStart - 2) + 1, Math.max(lineStart - 1, 0));
  return isComment(after) || (above.trimStart().startsWith("#") && isComment(above));
}

/** In the name, an annotation or a comment anywhere in the manifest. */
function hasReason({ metadata, document }: CronJob): boolean {
  const { name, annotations } = metadata;
  if (reasons.test(name.value ?? "")) return true;
  if (keysOf(annotations).some((key) => reasons.test(`${key.text} ${text(annotations, key.text).value ?? ""}`))) return true;
  const { source, start, end } = document.place;
  return source.text.slice(start, end).split("\n").some((line) => isComment(line) && reasons.test(line.slice(line.indexOf("#"))));
}

/** A suppression is no reason: it is there because this rule speaks. */
function isComment(line: string): boolean {
  return /(?:^|\s)#(?!\s*kronlint-)/.test(line);
}

/** 30 February says that it is only started by hand. */
function neverDue({ schedule }: CronJob): boolean {
  const parsed = parseSchedule(schedule.value ?? "");
  return parsed.ok && !everFires(parsed.schedule);
}
