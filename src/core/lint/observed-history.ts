import { workloadOf, type Workload } from "../model/workload.js";
import { readParts } from "../read/read.js";
import { observe, type ObservedRuns } from "../runtime/observed.js";
import type { Source } from "../text/place.js";

const nothingMeant: ReadonlySet<string> = new Set();

/** The runs of each CronJob in the output of `kubectl get cronjobs,jobs -A -o json` (or yaml), by `namespace/name`. Never throws. */
export function observedHistory(source: Source): ReadonlyMap<string, ObservedRuns> {
  return observe(workloadsIn(source));
}

function* workloadsIn(source: Source): Generator<Workload, void, undefined> {
  for (const { documents } of readParts(source, { prose: "never" })) {
    for (const document of documents) {
      const workload = workloadOf(document, nothingMeant);
      if (workload) yield workload;
    }
  }
}
