import { defineRule, type Finding, level, manifest, nodeLabels, type PodTemplate, renameKey, replaceValue, text } from "#rule";
import { contradictionIn } from "./lib/node-contradiction.js";
import { nodeAlternatives, type NodeRequirement } from "./lib/node-requirements.js";

const masterLabel = "node-role.kubernetes.io/master";

export default defineRule({
  id: "unschedulable-constraints",
  summary: "The pod asks for a node that does not exist, or by a label that is going away.",
  why: `
    A pod whose nodeSelector and required node affinity no node can meet stays Pending. Such a pod never counts as failed, so
    \`backoffLimit\` does not end the Job: only \`activeDeadlineSeconds\` does, and under \`Forbid\` the CronJob stands still.

    The kubelet sets \`kubernetes.io/os\` to \`linux\` or \`windows\` and \`kubernetes.io/arch\` to Go's name of the architecture:
    \`amd64\` and \`arm64\`, never \`x86_64\` or \`aarch64\`. Labels of the beta days (\`beta.kubernetes.io/os\`) are still set beside
    their successors. kubeadm has not set \`node-role.kubernetes.io/master\` since 1.24.
  `,
  category: "reliability",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/reference/labels-annotations-taints/",
    "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/",
    "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/create-cluster-kubeadm/",
  ],
  supersedes: ["server-warning"],
  falsePositives: "Nodes that are labelled by hand, or by a distribution that still sets the label `node-role.kubernetes.io/master`.",

  *podTemplate(pod) {
    const alternatives = nodeAlternatives(pod);
    const contradictions = alternatives.map((requirements) => contradictionIn(requirements));
    const [first] = contradictions;
    if (first && contradictions.every((one) => one !== undefined)) {
      const { at, fact, remedy, instead, related } = first;
      yield {
        at,
        message: `${fact}, so the pod stays Pending; ${remedy}`,
        ...(related ? { related: [related] } : {}),
        ...(instead ? { fix: { title: `write ${instead.text}`, safe: true, edits: [replaceValue(instead.value, instead.text)] } } : {}),
      };
      return;
    }
    yield* otherSystem(pod, alternatives);
    yield* oldLabels(pod, alternatives);
  },

  examples: [
    {
      title: "An architecture by another name",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: transcode
        spec:
          template:
            spec:
              restartPolicy: Never
              nodeSelector:
                kubernetes.io/arch: x86_64
        #                           ^^^^^^ no node has kubernetes.io/arch: x86_64, so the pod stays Pending; write amd64
              containers:
                - name: transcode
                  image: transcode:3.0
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: transcode
        spec:
          template:
            spec:
              restartPolicy: Never
              nodeSelector:
                kubernetes.io/arch: amd64
              containers:
                - name: transcode
                  image: transcode:3.0
      `,
    },
    {
      title: "A selector and an affinity that exclude each other",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
        spec:
          template:
            spec:
              restartPolicy: Never
              nodeSelector:
                pool: cpu
              affinity:
                nodeAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                      - matchExpressions:
                          - key: pool
                            operator: In
                            values: [gpu, gpu-large]
        #                            ^^^ no node can have pool cpu and gpu or gpu-large, so the pod stays Pending; take one of the two out
              containers:
                - name: train
                  image: train:0.9
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
        spec:
          template:
            spec:
              restartPolicy: Never
              affinity:
                nodeAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                      - matchExpressions:
                          - key: pool
                            operator: In
                            values: [gpu, gpu-large]
              containers:
                - name: train
                  image: train:0.9
      `,
    },
    {
      title: "A label from before 1.14",
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
                spec:
                  restartPolicy: Never
                  nodeSelector:
                    beta.kubernetes.io/os: linux
        #           ^^^^^^^^^^^^^^^^^^^^^ beta.kubernetes.io/os has been deprecated since 1.14; use kubernetes.io/os, which nodes carry as well
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
                spec:
                  restartPolicy: Never
                  nodeSelector:
                    kubernetes.io/os: linux
                  containers:
                    - name: report
                      image: report:1.4
      `,
    },
  ],
});

type Alternatives = readonly (readonly NodeRequirement[])[];

/** The scheduler does not look at spec.os, and the kubelet of the other system turns the pod away. */
function* otherSystem({ spec }: PodTemplate, alternatives: Alternatives): Iterable<Finding> {
  const os = text(level(spec, "os"), "name");
  if (os.state !== "present") return;
  const asked = alternatives.map((requirements) => {
    return requirements.find(({ key, operator }) => key === "kubernetes.io/os" && operator === "In")?.values ?? [];
  });
  const first = asked[0]?.[0];
  if (!first || !asked.every((values) => values.length > 0 && values.every(({ value }) => value !== os.value))) return;
  const fact = `the pod is for ${os.value} by os.name, and a ${first.value} node refuses it`;
  yield { at: first, message: `${fact}; write ${os.value} here or change os.name` };
}

function* oldLabels(pod: PodTemplate, alternatives: Alternatives): Iterable<Finding> {
  const told = new Set<number>();
  for (const requirement of alternatives.flat()) {
    const { key, keyPlace, path } = requirement;
    const old = nodeLabels.find(({ label }) => label === key);
    if (!old?.instead || told.has(keyPlace.start) || (key !== masterLabel && !key.includes("beta.kubernetes.io/"))) continue;
    told.add(keyPlace.start);
    if (key === masterLabel) yield* master(alternatives, requirement);
    else {
      yield {
        at: { state: "unknown", path, place: keyPlace },
        severity: "info",
        message: `${key} has been deprecated since ${old.since ?? "long"}; use ${old.instead}, which nodes carry as well`,
        ...renaming(pod, requirement, old.instead, key.startsWith("beta.kubernetes.io/")),
      };
    }
  }
}

function* master(alternatives: Alternatives, { keyPlace, path }: NodeRequirement): Iterable<Finding> {
  const asks = ({ key, operator }: NodeRequirement): boolean => key === masterLabel && (operator === "In" || operator === "Exists");
  if (!alternatives.every((requirements) => requirements.some(asks))) return;
  yield {
    at: { state: "unknown", path, place: keyPlace },
    severity: "warning",
    message: `kubeadm has not set ${masterLabel} since 1.24, and the pod waits for it; use node-role.kubernetes.io/control-plane`,
  };
}

function renaming(pod: PodTemplate, { key, isSelector }: NodeRequirement, instead: string, same: boolean): Pick<Finding, "fix"> {
  const field = text(isSelector ? level(pod.spec, "nodeSelector") : pod.spec, key);
  if (field.state !== "present") return {};
  return { fix: { title: `write ${instead}`, safe: same, edits: [renameKey(field, instead)] } };
}
