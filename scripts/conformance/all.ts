import { fireTimesFile, readCases, type RecordedCase, tracesFile, verdictsFile } from "./cases.js";
import type { Compared } from "./compared.js";
import { comparedFireTimes } from "./fire-times.js";
import { comparedLint } from "./lint.js";
import { comparedTrace } from "./traces.js";
import { comparedVerdicts } from "./verdicts.js";

/** What was recorded of one version only: schedules and the controller. A lint run is compared in this one too, when none is asked for. */
const newest = "1.36";

export const committedFiles = [verdictsFile, fireTimesFile, tracesFile];

interface Asked {
  /** All, when left out. */
  readonly versions?: readonly string[];
  readonly wanted?: (recorded: RecordedCase) => boolean;
}

/** Every recorded case of these files beside kronlint's answer. */
export function* compareAll(files: readonly string[], { versions, wanted = () => true }: Asked = {}): Generator<Compared> {
  for (const file of files) {
    for (const recorded of readCases(file)) {
      if (wanted(recorded)) yield* comparedCase(recorded, versions);
    }
  }
}

function* comparedCase(recorded: RecordedCase, versions?: readonly string[]): Generator<Compared> {
  if ("verdicts" in recorded) {
    yield* comparedVerdicts(recorded, versions);
    yield* comparedLint(recorded, versions ?? [newest]);
  } else if (versions?.includes(newest) ?? true) {
    yield "cronjob" in recorded ? comparedTrace(recorded, newest) : comparedFireTimes(recorded, newest);
  }
}
