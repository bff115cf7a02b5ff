import type { Diagnostic } from "../lint/diagnostic.js";
import { compactReporter } from "./compact.js";
import { jsonReporter } from "./json.js";
import type { Summary } from "./summary.js";
import { textReporter } from "./text.js";

/** Writes a report piece by piece, so that no report has to be held in memory. The pieces in a row are the report. */
export interface Reporter {
  readonly begin: () => string;
  /** The findings of one file (or of the whole workspace), in order. `textOf` is asked for the files they stand in. */
  readonly findings: (diagnostics: readonly Diagnostic[], textOf: TextOf) => string;
  readonly end: (summary: Summary) => string;
}

/** The text of a file by the name that its findings carry; undefined if it cannot be had. */
export type TextOf = (file: string) => string | undefined;

export interface ReportLook {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

export const formats = ["text", "compact", "json"] as const;
export type Format = (typeof formats)[number];

export function createReporter(format: Format, look: ReportLook): Reporter {
  if (format === "json") return jsonReporter();
  return format === "compact" ? compactReporter() : textReporter(look);
}
