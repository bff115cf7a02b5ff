import { defineRule, type Fact, type FactAt, flag, itemLevel, jobOfWorkload, level, list, manifest, text } from "#rule";
import type { Job, OtherObject, WorkspaceFinding } from "#rule";
import { deliveryOfJob, isOwned, isRecreated } from "./lib/delivered.js";
import { mayBeHook } from "./lib/hook.js";
import { isKustomization, listedFiles, lists } from "./lib/kustomization.js";
import { needsOf } from "./lib/pod-needs.js";
import { ofSort } from "./lib/sorts.js";

/** What a Job or CronJob takes from a ConfigMap or Secret, and what happens when that has another name. */
interface Use {
  readonly sort: "use";
  readonly key: string;
  readonly isJob: boolean;
}

/** A ConfigMap or Secret whose name kustomize derives from its content. */
interface Generated {
  readonly sort: "generated";
  readonly key: string;
  readonly resources: readonly string[];
}

type Data = Use | Generated;

export default defineRule({
  id: "configmap-hash-job",
  summary: "A Job uses a ConfigMap or Secret to whose name kustomize adds a hash of its content.",
  why: `
    \`configMapGenerator\` and \`secretGenerator\` add a hash of the content to the name, and write the new name wherever the old one
    stood. In a Deployment that starts a rollout. The template of a Job cannot change, so after the next change of the content the
    server refuses the whole apply.

    A CronJob takes the new name with its next run. A run that is under way keeps the old one, and when the old ConfigMap is pruned, a
    pod that it starts again waits for it for ever.
  `,
  category: "correctness",
  severity: "warning",
  asWritten: true,
  references: [
    "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/",
    "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/generatoroptions/",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-template",
    "https://github.com/argoproj/argo-cd/issues/9153",
  ],
  falsePositives: "Content that never changes, a Job that is deleted before each apply, and a Kustomization of Flux with `force: true`.",
  reads: ["Kustomization"],

  *facts(workload, context): Iterable<FactAt<Data>> {
    const job = jobOfWorkload(workload);
    const delivery = deliveryOfJob(job, context);
    const isJob = workload.kind === "Job";
    // Only what prunes takes the old object away.
    if (isJob ? !isUpdated(job) : delivery !== "argocd" && delivery !== "flux") return;
    const seen = new Set<string>();
    for (const { kind, name } of needsOf(job.pod)) {
      const key = `${kind} ${name.value ?? ""}`;
      if (name.state !== "present" || seen.has(key)) continue;
      seen.add(key);
      yield { at: name, data: { sort: "use", key, isJob } };
    }
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    yield* generatedBy(object);
  },

  *workspace(facts: readonly Fact<Data>[]): Iterable<WorkspaceFinding<Data>> {
    const generated = ofSort(facts, "generated");
    for (const use of ofSort(facts, "use")) {
      const { key, isJob } = use.data;
      const source = generated.find(({ data }) => data.key === key && lists(data.resources, use.at.file));
      if (!source) continue;
      const related = [{ fact: source, message: "generated here" }];
      const renamed = `kustomize renames ${key} with its content`;
      if (isJob) yield { fact: use, related, message: `${renamed}, but the template of a Job cannot change; ${remedy}` };
      else {
        const message = `${renamed}: once the old one is pruned, a run under way gets no other pod`;
        yield { fact: use, related, severity: "info", message: `${message}; ${remedy}` };
      }
    }
  },

  examples: [
    {
      title: "A Job that reads a generated ConfigMap",
      bad: manifest`
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - example.yaml
        configMapGenerator:
          - name: import-config
            files: [import.toml]
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
                  volumeMounts: [{ name: config, mountPath: /etc/import }]
              volumes:
                - name: config
                  configMap:
                    name: import-config
        #                 ^^^^^^^^^^^^^ kustomize renames ConfigMap import-config with its content, but the template of a Job cannot change; set disableNameSuffixHash: true
      `,
      good: manifest`
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - example.yaml
        configMapGenerator:
          - name: import-config
            files: [import.toml]
            options: { disableNameSuffixHash: true }
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
                  volumeMounts: [{ name: config, mountPath: /etc/import }]
              volumes:
                - name: config
                  configMap:
                    name: import-config
      `,
    },
  ],
});

const remedy = "set disableNameSuffixHash: true";

/** The finished Job still stands under the same name at the next apply, and nothing replaces it. */
function isUpdated(job: Job): boolean {
  const isThere = job.ttlSecondsAfterFinished.state === "absent" && job.metadata.name.state === "present";
  return isThere && !mayBeHook(job) && !isRecreated(job) && !isOwned(job);
}

const generators = [
  ["configMapGenerator", "ConfigMap"],
  ["secretGenerator", "Secret"],
] as const;

function* generatedBy(object: OtherObject): Iterable<FactAt<Data>> {
  const { root } = object;
  if (!isKustomization(object)) return;
  if (flag(level(root, "generatorOptions"), "disableNameSuffixHash").value === true) return;
  const resources = listedFiles(object);
  for (const [field, kind] of generators) {
    for (const item of list(root, field, (node, path) => itemLevel(node, path, root)).value ?? []) {
      const name = text(item, "name");
      const options = level(item, "options");
      if (name.state !== "present" || flag(options, "disableNameSuffixHash").state !== "absent") continue;
      yield { at: name, data: { sort: "generated", key: `${kind} ${name.value}`, resources } };
    }
  }
}
