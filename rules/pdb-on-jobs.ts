import { defineRule, type Fact, type FactAt, level, manifest, scalar } from "#rule";
import { homeOf } from "./lib/home.js";
import { everyPod, type JobLabel, type JobPods, jobPodsOf, matchedLabel, selectorText } from "./lib/pod-labels.js";
import { type Selector, selecting, selectorOf } from "./lib/selector.js";
import { ofSort } from "./lib/sorts.js";

/** A PodDisruptionBudget that asks for the scale of what owns its pods. */
interface Budget {
  readonly sort: "budget";
  readonly home: string;
  readonly selector: Selector;
  /** As written: `maxUnavailable: 1`. */
  readonly share: string;
}

type Data = JobPods | JobLabel | Budget;

export default defineRule({
  id: "pdb-on-jobs",
  summary: "A PodDisruptionBudget with maxUnavailable or a percentage also selects the pods of a Job.",
  why: `
    For \`maxUnavailable\`, and for a percentage, the disruption controller asks the owner of each selected pod how many there should
    be. A Job has no scale, so the budget fails with \`jobs.batch does not implement the scale subresource\` as long as a pod of the
    Job is there, finished ones that the history keeps included. A budget in that state allows no disruption at all: no pod that
    it selects can be evicted, and nodes cannot be drained.

    A whole number in \`minAvailable\` needs no scale.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/disruption/disruption.go",
  ],
  reads: ["PodDisruptionBudget"],

  *facts(workload): Iterable<FactAt<Data>> {
    yield* jobPodsOf(workload);
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    const home = homeOf(object);
    const spec = level(object.root, "spec");
    const selector = selectorOf(level(spec, "selector"));
    const most = scalar(spec, "maxUnavailable");
    const least = scalar(spec, "minAvailable").value?.text ?? "";
    if (home === undefined || !selector || most.state === "unknown") return;
    // Before policy/v1, {} selected nothing.
    if (selectorText(selector) === everyPod && object.apiVersion.value !== "policy/v1") return;
    if (most.state === "absent" && !least.endsWith("%")) return;
    const share = most.state === "present" ? `maxUnavailable ${most.value.text}` : `minAvailable ${least}`;
    yield { at: object.metadata.name, data: { sort: "budget", home, selector, share } };
  },

  *workspace(facts: readonly Fact<Data>[]) {
    const labels = ofSort(facts, "label");
    const budgets = selecting(ofSort(facts, "budget"), ({ data }) => data.selector);
    for (const pods of ofSort(facts, "pods")) {
      const budget = budgets(pods.data.labels).find(({ data }) => data.home === pods.data.home);
      if (!budget) continue;
      const name = `PodDisruptionBudget ${budget.object.name ?? ""}`;
      const { selector, share } = budget.data;
      const effect = "it then allows no eviction at all";
      const cause = `${name} (${share}) selects ${selectorText(selector)}, but a Job has no scale: ${effect}`;
      const remedy = selectorText(selector) === everyPod ? "leave Jobs out of its selector" : "use other labels";
      const message = `${cause}; ${remedy}`;
      yield { fact: matchedLabel(pods, selector, labels), message, related: [{ fact: budget, message: `${name} selects them` }] };
    }
  },

  examples: [
    {
      title: "A budget for a Deployment whose labels a CronJob has too",
      bad: manifest`
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: { name: shop }
        spec:
          maxUnavailable: 1
          selector:
            matchLabels: { app: shop }
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: shop-cleanup }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                metadata:
                  labels:
                    app: shop
        #                ^^^^ PodDisruptionBudget shop (maxUnavailable 1) selects app=shop, but a Job has no scale: it then allows no eviction at all; use other labels
                spec:
                  restartPolicy: Never
                  containers: [{ name: cleanup, image: shop:2.3, args: [cleanup] }]
      `,
      good: manifest`
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: { name: shop }
        spec:
          maxUnavailable: 1
          selector:
            matchLabels: { app: shop }
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: shop-cleanup }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                metadata:
                  labels:
                    app: shop-cleanup
                spec:
                  restartPolicy: Never
                  containers: [{ name: cleanup, image: shop:2.3, args: [cleanup] }]
      `,
    },
  ],
});
