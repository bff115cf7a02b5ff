import { defineRule, type Job, keysOf, type Level, manifest } from "#rule";

export default defineRule({
  id: "no-template-labels",
  summary: "The pod template has no labels of its own.",
  why: `
    Pods get the labels of the pod template, not those of the CronJob or Job. Without any, they carry only what the Job
    controller adds, \`job-name\` among it, which differs from run to run of a CronJob. Network policies, dashboards and reports
    of cost, which go by labels such as \`app.kubernetes.io/name\`, then miss these pods: under a default-deny policy the job has
    no network.

    Do not copy labels by which a Service or a PodDisruptionBudget selects other pods.
  `,
  category: "hygiene",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/",
    "https://kubernetes.io/docs/reference/labels-annotations-taints/#job-name",
  ],
  falsePositives: "Namespaces in which nothing goes by labels: three of four CronJobs have none here.",

  *job(job) {
    const { pod } = job;
    const { labels } = pod.metadata;
    if (pod.spec.state !== "present" || !isEmpty(labels)) return;
    yield { at: labels, message: `${fact(job)}; add some to the template, such as app.kubernetes.io/name` };
  },

  examples: [
    {
      title: "Labels on the CronJob only",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: invoices
          labels:
            app.kubernetes.io/name: invoices
        spec:
          schedule: "0 5 1 * *"
          jobTemplate:
            spec:
              template:
        #     ^^^^^^^^ the pods do not get the labels of the CronJob, only the Job controller's; add some to the template, such as app.kubernetes.io/name
                spec:
                  restartPolicy: Never
                  containers: [{ name: invoices, image: invoices:3.2 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: invoices
          labels:
            app.kubernetes.io/name: invoices
        spec:
          schedule: "0 5 1 * *"
          jobTemplate:
            spec:
              template:
                metadata:
                  labels:
                    app.kubernetes.io/name: invoices
                spec:
                  restartPolicy: Never
                  containers: [{ name: invoices, image: invoices:3.2 }]
      `,
    },
  ],
});

function isEmpty(labels: Level): boolean {
  return labels.state === "absent" || (labels.state === "present" && labels.mapping?.open !== true && keysOf(labels).length === 0);
}

/** Labels that were written one or two levels too high are the likeliest cause. */
function fact({ object, metadata, cronJob }: Job): string {
  const own = cronJob && keysOf(metadata.labels).length > 0;
  const owner = own ? "jobTemplate" : keysOf(object.metadata.labels).length === 0 ? undefined : cronJob ? "CronJob" : "Job";
  if (owner === undefined) return "the pods have no labels but the Job controller's";
  return `the pods do not get the labels of the ${owner}, only the Job controller's`;
}
