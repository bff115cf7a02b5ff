import { defineRule, type Finding, integer, itemLevel, level, type Level, list, manifest, type Present, text } from "#rule";

/** A DNS label, as the names of Jobs and pods must be that are found by them. */
const longest = 63;
const label = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
/** What the Job controller puts behind the name of a pod. */
const suffix = "-xxxxx";

/** A replicatedJob, as far as names go. */
interface Replicated {
  readonly name: Present<string>;
  /** The part of the longest name behind that of the replicatedJob, and what it names. */
  readonly rest: string;
  readonly sort: "Job" | "pod";
}

export default defineRule({
  id: "jobset-names",
  summary: "The names that JobSet makes of its own and its replicatedJobs' must be DNS labels of 63 characters.",
  why: `
    JobSet calls its Jobs \`<jobset>-<replicatedJob>-<index>\` and, where \`completions\` is set, their pods
    \`<jobset>-<replicatedJob>-<index>-<completion>-xxxxx\`. Each is a host name as well: it begins with a letter, holds small letters,
    digits and hyphens, and has at most 63 characters. The webhook of JobSet rejects a JobSet of which one does not fit.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://jobset.sigs.k8s.io/docs/concepts/",
    "https://github.com/kubernetes-sigs/jobset/blob/v0.9.1/pkg/webhooks/jobset_webhook.go",
  ],
  reads: ["JobSet"],

  *other(object) {
    const { name } = object.metadata;
    const spec = level(object.root, "spec");
    if (object.apiVersion.value?.startsWith("jobset.x-k8s.io/") !== true || name.state !== "present") return;
    const written = list(spec, "replicatedJobs", (node, path) => replicated(itemLevel(node, path, spec))).value ?? [];
    const jobs = written.flatMap((one) => one ?? []);
    if (!label.test(name.value)) yield notLabel(name, "the JobSet's name");
    for (const job of jobs) {
      if (!label.test(`a-${job.name.value}`)) yield notLabel(job.name, "the replicatedJob's name");
    }
    const length = ({ name: own, rest }: Replicated): number => `${name.value}-${own.value}${rest}`.length;
    const [worst] = [...jobs].sort((a, b) => length(b) - length(a));
    if (worst && length(worst) > longest) yield tooLong(name, worst, length(worst));
  },

  examples: [
    {
      title: "Pod names of 66 characters",
      bad: manifest`
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          name: recommendation-model-training-2026-q1
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the pod name recommendation-model-training-2026-q1-parameter-servers-11-3-xxxxx has 66 characters, of at most 63; shorten one of its parts by 3
        spec:
          replicatedJobs:
            - name: parameter-servers
              replicas: 12
              template:
                spec:
                  parallelism: 4
                  completions: 4
                  template:
                    spec:
                      containers: [{ name: server, image: trainer:1.9 }]
      `,
      good: manifest`
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          name: recommendation-training
        spec:
          replicatedJobs:
            - name: parameter-servers
              replicas: 12
              template:
                spec:
                  parallelism: 4
                  completions: 4
                  template:
                    spec:
                      containers: [{ name: server, image: trainer:1.9 }]
      `,
    },
    {
      title: "A name that begins with a digit",
      bad: manifest`
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          name: 7b-finetune
        #       ^^^^^^^^^^^ the JobSet's name goes into host names, which take small letters, digits and hyphens and begin with a letter; rename it
        spec:
          replicatedJobs:
            - name: workers
              template:
                spec:
                  template:
                    spec:
                      containers: [{ name: worker, image: trainer:1.9 }]
      `,
      good: manifest`
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata:
          name: finetune-7b
        spec:
          replicatedJobs:
            - name: workers
              template:
                spec:
                  template:
                    spec:
                      containers: [{ name: worker, image: trainer:1.9 }]
      `,
    },
  ],
});

/** Undefined where a template decides. */
function replicated(own: Level): Replicated | undefined {
  const name = text(own, "name");
  const replicas = integer(own, "replicas");
  const job = level(level(own, "template"), "spec");
  const completions = integer(job, "completions");
  const mode = text(job, "completionMode");
  if (name.state !== "present" || replicas.state === "unknown") return undefined;
  const index = `-${String(Math.max(0, (replicas.value ?? 1) - 1))}`;
  // Without a mode it is Indexed here.
  const isIndexed = mode.state === "absent" || mode.value === "Indexed";
  if (!isIndexed || completions.state !== "present") return { name, rest: index, sort: "Job" };
  return { name, rest: `${index}-${String(Math.max(0, completions.value - 1))}${suffix}`, sort: "pod" };
}

function notLabel(name: Present<string>, what: string): Finding {
  const fact = `${what} goes into host names, which take small letters, digits and hyphens and begin with a letter`;
  return { at: name, message: `${fact}; rename it` };
}

function tooLong(name: Present<string>, { name: own, rest, sort }: Replicated, length: number): Finding {
  const fact = `the ${sort} name ${name.value}-${own.value}${rest} has ${String(length)} characters, of at most ${String(longest)}`;
  const message = `${fact}; shorten one of its parts by ${String(length - longest)}`;
  return { at: name, message, related: [{ at: own, message: "the replicatedJob" }] };
}
