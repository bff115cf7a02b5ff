import { defineRule, type Finding, isAtLeast, isKnownZone, legacyZone, manifest, type Present, replaceValue, suggestZone } from "#rule";

/** Below, the server drops the field unread: https://github.com/kubernetes/enhancements/issues/3140 */
const timeZoneSince = "1.25";

export default defineRule({
  id: "timezone-invalid-or-legacy",
  summary: "The time zone is not one that Kubernetes knows, or an old name that misleads.",
  why: `
    \`timeZone\` takes names of the tz database, letter for letter: \`Europe/Berlin\`. The API server rejects other spellings,
    \`Local\`, offsets such as \`GMT+5\` and abbreviations such as \`PST\`.

    Some old names are accepted and mislead. \`EST\` stays at UTC-5 in summer, and \`Etc/GMT+5\` lies five hours *behind* UTC,
    because the sign is turned round there.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go",
    "https://data.iana.org/time-zones/tzdb/etcetera",
  ],
  supersedes: ["field-invalid"],

  *cronJob({ timeZone, runBy }, { kubernetes }) {
    if (timeZone.state !== "present" || !kubernetes.some((version) => isAtLeast(version, timeZoneSince))) return;
    if (!isKnownZone(timeZone.value)) yield invalid(timeZone, runBy === "Kubernetes" ? "the API server" : runBy);
    const legacy = legacyZone(timeZone.value);
    if (legacy) yield accepted(timeZone, legacy);
  },

  examples: [
    {
      title: "Another case",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: billing }
        spec:
          schedule: "0 6 * * *"
          timeZone: europe/berlin
        #           ^^^^^^^^^^^^^ the API server rejects the time zone "europe/berlin": the case of a name counts; write Europe/Berlin
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
          timeZone: Europe/Berlin
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: billing, image: billing:1.0 }]
      `,
    },
    {
      title: "A sign that is turned round",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: billing }
        spec:
          schedule: "0 6 * * *"
          timeZone: Etc/GMT+5
        #           ^^^^^^^^^ Etc/GMT+5 is UTC-5: its sign is turned round; Etc/GMT-5 may be meant
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
          timeZone: Asia/Karachi
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

function accepted(timeZone: Present<string>, { use, why }: NonNullable<ReturnType<typeof legacyZone>>): Finding {
  const said = { at: timeZone, severity: "info" } as const;
  if (timeZone.value.startsWith("Etc/GMT")) return { ...said, message: `${why}; ${use} may be meant` };
  if (why !== `${timeZone.value} is an old name of ${use}`) return { ...said, message: `${why}; name a place, such as ${use}` };
  return {
    ...said,
    message: `${why}; write ${use}`,
    fix: { title: `write ${use}, the same zone`, safe: false, edits: [replaceValue(timeZone, use)] },
  };
}

function invalid(timeZone: Present<string>, server: string): Finding {
  const advice = suggestZone(timeZone.value);
  const said = timeZone.value.length > 60 ? `${timeZone.value.slice(0, 60)}…` : timeZone.value;
  const fact = `${server} rejects the time zone ${JSON.stringify(said)}`;
  if (!advice) return { at: timeZone, message: `${fact}; write a name of the tz database, such as Europe/Berlin` };
  const sameName = advice.use.toLowerCase() === timeZone.value.trim().toLowerCase();
  return {
    at: timeZone,
    message: `${fact}: ${advice.why}; write ${advice.use}`,
    fix: { title: `write ${advice.use}`, safe: sameName, edits: [replaceValue(timeZone, advice.use)] },
  };
}
