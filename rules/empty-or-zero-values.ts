import { type CronJob, defineRule, type Finding, type Job, type Level, manifest, removeField, replaceValue, scalar, textAt } from "#rule";

// Integers of both specs: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/
const jobIntegers = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
  "ttlSecondsAfterFinished",
];
const cronJobIntegers = ["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"];

export default defineRule({
  id: "empty-or-zero-values",
  summary: "A value is empty, zero or a quoted number, as templates leave them behind.",
  why: `
    A template that puts quotes around a number, or renders an empty value, writes a manifest that means something else.
    A quoted number is rejected where an integer is wanted. An empty value counts as unset, and the default applies without
    a word. \`activeDeadlineSeconds: 0\` is accepted and fails the Job as soon as it starts;
    \`startingDeadlineSeconds: 0\` is accepted and no run ever starts.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/job_controller.go",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/utils.go",
  ],
  supersedes: ["type-mismatch"],

  *cronJob(cronJob: CronJob) {
    const { spec, concurrencyPolicy } = cronJob;
    yield* quotedNumbers(spec, cronJobIntegers);
    yield* leftBlank(spec, [...cronJobIntegers, "concurrencyPolicy", "timeZone", "suspend"]);
    yield* zeroStartingDeadline(cronJob);
    if (concurrencyPolicy.value !== "") return;
    yield { at: concurrencyPolicy, severity: "info", message: "an empty concurrencyPolicy means Allow; say which policy is meant" };
  },

  *job(job: Job) {
    yield* quotedNumbers(job.spec, jobIntegers);
    yield* leftBlank(job.spec, jobIntegers);
    yield* zeroDeadline(job);
    if (job.completions.value !== 0) return;
    yield {
      at: job.completions,
      severity: "warning",
      message: "with completions 0 the Job is complete at once and starts no pod; say how many pods must succeed",
    };
  },

  *podTemplate({ spec }) {
    yield* quotedNumbers(spec, ["activeDeadlineSeconds", "terminationGracePeriodSeconds"]);
  },

  examples: [
    {
      title: "A quoted number",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          backoffLimit: "3"
        #               ^^^ backoffLimit is the text "3", and the API server wants a number; drop the quotes
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: import, image: import:2.1 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          backoffLimit: 3
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: import, image: import:2.1 }]
      `,
    },
    {
      title: "A deadline of zero",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          activeDeadlineSeconds: 0
        #                        ^ a deadline of 0 seconds fails the Job as soon as it starts; leave it out or give it time
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: import, image: import:2.1 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: import, image: import:2.1 }]
      `,
    },
  ],
});

function* quotedNumbers(parent: Level, keys: readonly string[]): Iterable<Finding> {
  for (const key of keys) {
    const field = scalar(parent, key);
    if (field.state === "unknown" && isQuotedAction(textAt(field.place))) {
      yield { at: field, message: `whatever the template gives, its quotes make ${key} a text, and the API server wants a number; drop the quotes` };
    }
    if (field.state !== "present" || typeof field.value.value !== "string") continue;
    const digits = field.value.text.trim();
    if (!/^\d{1,9}$/.test(digits)) continue;
    yield {
      at: field,
      message: `${key} is the text ${JSON.stringify(field.value.text)}, and the API server wants a number; drop the quotes`,
      fix: { title: "drop the quotes", safe: true, edits: [replaceValue(field, Number(digits))] },
    };
  }
}

/** One action of a Go template between quotes. Other engines may keep the type of a value that is quoted. */
function isQuotedAction(written: string): boolean {
  return /^(["'])\{\{-?\s*(?:[.$]|include\s|tpl\s|default\s|int\s)[^{}]{0,200}\}\}\1$/.test(written);
}

/** A key with nothing behind it; a null that is written out is meant, and in a patch it removes the field. */
function* leftBlank({ mapping, patch }: Level, keys: readonly string[]): Iterable<Finding> {
  if (!mapping || patch) return;
  for (const { key, value } of mapping.entries) {
    if (!keys.includes(key.text) || value.kind !== "scalar" || value.value !== null || value.text !== "") continue;
    const message = `${key.text} has no value, so it counts as unset; give it one or remove the line`;
    yield { at: key.place, severity: "warning", message };
  }
}

function* zeroDeadline({ activeDeadlineSeconds: deadline }: Job): Iterable<Finding> {
  if (deadline.state !== "present" || deadline.value !== 0) return;
  yield {
    at: deadline,
    message: "a deadline of 0 seconds fails the Job as soon as it starts; leave it out or give it time",
    fix: { title: "remove activeDeadlineSeconds", safe: false, edits: removeField(deadline) },
  };
}

/** The controller handles each tick 0.1 s late, which is past a deadline of 0. */
function* zeroStartingDeadline({ startingDeadlineSeconds: deadline }: CronJob): Iterable<Finding> {
  if (deadline.state !== "present" || deadline.value !== 0) return;
  const late = "no run ever starts, because every tick comes a moment late";
  yield {
    at: deadline,
    message: `with startingDeadlineSeconds 0 ${late}; leave it out or give it at least 10`,
    fix: { title: "remove startingDeadlineSeconds", safe: false, edits: removeField(deadline) },
  };
}
