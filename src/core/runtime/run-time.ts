import type { Place } from "../text/place.js";

/** How long a run takes, in seconds from the start of its first pod. */
export interface RunTime {
  /** No run that succeeds is shorter. */
  readonly least: number;
  /** No run is longer; null when nothing bounds it or nothing is known. */
  readonly most: number | null;
  /** What says so: `sleeps 100 s`, with the place that says it. Empty when nothing is known. */
  readonly evidence: readonly RunTimeEvidence[];
}

export interface RunTimeEvidence {
  readonly text: string;
  readonly seconds: number;
  /** Settings have no place in the manifest. */
  readonly place?: Place;
}
