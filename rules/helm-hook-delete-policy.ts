import { defineRule, type Finding, manifest, type Present, replaceValue } from "#rule";
import { annotation, type Hook, hookOf, hookRunner, wordsOf } from "./lib/hook.js";
import { nameOverTime } from "./lib/name-over-time.js";

const key = "helm.sh/hook-delete-policy";
const before = "before-hook-creation";
const succeeded = "hook-succeeded";
const failed = "hook-failed";

export default defineRule({
  id: "helm-hook-delete-policy",
  summary: "The delete policy of a Helm hook leaves a Job behind that is in the way of the next run.",
  why: `
    Hooks are created, never updated. Without \`helm.sh/hook-delete-policy\` Helm deletes the old Job before it creates the new one. Any
    value, a misspelt one too, replaces that default: with \`hook-succeeded\` alone a Job that failed stays, and the next run of the
    hook fails with \`jobs.batch "migrate" already exists\`; with \`hook-failed\` alone it fails after every success.

    Argo CD runs such hooks too. It applies them, so a finished Job that stays is not run again, and its old result counts.

    Hooks do not belong to the release: \`helm uninstall\` does not delete them either.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies",
    "https://github.com/helm/helm/blob/v4.3.1/pkg/action/hooks.go",
    "https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks",
  ],
  falsePositives: "A chart that a tool always deletes the left Jobs for.",

  *job(job, { delivery }) {
    const hook = hookOf(job);
    const policy = annotation(job.metadata.annotations, key);
    if (hook?.tool !== "Helm" || !policy) return;
    const misspelt = misspelling(hook, policy);
    if (misspelt) yield misspelt;
    // What a TTL deletes, whether it succeeded or failed, may be gone by the next run.
    else if (job.ttlSecondsAfterFinished.state === "absent" && nameOverTime(job.metadata.name) === "fixed") {
      yield* leftBehind(hookRunner(hook, delivery), policy);
    }
  },

  examples: [
    {
      title: "Only what succeeded is deleted",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-install,pre-upgrade
            helm.sh/hook-delete-policy: hook-succeeded
        #                               ^^^^^^^^^^^^^^ after a failure the Job stays, and the next run of this hook fails because it exists already; add before-hook-creation
        spec:
          activeDeadlineSeconds: 600
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
            helm.sh/hook: pre-install,pre-upgrade
            helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
    },
    {
      title: "A misspelt policy",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-upgrade
            helm.sh/hook-delete-policy: before-hook-create
        #                               ^^^^^^^^^^^^^^^^^^ Helm has no delete policy before-hook-create, and deletes nothing for it; write before-hook-creation
        spec:
          activeDeadlineSeconds: 600
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
            helm.sh/hook-delete-policy: before-hook-creation
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

/** Helm reads them in lower case. */
function policiesOf(policy: Present<string>): readonly string[] {
  return wordsOf(policy).map(({ word }) => word.toLowerCase());
}

function misspelling({ tool }: Hook, policy: Present<string>): Finding | undefined {
  const known = new Set([before, succeeded, failed]);
  const wrong = wordsOf(policy).find(({ word }) => !known.has(word.toLowerCase()));
  const meant = wrong && meantBy(wrong.word);
  if (!wrong || meant === undefined) return undefined;
  const corrected = wordsOf(policy).map(({ word }) => (word === wrong.word ? meant : word));
  return {
    at: wrong.at,
    message: `${tool} has no delete policy ${wrong.word}, and deletes nothing for it; write ${meant}`,
    fix: { title: `write ${meant}`, safe: true, edits: [replaceValue(policy, [...new Set(corrected)].join(","))] },
  };
}

function meantBy(word: string): string | undefined {
  if (/before|creat/i.test(word)) return before;
  if (/suc/i.test(word)) return succeeded;
  return /fail/i.test(word) ? failed : undefined;
}

function* leftBehind(runner: Hook["tool"], policy: Present<string>): Iterable<Finding> {
  const policies = policiesOf(policy);
  const [onSuccess, onFailure] = [policies.includes(succeeded), policies.includes(failed)];
  if (policies.includes(before) || (onSuccess && onFailure)) return;
  const when = onSuccess ? "after a failure" : onFailure ? "after a success" : "after a run";
  const corrected = [before, ...wordsOf(policy).map(({ word }) => word)].join(",");
  yield {
    at: policy,
    message: `${when} the Job stays, and ${nextRun(runner, onSuccess)}; add ${before}`,
    fix: { title: `add ${before}`, safe: true, edits: [replaceValue(policy, corrected)] },
  };
}

function nextRun(runner: Hook["tool"], onSuccess: boolean): string {
  if (runner === "Helm") return "the next run of this hook fails because it exists already";
  return onSuccess ? "the next sync fails on it without running it again" : "the next sync takes its old result without running it again";
}
