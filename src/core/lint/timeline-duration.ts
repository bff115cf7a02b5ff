import type { Job } from "../model/workload.js";
import { observedRuns } from "../runtime/observed.js";
import { type KnownRunTimes, type RunTime, runTimeOf } from "../runtime/run-time.js";

/** How long the runs of a CronJob are taken to last. */
export interface RunLength {
  /** What the simulation reckons with; undefined where it is unknown, Infinity for a run that never ends by itself. */
  readonly seconds: number | undefined;
  /** `exact`: said or certain; `median`: of the runs seen in the cluster; `least`: no run that succeeds is shorter. */
  readonly meaning: "exact" | "median" | "least" | "unknown";
  /** No run is longer, as far as that is known. */
  readonly most: number | undefined;
  readonly from: RunTime["from"] | undefined;
  /** `the script sleeps 100 s`; empty when nothing is known. */
  readonly evidence: readonly string[];
}

const mostEvidence = 5;

/** The median of what was observed, else what the annotation or the settings say, else what a run surely takes. Never a guess. */
export function runLengthOf(job: Job, known: KnownRunTimes): RunLength {
  const run = runTimeOf(job, known);
  const most = run.most ?? undefined;
  const { from } = run;
  const texts = (run.least > 0 ? run.evidence : run.bounds).map(({ text }) => text);
  const evidence = [...new Set(texts)].slice(0, mostEvidence);
  if (from === "observed") {
    const median = observedMedian(job, known);
    return { seconds: Math.min(median ?? run.least, most ?? Infinity), meaning: "median", most, from, evidence };
  }
  const isKnown = run.least > 0 || run.most === 0;
  if (!isKnown) return { seconds: undefined, meaning: "unknown", most, from: most === undefined ? undefined : from, evidence };
  return { seconds: run.least, meaning: run.least === run.most || run.least === Infinity ? "exact" : "least", most, from, evidence };
}

function observedMedian({ object: { metadata } }: Job, { observed }: KnownRunTimes): number | undefined {
  return observed && observedRuns(observed, metadata.namespace, metadata.name)?.seconds?.median;
}
