import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { createReporter, type Diagnostic, type Reporter, type Summary, type Suppressed, type TextOf, type Tool } from "../engine.js";
import { reasonOf } from "../node/read-file.js";
import { shownPath } from "../node/path.js";
import { UsageError } from "./flags.js";
import type { Destination, LintOptions } from "./lint-options.js";
import type { World } from "./world.js";

/** All reports of a run, written while it goes on. */
export interface Output {
  readonly findings: (diagnostics: readonly Diagnostic[], textOf: TextOf) => void;
  readonly suppressed: (suppressed: readonly Suppressed[]) => void;
  readonly end: (summary: Summary) => void;
}

/** Columns, where no terminal says it. */
export const usualWidth = 120;

/** Opens the reports; `main` is where those without a file go. Throws a UsageError when a file cannot be written. */
export function openOutput(world: World, options: LintOptions, tool: Tool, main: (text: string) => void): Output {
  const reports = options.destinations.map((destination) => {
    const colour = options.colour && destination.file === undefined;
    const { shard } = options;
    const look = { colour, width: world.columns ?? usualWidth, tool, ...(shard ? { shard } : {}) };
    const reporter = createReporter(destination.format, look);
    return { reporter, ...writerFor(world, destination, main) };
  });
  for (const { reporter, write } of reports) write(reporter.begin());
  return {
    findings: (diagnostics, textOf) => {
      for (const { reporter, write } of reports) write(reporter.findings(diagnostics, textOf));
    },
    suppressed: (suppressed) => {
      if (suppressed.length === 0) return;
      for (const { reporter, write } of reports) write(reporter.suppressed?.(suppressed) ?? "");
    },
    end: (summary) => {
      for (const report of reports) finish(report, summary);
    },
  };
}

export interface Writer {
  readonly write: (text: string) => void;
  readonly close: () => void;
}

function finish({ reporter, write, close }: Writer & { readonly reporter: Reporter }, summary: Summary): void {
  write(reporter.end(summary));
  close();
}

/** Throws a UsageError when the file cannot be written. */
export function writerFor(world: World, { file }: Pick<Destination, "file">, main: (text: string) => void): Writer {
  if (file === undefined) return { write: (text) => (text === "" ? undefined : main(text)), close: () => undefined };
  try {
    const descriptor = openSync(file, "w");
    return { write: (text) => void writeSync(descriptor, text), close: () => closeSync(descriptor) };
  } catch (error) {
    const reason = existsSync(dirname(file)) ? reasonOf(error) : "there is no such folder";
    throw new UsageError(`cannot write the report to ${shownPath(world.cwd, file)}: ${reason}`);
  }
}
