import { type Context, defineRule, type Finding, type Fix, type Job, manifest, type Present, removeField } from "#rule";
import { deliveryOfJob } from "./lib/delivered.js";
import { duration } from "./lib/duration.js";
import { type Hook, hookOf, hookRunner, mayBeHook } from "./lib/hook.js";

/** Below it the Job may be gone before the tool, or somebody who looks for the cause, has seen how it ended. */
const minute = 60;
const enough = 600;

export default defineRule({
  id: "ttl-hook-race",
  summary: "ttlSecondsAfterFinished deletes a hook Job while the tool that started it waits for its result.",
  why: `
    Helm and Argo CD start a hook, watch its Job and go on when it has succeeded. A short \`ttlSecondsAfterFinished\` deletes the Job
    meanwhile, and whoever looks later sees no result:

    - Helm 4 waits for the state *Current*. A Job that is gone is *NotFound*, so it waits until \`--timeout\` and the release fails.
    - Helm 3 takes the deletion for the end of the hook, a failed one too.
    - Argo CD waits for a hook that is not there any more. From 3.0 on, and in the last patches of 2.14, it holds hook Jobs with a
      finalizer, and its documentation still says not to use a TTL on them.
    - \`helm upgrade --wait-for-jobs\` looks up each Job of the release again and again, until all of the release is ready. It fails when
      it finds none.

    The delete policy of the hook cleans up: by default the old Job goes before the next one is created.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/#hook-lifecycle-and-cleanup",
    "https://github.com/argoproj/gitops-engine/pull/646",
    "https://github.com/helm/helm/blob/v4.3.1/pkg/kube/statuswait.go",
    "https://github.com/helm/helm/pull/32586",
    "https://github.com/helm/helm/blob/v3.22.0/pkg/kube/client.go",
    "https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies",
  ],
  falsePositives: "Tools that are known to be new enough: Argo CD from 3.0 on, or Helm 3 where nobody reads the result.",

  *job(job, context) {
    const { ttlSecondsAfterFinished: ttl } = job;
    if (job.cronJob || ttl.state !== "present" || ttl.value < 0 || ttl.value >= enough) return;
    const hook = hookOf(job);
    if (hook) yield* ofHook(hook, ttl, context);
    else yield* ofRelease(job, ttl, context);
  },

  examples: [
    {
      title: "A Helm hook that is gone when it is done",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-upgrade
        spec:
          activeDeadlineSeconds: 600
          ttlSecondsAfterFinished: 0
        #                          ^ the Job is deleted as soon as it ends, perhaps before Helm sees its result: Helm 4 then runs into its timeout; leave this out, delete policies clean up
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-upgrade
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
    },
    {
      title: "An Argo CD hook",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            argocd.argoproj.io/hook: PreSync
        spec:
          activeDeadlineSeconds: 600
          ttlSecondsAfterFinished: 5
        #                          ^ the Job is deleted 5 s after it ended, perhaps before Argo CD sees its result: the sync may then wait without end; leave this out, delete policies clean up
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            argocd.argoproj.io/hook: PreSync
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
    },
  ],
});

function* ofHook(hook: Hook, ttl: Present<number>, { delivery }: Context): Iterable<Finding> {
  if (hook.phases.every((phase) => phase === "Skip")) return;
  const runner = hookRunner(hook, delivery);
  const fix = removal(ttl);
  if (ttl.value >= minute && isOfDeletion(hook)) return;
  if (ttl.value >= minute) {
    const message = `the Job is deleted ${gone(ttl)}, with the logs of one that failed; leave this out, delete policies clean up`;
    yield { at: ttl, severity: "info", message, fix };
    return;
  }
  const then = runner === "Helm" ? "Helm 4 then runs into its timeout" : withoutResult(hook);
  yield {
    at: ttl,
    message: `the Job is deleted ${gone(ttl)}, perhaps before ${runner} sees its result: ${then}; leave this out, delete policies clean up`,
    fix,
  };
}

/** Argo CD creates hooks of a deletion as long as they are not there, and deletes those that failed: its `controller/hook.go`. */
function isOfDeletion({ phases }: Hook): boolean {
  return phases.every((phase) => /^(?:pre|post)-?delete$/i.test(phase));
}

function withoutResult(hook: Hook): string {
  return isOfDeletion(hook) ? "it then runs again" : "the sync may then wait without end";
}

function* ofRelease(job: Job, ttl: Present<number>, context: Context): Iterable<Finding> {
  if (ttl.value >= minute || deliveryOfJob(job, context) !== "helm" || mayBeHook(job)) return;
  yield {
    at: ttl,
    message: `the Job is deleted ${gone(ttl)}, and helm --wait-for-jobs fails when it finds it gone; allow more than its timeout, such as ${String(enough)}`,
  };
}

function gone({ value }: Present<number>): string {
  return value === 0 ? "as soon as it ends" : `${duration(value)} after it ended`;
}

function removal(ttl: Present<number>): Fix {
  const title = "remove ttlSecondsAfterFinished; the finished Job stays until the hook's delete policy removes it";
  return { title, safe: false, edits: removeField(ttl) };
}
