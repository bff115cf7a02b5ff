import {
  type CronJob,
  defineRule,
  type Finding,
  type Fix,
  type Job,
  type JobFault,
  jobFaultsOf,
  keysOf,
  manifest,
  removeField,
  text,
} from "#rule";

/**
 * Labels that the server sets itself on the pods of each Job. Source: generateSelector in
 * https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/registry/batch/job/strategy.go
 */
const reserved = ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"] as const;

export default defineRule({
  id: "cronjob-create-job-fails-silently",
  summary: "The CronJob is accepted, but the API server refuses every Job that it makes.",
  why: `
    The API server does not validate all of a jobTemplate. Labels and annotations in its metadata, labels that it sets
    itself on the pods of a Job, and the hostnames of an indexed Job are first looked at when the controller creates a Job.
    By then nobody is watching: at every tick there is an event \`FailedCreate\` on the CronJob, and no Job, no pod and no
    failed run that an alert could find.

    Most often the labels \`controller-uid\` and \`job-name\` were copied with the pod template of a live Job.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/utils.go",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/registry/batch/job/strategy.go",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go",
  ],
  supersedes: ["server-warning"],
  falsePositives: "Clusters whose webhooks put the Job right while it is created.",

  *cronJob(cronJob, { kubernetes }) {
    if (!mayDiffer(cronJob.job)) return;
    const faults = jobFaultsOf(cronJob.document, kubernetes, cronJob.root.meant);
    const ofReserved = faults.filter(({ field }) => reservedIn(field) !== undefined);
    yield* reservedLabels(cronJob, ofReserved);
    for (const fault of faults) {
      if (ofReserved.includes(fault) || (ofReserved.length > 0 && isAboutSelector(fault))) continue;
      yield { at: placed(fault), message: `no Job can be created: ${fault.message}${inVersions(fault)}` };
    }
  },

  examples: [
    {
      title: "Labels copied from a live Job",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
        spec:
          schedule: "0 6 * * *"
          jobTemplate:
            spec:
              template:
                metadata:
                  labels:
                    app: report
                    controller-uid: 0a6a0d36-6f53-4b7c-9f1f-2c1b4f8d9e10
        #           ^^^^^^^^^^^^^^ no Job can be created: the labels controller-uid and job-name are the server's to set, and it refuses other values; remove them
                    job-name: report
                spec:
                  restartPolicy: Never
                  containers:
                    - name: report
                      image: report:1.4
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: report
        spec:
          schedule: "0 6 * * *"
          jobTemplate:
            spec:
              template:
                metadata:
                  labels:
                    app: report
                spec:
                  restartPolicy: Never
                  containers:
                    - name: report
                      image: report:1.4
      `,
    },
    {
      title: "A label that no Job may have",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: invoice
        spec:
          schedule: "0 6 * * *"
          jobTemplate:
            metadata:
              labels:
                team: Billing & Payments
        #             ^^^^^^^^^^^^^^^^^^ no Job can be created: the value "Billing & Payments" of label "team" must be letters, digits, -, _ and ., with a letter or digit at both ends; correct it
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: invoice
                      image: invoice:2.0
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: invoice
        spec:
          schedule: "0 6 * * *"
          jobTemplate:
            metadata:
              labels:
                team: billing-payments
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: invoice
                      image: invoice:2.0
      `,
    },
    {
      title: "An indexed Job whose pods would have too long a hostname",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: nightly-product-catalogue-search-index-rebuild-emea
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no Job can be created: the last pod of this indexed Job would have the hostname "nightly-product-catalogue-search-index-…", which has 65 characters, but at most 63 are allowed; choose another name
        spec:
          schedule: "0 1 * * *"
          jobTemplate:
            spec:
              completionMode: Indexed
              completions: 10000
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: rebuild
                      image: search-index:7.3
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: nightly-search-index-rebuild-emea
        spec:
          schedule: "0 1 * * *"
          jobTemplate:
            spec:
              completionMode: Indexed
              completions: 10000
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: rebuild
                      image: search-index:7.3
      `,
    },
  ],
});

/** What the server looks at in a Job and not in a jobTemplate. */
function mayDiffer({ metadata, pod, completionMode }: Job): boolean {
  if (metadata.labels.mapping || metadata.annotations.mapping || completionMode.value === "Indexed") return true;
  return keysOf(pod.metadata.labels).some(({ text: key }) => reserved.some((one) => one === key));
}

function reservedIn(field: string): string | undefined {
  return reserved.find((key) => field.endsWith(`.template.metadata.labels[${key}]`));
}

/** The server's selector finds no pods by a label that it could not set. */
function isAboutSelector({ field }: JobFault): boolean {
  return field.endsWith(".template.metadata.labels");
}

/** One mistake, however many of the labels came along. */
function* reservedLabels(cronJob: CronJob, faults: readonly JobFault[]): Iterable<Finding> {
  const byKey = new Map(faults.map((fault) => [reservedIn(fault.field), fault]));
  const written = keysOf(cronJob.job.pod.metadata.labels).filter(({ text: key }) => byKey.has(key));
  const [first, ...others] = written;
  const fault = first && byKey.get(first.text);
  if (!first || !fault) return;
  const [second] = others;
  const more = others.length > 1 ? `${String(others.length)} others` : (second?.text ?? "");
  const one = `the label ${first.text} is the server's to set, and it refuses another value`;
  const fact = second ? `the labels ${first.text} and ${more} are the server's to set, and it refuses other values` : one;
  yield {
    at: { state: "unknown", path: fault.field, place: first.place },
    message: `no Job can be created: ${fact}${inVersions(fault)}; remove ${second ? "them" : "it"}`,
    related: others.map(({ text: key, place }) => ({ at: place, message: `the label ${key} is the server's to set too` })),
    fix: removal(cronJob),
  };
}

function removal({ job }: CronJob): Fix {
  const { labels } = job.pod.metadata;
  const written = reserved.map((key) => text(labels, key));
  const edits = written.flatMap((label) => (label.state === "present" ? removeField(label) : []));
  return { title: "remove the labels that the server sets itself", safe: true, edits };
}

function placed({ field: path, at: place }: JobFault): Finding["at"] {
  return { state: "unknown", path, place };
}

function inVersions({ versions }: JobFault): string {
  return versions === undefined ? "" : ` (in ${versions})`;
}
