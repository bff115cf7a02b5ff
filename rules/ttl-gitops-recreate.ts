import { type Delivery, defineRule, manifest, removeField } from "#rule";
import { deliveryOfJob, isLeftAlone, isOwned } from "./lib/delivered.js";
import { duration } from "./lib/duration.js";
import { mayBeHook } from "./lib/hook.js";

export default defineRule({
  id: "ttl-gitops-recreate",
  summary: "Argo CD or Flux creates a Job again that its ttlSecondsAfterFinished has deleted.",
  why: `
    \`ttlSecondsAfterFinished\` deletes the finished Job. For a reconciler an object that is in the repository and not in the cluster is
    missing, so it creates the Job again, and the migration or the import runs again: under Flux at the next reconciliation, under
    Argo CD at the next sync, which with \`selfHeal\` follows at once. Until then the application is OutOfSync.

    Without a TTL the finished Job stays, and nothing runs twice. Under Argo CD a hook with a delete policy runs once for each sync and
    does not count as missing when it is gone. Under Flux \`kustomize.toolkit.fluxcd.io/force\` helps against fields that cannot change,
    not against this.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automated-sync-semantics",
    "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/",
    "https://fluxcd.io/flux/use-cases/running-jobs/",
    "https://fluxcd.io/flux/components/kustomize/kustomizations/",
    "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
  ],
  falsePositives: "A Job that is meant to run again and again in this way.",

  *job(job, context) {
    const { ttlSecondsAfterFinished: ttl } = job;
    if (job.cronJob || ttl.state !== "present" || ttl.value < 0) return;
    const delivery = deliveryOfJob(job, context);
    if (mayBeHook(job) || isOwned(job) || isLeftAlone(job)) return;
    // What has no name of its own is not applied at all.
    if (job.metadata.name.state === "absent") return;
    const again = afterDeletion[delivery];
    if (again === undefined) return;
    const gone = ttl.value === 0 ? "as soon as it ends" : `${duration(ttl.value)} after it ended`;
    yield {
      at: ttl,
      message: `the Job is deleted ${gone}, and ${again}`,
      fix: { title: "remove ttlSecondsAfterFinished; the finished Job then stays", safe: false, edits: removeField(ttl) },
    };
  },

  examples: [
    {
      title: "A migration that runs at every sync",
      settings: { delivery: "argocd" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          ttlSecondsAfterFinished: 300
        #                          ^^^ the Job is deleted 5 min after it ended, and the next sync of Argo CD creates and runs it again, with selfHeal at once; make it a hook, or leave this out
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
    },
    {
      title: "An import that runs at every interval",
      settings: { delivery: "flux" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          ttlSecondsAfterFinished: 86400
        #                          ^^^^^ the Job is deleted 1 d after it ended, and Flux creates and runs it again at its next reconciliation; leave this out
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

const afterDeletion: Readonly<Partial<Record<Delivery, string>>> = {
  argocd: "the next sync of Argo CD creates and runs it again, with selfHeal at once; make it a hook, or leave this out",
  flux: "Flux creates and runs it again at its next reconciliation; leave this out",
};
