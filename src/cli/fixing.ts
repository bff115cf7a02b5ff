import { type FileResult, type Source, unifiedDiff, visible } from "../engine.js";
import type { Target } from "../node/targets.js";
import { replaceFile } from "../node/write-file.js";
import { UsageError } from "./flags.js";
import type { Given } from "./given-files.js";
import type { Judgement } from "./judging.js";
import type { LintOptions } from "./lint-options.js";
import type { World } from "./world.js";

/** Judges a file and mends it as far as was asked for. */
export interface Fixer {
  readonly handle: (target: Target, source: Source, judgement: Judgement) => Handled;
  /** The mended text of standard input goes to standard output, so the report must not. */
  readonly takesOutput: boolean;
  /** Only the differences are printed. */
  readonly showsOnly: boolean;
  /** Says what was done. */
  readonly end: () => void;
}

export interface Handled {
  /** The text that the findings stand in. */
  readonly text: string;
  readonly result: FileResult;
}

export function createFixer(world: World, options: LintOptions, given: Given): Fixer {
  if (options.fix === "no") return { handle: plainly, takesOutput: false, showsOnly: false, end: () => undefined };
  if (options.fix === "show") return showing(world, options);
  if (given.hasStdin && options.destinations.every(({ file }) => file === undefined) && options.destinations[0]?.format !== "text") {
    throw new UsageError("--fix - prints the mended text; write the report to a file: --format json=report.json");
  }
  return writing(world, options, given);
}

function plainly(_target: Target, source: Source, judgement: Judgement): Handled {
  return { text: source.text, result: judgement.lint(source) };
}

function showing(world: World, { unsafe }: LintOptions): Fixer {
  const tally = { findings: 0, files: 0 };
  return {
    handle: (target, source, judgement) => {
      const { output, applied } = judgement.fix(source, unsafe);
      if (output !== source.text) {
        tally.findings += applied.length;
        tally.files++;
        world.out(diffFor(world, visible(target.shown), source.text, output));
      }
      return plainly(target, source, judgement);
    },
    takesOutput: false,
    showsOnly: true,
    end: () => world.err(`kronlint: would fix ${tallied(tally)}\n`),
  };
}

function writing(world: World, { unsafe }: LintOptions, { roots, hasStdin }: Given): Fixer {
  const tally = { findings: 0, files: 0 };
  return {
    handle: (target, source, judgement) => {
      const { output, applied, ...result } = judgement.fix(source, unsafe);
      if (target.isStdin === true) world.out(output);
      else if (output !== source.text) {
        const written = replaceFile({ path: target.path, before: source.text, after: output, allowed: roots });
        if (written.state === "refused") {
          world.err(`kronlint: ${visible(target.shown)} was not changed: ${written.reason}\n`);
          return plainly(target, source, judgement);
        }
      }
      if (output !== source.text) {
        tally.findings += applied.length;
        tally.files++;
      }
      return { text: output, result };
    },
    takesOutput: hasStdin,
    showsOnly: false,
    end: () => {
      if (tally.files > 0) world.err(`kronlint: fixed ${tallied(tally)}\n`);
    },
  };
}

/** A patch has every byte; on a terminal, nothing in it may be obeyed. */
function diffFor(world: World, name: string, before: string, after: string): string {
  const diff = unifiedDiff(name, before, after);
  if (!world.outIsTerminal) return diff;
  return diff.split("\n").map((line) => line.replace(/\r$/, "").split("\t").map(visible).join("\t")).join("\n");
}

function tallied({ findings, files }: { readonly findings: number; readonly files: number }): string {
  if (files === 0) return "nothing";
  return `${findings} finding${findings === 1 ? "" : "s"} in ${files} file${files === 1 ? "" : "s"}`;
}
