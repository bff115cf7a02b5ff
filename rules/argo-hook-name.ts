import { defineRule, type Finding, type Fix, type KubernetesObject, manifest, type Present, replaceValue } from "#rule";
import { annotation, wordsOf } from "./lib/hook.js";
import { nameOverTime } from "./lib/name-over-time.js";

const hookKey = "argocd.argoproj.io/hook";
const policyKey = "argocd.argoproj.io/hook-delete-policy";

/** The names that Argo CD 3.5 knows: `gitops-engine/pkg/sync/common/types.go` and `controller/hook.go`. */
const hookTypes = ["PreSync", "Sync", "PostSync", "SyncFail", "Skip", "PreDelete", "PostDelete"];
/** Failed hooks of a deletion are deleted by Argo CD itself, to try again. */
const syncTypes = ["PreSync", "Sync", "PostSync", "SyncFail"];
const succeeded = "HookSucceeded";
const failed = "HookFailed";
const before = "BeforeHookCreation";
const policies = [succeeded, failed, before];

export default defineRule({
  id: "argo-hook-name",
  summary: "An Argo CD hook has a type or a delete policy that Argo CD does not know, or one that leaves its Job behind.",
  why: `
    Hook types are compared letter by letter. An object with an unknown one is a hook without a phase: no sync ever creates it, and
    nothing says so. An unknown delete policy is ignored; \`BeforeHookCreation\` applies when none is valid.

    \`HookSucceeded\` alone keeps a Job that failed. Argo CD applies hooks, it does not replace them, so a Job with a fixed name is not
    run again: the next sync finds the failed one and fails. After \`HookFailed\` alone it finds the one that succeeded, and goes on
    without running anything.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/",
    "https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks",
    "https://github.com/argoproj/gitops-engine/blob/v0.7.3/pkg/sync/hook/hook.go",
    "https://github.com/argoproj/gitops-engine/blob/v0.7.3/pkg/sync/hook/delete_policy.go",
  ],

  *cronJob(cronJob) {
    yield* unknownTypes(cronJob);
  },

  *job(job) {
    if (job.cronJob) return;
    yield* unknownTypes(job.object);
    const policy = annotation(job.metadata.annotations, policyKey);
    const type = annotation(job.metadata.annotations, hookKey);
    if (!policy || !type) return;
    const unknown = [...unknownPolicies(policy)];
    yield* unknown;
    const isOfSync = wordsOf(type).some(({ word }) => syncTypes.includes(word));
    const staysForGood = job.ttlSecondsAfterFinished.state === "absent" && nameOverTime(job.metadata.name) === "fixed";
    if (isOfSync && unknown.length === 0 && staysForGood) yield* leftBehind(job.object, policy);
  },

  examples: [
    {
      title: "A type in lower case",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            argocd.argoproj.io/hook: presync
        #                            ^^^^^^^ Argo CD has no hook type presync, so it never creates this Job; write PreSync
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
            argocd.argoproj.io/hook: PreSync
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:5.2 }]
      `,
    },
    {
      title: "A failed Job that stays",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            argocd.argoproj.io/hook: PreSync
            argocd.argoproj.io/hook-delete-policy: HookSucceeded
        #                                          ^^^^^^^^^^^^^ after a failure the Job stays, and the next sync fails on it without running it again; add BeforeHookCreation
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
            argocd.argoproj.io/hook: PreSync
            argocd.argoproj.io/hook-delete-policy: BeforeHookCreation,HookSucceeded
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

function* unknownTypes({ metadata: { annotations }, ...object }: KubernetesObject): Iterable<Finding> {
  const type = annotation(annotations, hookKey);
  if (!type) return;
  const words = wordsOf(type);
  const isHookAnyway = words.some(({ word }) => hookTypes.includes(word)) || annotation(annotations, "helm.sh/hook");
  const kind = "kind" in object && object.kind === "CronJob" ? "CronJob" : "Job";
  const effect = isHookAnyway ? "and ignores it" : `so it never creates this ${kind}`;
  for (const { word, at } of words.filter((one) => !hookTypes.includes(one.word))) {
    const meant = meantType(word);
    const remedy = meant === undefined ? `write one of ${hookTypes.join(", ")}` : `write ${meant}`;
    yield { at, message: `Argo CD has no hook type ${word}, ${effect}; ${remedy}`, ...correction(type, word, meant) };
  }
}

const words = /[^a-z]/g;

function meantType(word: string): string | undefined {
  const bare = word.toLowerCase().replaceAll(words, "");
  // As Argo CD itself maps the hooks of charts.
  const ofHelm: Readonly<Record<string, string>> = {
    preinstall: "PreSync",
    preupgrade: "PreSync",
    postinstall: "PostSync",
    postupgrade: "PostSync",
    syncfailed: "SyncFail",
    onsyncfail: "SyncFail",
  };
  return hookTypes.find((type) => type.toLowerCase() === bare) ?? ofHelm[bare];
}

function* unknownPolicies(policy: Present<string>): Iterable<Finding> {
  const written = wordsOf(policy);
  const isDefaulted = !written.some(({ word }) => policies.includes(word));
  for (const { word, at } of written.filter((one) => !policies.includes(one.word))) {
    const meant = meantPolicy(word);
    const isHarmless = isDefaulted && meant === before;
    const remedy = meant === undefined ? `write one of ${policies.join(", ")}` : `write ${meant}`;
    const effect = isDefaulted ? `ignores it, so ${before} applies` : "ignores it";
    yield {
      at,
      severity: isHarmless ? "info" : "warning",
      message: `Argo CD has no delete policy ${word} and ${effect}; ${remedy}`,
      ...correction(policy, word, meant),
    };
  }
}

function meantPolicy(word: string): string | undefined {
  if (/before|creat/i.test(word)) return before;
  if (/suc/i.test(word)) return succeeded;
  return /fail/i.test(word) ? failed : undefined;
}

function correction(value: Present<string>, word: string, meant: string | undefined): { readonly fix?: Fix } {
  if (meant === undefined) return {};
  const corrected = wordsOf(value).map((one) => (one.word === word ? meant : one.word));
  return { fix: { title: `write ${meant}`, safe: true, edits: [replaceValue(value, [...new Set(corrected)].join(","))] } };
}

function* leftBehind({ metadata: { annotations } }: KubernetesObject, policy: Present<string>): Iterable<Finding> {
  const all = wordsOf(policy).map(({ word }) => word);
  const ofHelm = annotation(annotations, "helm.sh/hook-delete-policy")?.value ?? "";
  const [onSuccess, onFailure] = [all.includes(succeeded), all.includes(failed)];
  // Argo CD adds the policies of Helm's annotation to its own.
  if (all.length === 0 || all.includes(before) || (onSuccess && onFailure) || ofHelm !== "") return;
  const result = onSuccess ? "fails on it" : "takes its old result";
  yield {
    at: policy,
    severity: "warning",
    message: `after a ${onSuccess ? "failure" : "success"} the Job stays, and the next sync ${result} without running it again; add ${before}`,
    fix: { title: `add ${before}`, safe: true, edits: [replaceValue(policy, [before, ...all].join(","))] },
  };
}
