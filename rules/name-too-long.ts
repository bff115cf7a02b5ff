import { defineRule, type Field, type Finding, manifest } from "#rule";

// A CronJob appends a dash and the minute of the run (8 digits now, 11 characters reserved) to make a Job's name, and a
// Job's name becomes a label value: https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go
const longestCronJob = 52;
const longestJob = 63;
/** The API server appends five characters to generateName. */
const generated = 5;

export default defineRule({
  id: "name-too-long",
  summary: "A CronJob's name may have 52 characters, a Job's 63.",
  why: `
    The name of a CronJob is the beginning of its Jobs' names, which get a dash and a number appended; the name of a Job
    becomes a label of its pods, and a label value has 63 characters at most. The API server rejects a longer one when the
    object is created. Names put together by templates often pass for one release and fail for another.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/",
  ],
  supersedes: ["field-invalid"],

  *cronJob({ metadata }) {
    yield* tooLong(metadata.name, "CronJob", longestCronJob);
    const { generateName, name } = metadata;
    if (name.state !== "absent" || generateName.state !== "present") return;
    // The server cuts generateName to 58 characters before it appends its five, which is still too long for a CronJob.
    const length = Math.min(generateName.value.length, longestJob - generated) + generated;
    if (length <= longestCronJob) return;
    yield {
      at: generateName,
      message: `generated names have ${String(length)} characters, and a CronJob's may have ${String(longestCronJob)}; shorten generateName to ${String(longestCronJob - generated)}`,
    };
  },

  *job({ metadata, cronJob, manualSelector }) {
    // With a selector of its own a Job gets no label with its name.
    if (cronJob || manualSelector.state === "unknown" || manualSelector.value === true) return;
    yield* tooLong(metadata.name, "Job", longestJob);
  },

  examples: [
    {
      title: "A CronJob's name",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: customer-database-incremental-backup-to-object-storage
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the name has 54 characters, and a CronJob's may have 52; the API server rejects it, so shorten it by 2
        spec:
          schedule: "0 2 * * *"
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
          name: customer-db-incremental-backup-to-object-storage
        spec:
          schedule: "0 2 * * *"
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

function* tooLong(name: Field<string>, kind: string, longest: number): Iterable<Finding> {
  if (name.state !== "present" || name.value.length <= longest) return;
  const { length } = name.value;
  yield {
    at: name,
    message: `the name has ${String(length)} characters, and a ${kind}'s may have ${String(longest)}; the API server rejects it, so shorten it by ${String(length - longest)}`,
  };
}
