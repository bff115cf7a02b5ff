import { jobOfWorkload, workloadOf } from "../model/workload.js";
import { readParts } from "../read/read.js";
import { type RunTimeEvidence, runTimeOf } from "../runtime/run-time.js";
import type { ObservedRuns } from "../runtime/observed.js";
import { type LineStarts, lineStarts, positionAt } from "../text/lines.js";
import type { Source } from "../text/place.js";

/** How long a run of a Job takes, in seconds from the start of its first pod. */
export interface RuntimeEstimate {
  /** No run is shorter, not even one that fails; of a Job whose attempts all fail, with the retries that it writes down. Infinity: endless. */
  readonly least: number;
  /** No run that succeeds is shorter. */
  readonly leastOfSuccess: number;
  /** No run is longer, with retries, back-off and the grace period after a deadline; null when nothing bounds it or nothing is known. */
  readonly most: number | null;
  /** Until the Job has failed for good when every attempt fails as late as it can; null when nothing bounds it. */
  readonly worst: number | null;
  readonly evidence: readonly RuntimeEvidence[];
}

/** One thing that says so. */
export interface RuntimeEvidence {
  /** `the script sleeps 100 s` */
  readonly text: string;
  readonly seconds: number;
  /** 1-based, where the manifest says it. */
  readonly line?: number;
  readonly column?: number;
  /** Which of the numbers it explains. */
  readonly of: "least" | "most" | "worst";
}

export interface RuntimeOptions {
  readonly runtimes?: Readonly<Record<string, number>>;
  readonly observed?: ReadonlyMap<string, ObservedRuns>;
}

/** How long the first Job or CronJob of a text runs; undefined when there is none. */
export function estimateRuntime(source: Source, { runtimes = {}, observed }: RuntimeOptions = {}): RuntimeEstimate | undefined {
  for (const { documents } of readParts(source, { named: true })) {
    for (const document of documents) {
      const workload = workloadOf(document, new Set());
      if (!workload) continue;
      const job = jobOfWorkload(workload);
      const run = runTimeOf(job, { runtimes, ...(observed ? { observed } : {}) });
      const { least: leastOfSuccess, mostOfJob: most, worst } = run;
      const least = job.backoffLimit.state === "present" ? run.shortest : run.attempt;
      return { least, leastOfSuccess, most, worst: worst.seconds, evidence: evidenceOf(run, lineStarts(source.text)) };
    }
  }
  return undefined;
}

interface Reasons {
  readonly evidence: readonly RunTimeEvidence[];
  readonly bounds: readonly RunTimeEvidence[];
  readonly worst: { readonly evidence: readonly RunTimeEvidence[] };
}

/** What explains two numbers is said once. */
function evidenceOf({ evidence, bounds, worst }: Reasons, lines: LineStarts): readonly RuntimeEvidence[] {
  const all = [
    ...evidence.map((one) => ({ one, of: "least" as const })),
    ...bounds.map((one) => ({ one, of: "most" as const })),
    ...worst.evidence.map((one) => ({ one, of: "worst" as const })),
  ];
  const said = new Set<string>();
  return all.flatMap(({ one, of }) => {
    const key = `${String(one.place?.start)} ${one.text}`;
    if (said.has(key)) return [];
    said.add(key);
    return [{ text: one.text, seconds: one.seconds, ...position(one, lines), of }];
  });
}

function position({ place }: RunTimeEvidence, lines: LineStarts): { readonly line?: number; readonly column?: number } {
  return place ? positionAt(lines, place.start) : {};
}
