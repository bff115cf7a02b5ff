import { type Fact, type FactAt, jobOfWorkload, keysOf, type Level, text, type Workload } from "#rule";
import { homeOf } from "./home.js";
import { type Labels, podLabelsOf, type Selector } from "./selector.js";

/** The pods of a Job or CronJob, where their labels stand. */
export interface JobPods {
  readonly sort: "pods";
  readonly home: string;
  readonly labels: Labels;
  /** Ties the labels to their pods. */
  readonly of: string;
}

/** One label of them, where its value stands. */
export interface JobLabel {
  readonly sort: "label";
  readonly key: string;
  readonly of: string;
}

/** The pods of a workload that runs; none where a template says the namespace. */
export function jobPodsOf(workload: Workload): readonly FactAt<JobPods | JobLabel>[] {
  const home = homeOf(workload);
  const job = jobOfWorkload(workload);
  const labels: Level = job.pod.metadata.labels;
  if (home === undefined || isSuspended(workload)) return [];
  const of = String(labels.place.start);
  const pods: FactAt<JobPods> = { at: labels, data: { sort: "pods", home, labels: podLabelsOf(job), of } };
  return [pods, ...keysOf(labels).map(({ text: key }): FactAt<JobLabel> => ({ at: text(labels, key), data: { sort: "label", key, of } }))];
}

function isSuspended(workload: Workload): boolean {
  return workload.kind === "CronJob" && workload.suspend.value === true;
}

/** Where a finding stands about a selector that selects these pods: at the first label that it names, else at all. */
export function matchedLabel(
  pods: Fact<JobPods>,
  { equal, expressions }: Selector,
  labels: readonly Fact<JobLabel>[],
): Fact<JobPods | JobLabel> {
  const named = new Set([...Object.keys(equal), ...expressions.map(({ key }) => key)]);
  return labels.find(({ data, at }) => at.file === pods.at.file && data.of === pods.data.of && named.has(data.key)) ?? pods;
}

/** What a selector selects that asks for nothing. */
export const everyPod = "every pod";

/** A selector in words: `app=web,tier=front`. */
export function selectorText({ equal, expressions }: Selector): string {
  const parts = [...Object.entries(equal).map(([key, value]) => `${key}=${value}`), ...expressions.map(({ key }) => key)];
  return parts.length === 0 ? everyPod : parts.join(",");
}
