import { defineRule, type Finding, itemLevel, type Job, type Level, level, list, lineOf, manifest, replaceValue } from "#rule";
import { misnamedCondition } from "./lib/pod-conditions.js";
import {
  actionOf,
  codesIn,
  decides,
  hasWindows,
  isDecidedBefore,
  type PodCondition,
  type PodFailureRule,
  podFailureRules,
  statusOf,
} from "./lib/pod-failure-rules.js";

const highestCode = 255;
/** How a process ends that is told to end, and one that is killed. */
const endedBySignal = [143, 137];

export default defineRule({
  id: "pod-failure-policy-invalid",
  summary: "A rule about failed pods that can never match, or a limit that can never be reached.",
  why: `
    A failed pod is held against the rules of \`podFailurePolicy\` from the first to the last, and the first that matches
    decides. A rule behind a wider one is never asked; a condition that pods never have matches none; an exit code above 255
    does not exist. The API server accepts all of that, and the Job fails, or tries again, against what is written.

    A pod that is evicted is told to end and mostly exits with 143, or 137 when it is killed. So the rule that ignores
    \`DisruptionTarget\` has to stand before a rule that matches those codes.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy",
    "https://kubernetes.io/docs/tasks/job/pod-failure-policy/",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/job/pod_failure_policy.go",
  ],
  supersedes: ["field-invalid"],

  *job(job) {
    yield* limits(job);
    yield* unsorted(job);
    const rules = podFailureRules(job);
    if (rules?.length === 0) {
      const message = "a podFailurePolicy without rules matches nothing; add a rule or remove it";
      yield { at: job.podFailurePolicy, severity: "info", message };
    }
    const before: PodFailureRule[] = [];
    for (const rule of rules ?? []) {
      if (!rule) continue;
      yield* judged(job, rule, before);
      before.push(rule);
    }
  },

  examples: [
    {
      title: "A wide rule before the one about disruptions",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
        spec:
          backoffLimit: 3
          podFailurePolicy:
            rules:
              - action: FailJob
                onExitCodes:
                  operator: NotIn
                  values: [42]
              - action: Ignore
                onPodConditions:
                  - type: DisruptionTarget
        #                 ^^^^^^^^^^^^^^^^ an evicted pod can exit with 143, which the rule in line 9 takes first (FailJob); put this rule before it
                    status: "True"
          template:
            spec:
              restartPolicy: Never
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
          backoffLimit: 3
          podFailurePolicy:
            rules:
              - action: Ignore
                onPodConditions:
                  - type: DisruptionTarget
                    status: "True"
              - action: FailJob
                onExitCodes:
                  operator: NotIn
                  values: [42]
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: train
                  image: train:0.9
      `,
    },
    {
      title: "A reason that is no condition",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: train
        spec:
          backoffLimit: 3
          podFailurePolicy:
            rules:
              - action: Ignore
                onPodConditions:
                  - type: Evicted
        #                 ^^^^^^^ Evicted is a reason, no condition of a pod, so this never matches; write DisruptionTarget
                    status: "True"
          template:
            spec:
              restartPolicy: Never
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
          backoffLimit: 3
          podFailurePolicy:
            rules:
              - action: Ignore
                onPodConditions:
                  - type: DisruptionTarget
                    status: "True"
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: train
                  image: train:0.9
      `,
    },
  ],
});

const never = "rules before this one match every pod that it matches, so it is never asked; put it before them or remove it";

function* judged(job: Job, rule: PodFailureRule, before: readonly PodFailureRule[]): Iterable<Finding> {
  if (isDecidedBefore(rule, before)) {
    yield { at: actionOf(rule), message: never };
    return;
  }
  yield* codesTaken(rule, before);
  yield* codesTooHigh(job, rule);
  for (const condition of rule.conditions) {
    yield* neverTrue(condition);
    yield* disruptionTooLate(condition, rule, before);
  }
}

/** Some of the codes go to a rule before, which does something else with them. */
function* codesTaken({ action, codes }: PodFailureRule, before: readonly PodFailureRule[]): Iterable<Finding> {
  if (codes?.operator !== "In") return;
  for (const code of codes.values) {
    const first = before.find((one) => decides(one, codes.container, code.value));
    if (!first || first.action === action) continue;
    const fact = `${String(code.value)} matches the rule in line ${String(lineOf(actionOf(first).place))} first (${first.action})`;
    yield { at: code, message: `${fact}; take it out of one of the two` };
  }
}

function* codesTooHigh(job: Job, { codes }: PodFailureRule): Iterable<Finding> {
  if (codes?.operator !== "In" || hasWindows(job)) return;
  for (const code of codes.values) {
    if (code.value >= 0 && code.value <= highestCode) continue;
    const fact = `exit codes go from 0 to ${String(highestCode)}, so no container ends with ${String(code.value)}`;
    yield { at: code, message: `${fact}; correct it` };
  }
}

function* neverTrue({ type, status }: PodCondition): Iterable<Finding> {
  const better = misnamedCondition(type.value);
  if (better) {
    const { fact, remedy, instead } = better;
    const fix = instead === undefined ? {} : { fix: { title: `write ${instead}`, safe: false, edits: [replaceValue(type, instead)] } };
    yield { at: type, message: `${fact}, so this never matches; ${remedy}`, ...fix };
    return;
  }
  // Other words for it the server rejects.
  if (type.value !== "DisruptionTarget" || status.state !== "present" || !["False", "Unknown"].includes(status.value)) return;
  yield {
    at: status,
    message: `a pod has DisruptionTarget with status True or not at all, so ${status.value} never matches; write "True"`,
    fix: { title: "write True", safe: false, edits: [replaceValue(status, "True")] },
  };
}

function* disruptionTooLate(condition: PodCondition, rule: PodFailureRule, before: readonly PodFailureRule[]): Iterable<Finding> {
  if (condition.type.value !== "DisruptionTarget" || statusOf(condition) !== "True") return;
  for (const first of before) {
    const code = endedBySignal.find((signal) => first.codes && decides(first, first.codes.container, signal));
    if (code === undefined || first.action === rule.action) continue;
    const earlier = `the rule in line ${String(lineOf(actionOf(first).place))} takes first (${first.action})`;
    yield {
      at: condition.type,
      message: `an evicted pod can exit with ${String(code)}, which ${earlier}; put this rule before it`,
      related: [{ at: actionOf(first), message: `matches exit code ${String(code)}` }],
    };
    return;
  }
}

function* unsorted({ podFailurePolicy, spec }: Job): Iterable<Finding> {
  const rules = list(podFailurePolicy, "rules", (node, path) => level(itemLevel(node, path, spec), "onExitCodes"));
  for (const codes of rules.value ?? []) yield* unsortedIn(codes);
}

function* unsortedIn(codes: Level): Iterable<Finding> {
  const values = codesIn(codes);
  if (!values) return;
  const sorted = values.map(({ value }) => value).sort((a, b) => a - b);
  if (values.every(({ value }, index) => value === sorted[index])) return;
  const edits = values.map(({ place }, index) => ({ at: place, text: String(sorted[index]) }));
  const isUnique = new Set(sorted).size === sorted.length;
  yield {
    at: list(codes, "values", () => undefined),
    message: `the server takes exit codes in ascending order only; write ${sorted.join(", ")}`,
    ...(isUnique ? { fix: { title: "sort the exit codes", safe: true, edits } } : {}),
  };
}

/** Limits of indexed Jobs that another one makes void. */
function* limits({ completions, maxFailedIndexes, backoffLimit, backoffLimitPerIndex }: Job): Iterable<Finding> {
  const [failed, most, each] = [maxFailedIndexes.value, backoffLimit.value, backoffLimitPerIndex.value];
  if (failed !== undefined && failed === completions.value) {
    const message = `maxFailedIndexes ${String(failed)} cannot be exceeded by ${String(failed)} completions; lower it or leave it out`;
    yield { at: maxFailedIndexes, severity: "info", message };
  }
  if (most === undefined || each === undefined || most > each) return;
  const pods = most === 0 ? "one failed pod" : `${String(most + 1)} failed pods in all`;
  const fact = `the Job fails after ${pods}, so backoffLimitPerIndex ${String(each)} never decides`;
  yield { at: backoffLimit, message: `${fact}; leave backoffLimit out, or raise it` };
}
