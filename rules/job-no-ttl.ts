import { defineRule, insertField, manifest } from "#rule";
import { deliveryOfJob, isOwned } from "./lib/delivered.js";
import { mayBeHook } from "./lib/hook.js";

export default defineRule({
  id: "job-no-ttl",
  summary: "A finished Job stays, with its pods, until somebody deletes it.",
  why: `
    Nothing removes a finished Job that no CronJob owns: the object and its pods stay in the API server until they are
    deleted by hand. Jobs with generated names, started by pipelines, pile up by the thousand.
    \`ttlSecondsAfterFinished\` deletes the Job and its pods that many seconds after it ended.

    After the deletion the next \`kubectl apply\` or \`helm upgrade\` creates the Job again, and it runs again. Under
    Argo CD and Flux the reconciler would do that by itself, so nothing is said there, nor about hooks, which have
    delete policies of their own.
  `,
  category: "hygiene",
  severity: "info",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/"],

  *job(job, context) {
    const { ttlSecondsAfterFinished: ttl, cronJob, spec } = job;
    if (cronJob || ttl.state !== "absent" || spec.state !== "present") return;
    const delivery = deliveryOfJob(job, context);
    // The owner of an exported Job cleans up, or takes it along when it goes.
    if (delivery === "argocd" || delivery === "flux" || mayBeHook(job) || isOwned(job)) return;
    yield {
      at: ttl,
      message: "ttlSecondsAfterFinished is unset, so the finished Job and its pods stay until deleted; set for example 86400 (a day)",
      fix: {
        title: "set ttlSecondsAfterFinished: 86400; after that time the next apply runs the Job again",
        safe: false,
        edits: insertField(spec, "ttlSecondsAfterFinished", 86_400, { before: "template" }),
      },
    };
  },

  examples: [
    {
      title: "A Job that nobody cleans up",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
        #^^^ ttlSecondsAfterFinished is unset, so the finished Job and its pods stay until deleted; set for example 86400 (a day)
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          ttlSecondsAfterFinished: 86400
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
      `,
    },
  ],
});
