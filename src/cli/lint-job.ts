import type { Given } from "./given-files.js";
import type { Judging } from "./judging.js";
import type { LintOptions } from "./lint-options.js";

/** What is linted, and how. */
export interface LintJob {
  readonly options: LintOptions;
  readonly judging: Judging;
  readonly given: Given;
}
