import type { Place } from "../text/place.js";
import type { Opened, OpenedPart } from "./opened.js";
import { type Circumstances, runsInShort, runTimeWords } from "./run-words.js";

/** A line about the runs of a Job, shown above or beside a place. */
export interface Lens {
  readonly at: Place;
  readonly title: string;
}

/** For every CronJob its next run, how often it runs and how long; for every Job how long it runs. */
export function lensesOf({ parts }: Opened, given: Circumstances): readonly Lens[] {
  return parts.flatMap((part) => lensOf(part, given));
}

function lensOf({ document, workload }: OpenedPart, given: Circumstances): readonly Lens[] {
  // A patch has no runs of its own, and a manifest in prose is an example.
  if (document.patch || document.origin === "prose") return [];
  if (workload.kind === "Job") {
    const title = runTimeWords(workload, given);
    return title === "" ? [] : [{ at: workload.root.place, title: `a run ${title}` }];
  }
  const { schedule } = workload;
  if (schedule.state !== "present") return [];
  const title = runsInShort(workload, given);
  return title === "" ? [] : [{ at: { ...schedule.place, start: schedule.key.start }, title }];
}
