import { type CronJob, defineRule, type Fact, type FactAt, integer, level, manifest, scalar, type WorkspaceFinding } from "#rule";
import { homeOf } from "./lib/home.js";
import { ofSort } from "./lib/sorts.js";

/** The finished Jobs that a CronJob keeps. */
interface Kept {
  readonly sort: "kept";
  readonly home: string;
  readonly succeeded: number;
  readonly failed: number;
}

interface Quota {
  readonly sort: "quota";
  readonly home: string;
  readonly jobs: number;
}

type Data = Kept | Quota;

/** Where no limit is written. https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/v1/defaults.go */
const defaultSucceeded = 3;
const defaultFailed = 1;

export default defineRule({
  id: "job-quota-deadlock",
  summary: "A quota allows no more Jobs than the history of the CronJobs keeps.",
  why: `
    \`count/jobs.batch\` counts finished Jobs as well, and each CronJob keeps some: three that succeeded and one that failed, unless its
    limits say otherwise. Once the kept ones fill the quota, no Job can be created any more, and none is removed either: a CronJob
    removes old Jobs only when there are more than its limits allow. It stays so until somebody deletes Jobs by hand.

    Lower history limits, or \`ttlSecondsAfterFinished\`, make room.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/policy/resource-quotas/#object-count-quota",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits",
    "https://github.com/kubernetes/kubernetes/issues/119775",
  ],
  falsePositives: "CronJobs whose runs never fail: they keep fewer Jobs than their limits allow.",
  reads: ["ResourceQuota"],

  *facts(workload): Iterable<FactAt<Data>> {
    const home = homeOf(workload);
    if (home === undefined || workload.kind !== "CronJob" || workload.suspend.value === true) return;
    const kept = keptBy(workload);
    if (kept) yield { at: workload.metadata.name, data: { sort: "kept", home, ...kept } };
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    const home = homeOf(object);
    const count = scalar(level(level(object.root, "spec"), "hard"), "count/jobs.batch");
    if (home === undefined || count.state !== "present" || !/^\d{1,9}$/.test(count.value.text)) return;
    yield { at: count, data: { sort: "quota", home, jobs: Number(count.value.text) } };
  },

  *workspace(facts: readonly Fact<Data>[]) {
    const kept = ofSort(facts, "kept");
    for (const quota of ofSort(facts, "quota")) {
      const finding = judged(quota, kept.filter(({ data: { home } }) => home === quota.data.home));
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "Room for four, and four are kept",
      bad: manifest`
        apiVersion: v1
        kind: ResourceQuota
        metadata: { name: jobs }
        spec:
          hard:
            count/jobs.batch: "4"
        #                     ^^^ the quota allows 4 Jobs, and CronJob report keeps up to 4 finished ones (3 succeeded, 1 failed): then no run can start; lower the history limits
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: v1
        kind: ResourceQuota
        metadata: { name: jobs }
        spec:
          hard:
            count/jobs.batch: "4"
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          successfulJobsHistoryLimit: 1
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});

/** Undefined when a template says it, or finished Jobs go by themselves. */
function keptBy({ successfulJobsHistoryLimit: succeeded, failedJobsHistoryLimit: failed, job }: CronJob) {
  const isOpen = succeeded.state === "unknown" || failed.state === "unknown";
  if (isOpen || integer(job.spec, "ttlSecondsAfterFinished").state !== "absent") return undefined;
  return { succeeded: succeeded.value ?? defaultSucceeded, failed: failed.value ?? defaultFailed };
}

function judged(quota: Fact<Quota>, kept: readonly Fact<Kept>[]): WorkspaceFinding<Data> | undefined {
  const succeeded = sum(kept.map(({ data }) => data.succeeded));
  const failed = sum(kept.map(({ data }) => data.failed));
  const { jobs } = quota.data;
  const [first] = kept;
  if (!first || jobs === 0) return undefined;
  const who = kept.length === 1 ? `CronJob ${first.object.name ?? ""}` : `${String(kept.length)} CronJobs`;
  const counts = `${String(succeeded)} succeeded, ${String(failed)} failed`;
  const finished = `${who} ${kept.length === 1 ? "keeps" : "keep"} up to ${String(succeeded + failed)} finished ones (${counts})`;
  const related = kept.map((fact) => ({ fact, message: `keeps ${String(fact.data.succeeded + fact.data.failed)}` }));
  const remedy = "lower the history limits";
  const allowed = `the quota allows ${String(jobs)} ${jobs === 1 ? "Job" : "Jobs"}, and ${finished}`;
  const filled = `${allowed}: then no run can start; ${remedy}`;
  if (succeeded + failed >= jobs) return { fact: quota, related, message: filled };
  const left = jobs - succeeded - failed;
  if (left >= kept.length) return undefined;
  const message = `${allowed}: then only ${String(left)} can run at once; ${remedy}`;
  return { fact: quota, related, severity: "info", message };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
