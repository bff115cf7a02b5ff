import {
  type Container,
  defineRule,
  insertField,
  integer,
  isAtLeast,
  itemLevel,
  type Job,
  keysOf,
  level,
  list,
  manifest,
  type Present,
  scalar,
} from "#rule";
import { duration } from "./lib/duration.js";

/** From so many seconds on, a pod that is told to end can be long in ending. */
const longGrace = 60;
/** The field is there by default from 1.29 on. */
const replacementPolicySince = "1.29";

export default defineRule({
  id: "pod-replacement-overlap",
  summary: "A pod that is told to end is replaced at once, while it still holds what only one can have.",
  why: `
    By default the Job controller starts the next pod as soon as one is terminating: evicted, preempted, or on a node that is
    drained. For the whole \`terminationGracePeriodSeconds\` both exist. Where each wants a GPU or a port of the node, the new one
    waits or takes another; where they write to one place, two do.

    With \`podReplacementPolicy: Failed\` the next pod starts when the one before has ended. With a podFailurePolicy that is the default.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-replacement-policy",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/v1/defaults.go",
  ],
  falsePositives: "Pods that end at once when they are told to, and a cluster with GPUs to spare.",

  *job(job, { kubernetes }) {
    const { podReplacementPolicy: policy, podFailurePolicy, pod, backoffLimit } = job;
    const grace = pod.terminationGracePeriodSeconds;
    if (policy.state !== "absent" || podFailurePolicy.state !== "absent" || grace.state !== "present" || grace.value < longGrace) return;
    // A Job without retries fails instead, and older servers lack the field.
    if (backoffLimit.value === 0 || backoffLimit.state === "unknown") return;
    if (!kubernetes.every((version) => isAtLeast(version, replacementPolicySince))) return;
    const held = exclusive(job);
    if (!held) return;
    const overlap = `a pod that is evicted has up to ${duration(grace.value)} to end, and the next one starts beside it at once`;
    yield {
      at: grace,
      message: `${overlap}, though each wants ${held.what}; set podReplacementPolicy: Failed`,
      related: [{ at: held.at, message: held.what }],
      fix: {
        title: "set podReplacementPolicy: Failed; the next pod then waits until the one before has ended",
        safe: false,
        edits: insertField(job.spec, "podReplacementPolicy", "Failed", { before: "template" }),
      },
    };
  },

  examples: [
    {
      title: "A GPU and ten minutes to end",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
        spec:
          backoffLimit: 3
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 600
        #                                    ^^^ a pod that is evicted has up to 10 min to end, and the next one starts beside it at once, though each wants nvidia.com/gpu; set podReplacementPolicy: Failed
              containers:
                - name: train
                  image: train:2.0
                  resources:
                    limits:
                      nvidia.com/gpu: 1
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
        spec:
          backoffLimit: 3
          podReplacementPolicy: Failed
          template:
            spec:
              restartPolicy: Never
              terminationGracePeriodSeconds: 600
              containers:
                - name: train
                  image: train:2.0
                  resources:
                    limits:
                      nvidia.com/gpu: 1
      `,
    },
  ],
});

interface Held {
  readonly what: string;
  readonly at: Present<unknown>;
}

function exclusive({ pod }: Job): Held | undefined {
  return pod.written.filter(({ init }) => !init).flatMap((container) => [...gpus(container), ...hostPorts(container)])[0];
}

function gpus({ resources }: Container): readonly Held[] {
  const limits = level(resources, "limits");
  return keysOf(limits).flatMap(({ text: name }) => {
    const count = /\/(?:\w+-)?gpu(?:[-.].*)?$/.test(name) ? scalar(limits, name) : undefined;
    return count?.state === "present" && String(count.value.value) !== "0" ? [{ what: name, at: count }] : [];
  });
}

function hostPorts({ level: own }: Container): readonly Held[] {
  const ports = list(own, "ports", (node, path) => itemLevel(node, path, own));
  return (ports.value ?? []).flatMap((port) => {
    const taken = integer(port, "hostPort");
    return taken.state === "present" && taken.value > 0 ? [{ what: `port ${String(taken.value)} of its node`, at: taken }] : [];
  });
}
