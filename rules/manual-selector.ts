import { defineRule, field, type Finding, type Job, keysOf, level, manifest, removeField } from "#rule";

/** The server accepts these in a selector without manualSelector: they say what it says itself. */
const ownLabels = new Set(["job-name", "batch.kubernetes.io/job-name"]);

export default defineRule({
  id: "manual-selector",
  summary: "A Job with a selector of its own can take pods for its own that are not.",
  why: `
    The API server gives each Job a selector by its uid, so that no two Jobs ever mean the same pods. With
    \`manualSelector: true\` the author's selector counts: the Job adopts every pod in the namespace that matches and has no
    owner, counts it as a run of its own, and deletes it when the Job is deleted. Pods also lose the labels \`job-name\` and
    \`controller-uid\`, by which they are usually found.

    Without \`manualSelector\` a selector other than the server's own is rejected, and the jobTemplate of a CronJob may have
    neither. A selector often comes from the export of a live Job.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go",
  ],
  supersedes: ["field-invalid", "value-unsupported"],
  falsePositives: "A Job that takes over the pods of one deleted with `--cascade=orphan`, which is what manualSelector is for.",

  *job(job) {
    if (job.cronJob) yield* inTemplate(job);
    else if (job.manualSelector.value === true) yield* manual(job);
    else if (job.manualSelector.state !== "unknown") yield* refused(job);
  },

  examples: [
    {
      title: "A selector that other pods match too",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: reindex
        spec:
          manualSelector: true
        #                 ^^^^ with manualSelector the Job adopts, counts and deletes any ownerless pod that the selector matches; leave both out
          selector:
            matchLabels:
              app: search
          template:
            metadata:
              labels:
                app: search
            spec:
              restartPolicy: Never
              containers:
                - name: reindex
                  image: search:7.3
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: reindex
        spec:
          template:
            metadata:
              labels:
                app: search
            spec:
              restartPolicy: Never
              containers:
                - name: reindex
                  image: search:7.3
      `,
    },
    {
      title: "A selector as a Deployment has one",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: cleanup
        spec:
          schedule: "30 4 * * *"
          jobTemplate:
            spec:
              selector:
        #     ^^^^^^^^ a jobTemplate may not have a selector, since the server gives each Job its own; remove it
                matchLabels:
                  app: cleanup
              template:
                metadata:
                  labels:
                    app: cleanup
                spec:
                  restartPolicy: Never
                  containers:
                    - name: cleanup
                      image: cleanup:1.0
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: cleanup
        spec:
          schedule: "30 4 * * *"
          jobTemplate:
            spec:
              template:
                metadata:
                  labels:
                    app: cleanup
                spec:
                  restartPolicy: Never
                  containers:
                    - name: cleanup
                      image: cleanup:1.0
      `,
    },
  ],
});

function* manual(job: Job): Iterable<Finding> {
  const { manualSelector, spec, selector } = job;
  // Without a selector it is refused.
  if (selector.state !== "present" || isExported(job)) return;
  const whole = field(spec, "selector", (node) => node);
  const edits = manualSelector.state === "present" && whole.state === "present" ? [manualSelector, whole].flatMap(removeField) : [];
  yield {
    at: manualSelector,
    message: "with manualSelector the Job adopts, counts and deletes any ownerless pod that the selector matches; leave both out",
    fix: { title: "remove manualSelector and selector; a Job that exists keeps its own and refuses the change", safe: false, edits },
  };
}

function* refused(job: Job): Iterable<Finding> {
  const { spec, selector } = job;
  if (selector.state !== "present" || isExported(job) || saysNothing(job)) return;
  const whole = field(spec, "selector", (node) => node);
  if (whole.state !== "present") return;
  yield {
    at: selector,
    message: "the server gives a Job its selector and refuses another; remove it, the pods are found without it",
    fix: { title: "remove selector", safe: true, edits: removeField(whole) },
  };
}

function* inTemplate({ spec, selector, manualSelector }: Job): Iterable<Finding> {
  const whole = field(spec, "selector", (node) => node);
  if (selector.state === "present" && whole.state === "present") {
    yield {
      at: selector,
      message: "a jobTemplate may not have a selector, since the server gives each Job its own; remove it",
      fix: { title: "remove selector", safe: true, edits: removeField(whole) },
    };
  }
  if (manualSelector.state !== "present" || !manualSelector.value) return;
  yield {
    at: manualSelector,
    message: "a jobTemplate may not set manualSelector, since the server gives each Job its own selector; remove it",
    fix: { title: "remove manualSelector", safe: true, edits: removeField(manualSelector) },
  };
}

/** The selector of a live Job is the server's. */
function isExported({ metadata }: Job): boolean {
  return keysOf(metadata).some(({ text }) => text === "uid");
}

function saysNothing({ selector }: Job): boolean {
  const keys = keysOf(level(selector, "matchLabels"));
  return keysOf(selector).every(({ text }) => text === "matchLabels") && keys.every(({ text }) => ownLabels.has(text));
}
