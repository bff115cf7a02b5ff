import type { Diagnostic, Suppressed } from "../lint/diagnostic.js";
import { checkstyleReporter } from "./checkstyle.js";
import { compactReporter } from "./compact.js";
import { githubReporter } from "./github.js";
import { gitlabReporter } from "./gitlab.js";
import { htmlReporter } from "./html.js";
import { jsonReporter } from "./json.js";
import { junitReporter } from "./junit.js";
import { markdownReporter } from "./markdown.js";
import { sarifReporter } from "./sarif.js";
import type { Summary } from "./summary.js";
import { tapReporter } from "./tap.js";
import { textReporter } from "./text.js";

/** Writes a report piece by piece, so that no report has to be held in memory. The pieces in a row are the report. */
export interface Reporter {
  readonly begin: () => string;
  /** The findings of one file (or of the whole workspace), in order. `textOf` is asked for the files they stand in. */
  readonly findings: (diagnostics: readonly Diagnostic[], textOf: TextOf) => string;
  /** What is found and suppressed in one file, for formats that can say so. */
  readonly suppressed?: (suppressed: readonly Suppressed[]) => string;
  readonly end: (summary: Summary) => string;
}

/** The text of a file by the name that its findings carry; undefined if it cannot be had. */
export type TextOf = (file: string) => string | undefined;

export interface ReportLook {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** For formats that say who made them. */
  readonly tool?: Tool;
  /** For formats that are cut off where a reader would refuse them: as much as a comment on a pull request holds, if nothing is said. */
  readonly room?: Room;
  /** The part of a run that is reported, where it is done in parts. */
  readonly shard?: ShardName;
}

/** How much somebody takes. */
export interface Room {
  readonly size: number;
  readonly sizeOf: (text: string) => number;
  /** Says of so many findings that there is no room for them. */
  readonly rest: (left: number) => string;
}

/** Parts count from 1. */
export interface ShardName {
  readonly part: number;
  readonly of: number;
}

export interface Tool {
  /** Of kronlint. */
  readonly version: string;
  readonly aboutRule: (id: string) => RuleText | undefined;
}

/** What a report tells about a rule besides its id. */
export interface RuleText {
  readonly summary: string;
  readonly severity: Diagnostic["severity"];
  readonly category: string;
  /** Why it matters. Markdown. */
  readonly help: string;
}

const reporters = {
  text: textReporter,
  compact: compactReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  junit: junitReporter,
  github: githubReporter,
  gitlab: gitlabReporter,
  checkstyle: checkstyleReporter,
  tap: tapReporter,
  markdown: markdownReporter,
  html: htmlReporter,
} as const satisfies Readonly<Record<string, (look: ReportLook) => Reporter>>;

export type Format = keyof typeof reporters;

export const formats = [
  "text",
  "compact",
  "json",
  "sarif",
  "junit",
  "github",
  "gitlab",
  "checkstyle",
  "tap",
  "markdown",
  "html",
] as const satisfies readonly Format[];

export function createReporter(format: Format, look: ReportLook): Reporter {
  return reporters[format](look);
}
