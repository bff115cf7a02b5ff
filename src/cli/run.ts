import { type AnyRule, rules as builtIn } from "../engine.js";
import { baselineCommand } from "./baseline.js";
import { clusterCommand } from "./cluster.js";
import { diffCommand } from "./diff.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { explainCommand } from "./explain.js";
import { parseCommandLine, UsageError } from "./flags.js";
import { help } from "./help.js";
import { initCommand } from "./init.js";
import { lintCommand } from "./lint.js";
import { mergeCommand } from "./merge.js";
import { nextCommand } from "./next.js";
import { printConfigCommand } from "./print-config.js";
import { rulesCommand } from "./rules.js";
import { verdictCommand } from "./verdict.js";
import { timelineCommand } from "./timeline.js";
import { version } from "./version.js";
import type { World } from "./world.js";

/** One run of the program, from arguments to exit code. Throws only ClosedPipe and what is our fault. */
export function run(given: World, rules: readonly AnyRule[] = builtIn): ExitCode {
  // Some terminals have no size and say 0.
  const world = { ...given, columns: given.columns === 0 ? undefined : given.columns };
  try {
    return command(world, rules);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    world.err(error.message.replace(/^/gm, "kronlint: ") + "\n");
    return exitCode.usage;
  }
}

function command(world: World, rules: readonly AnyRule[]): ExitCode {
  const { flags, positionals } = parseCommandLine(world.args);
  if (flags.is("help")) return printed(world, help);
  if (flags.is("version")) return printed(world, `${version}\n`);
  if (flags.text("print-config") !== undefined) return printConfigCommand(world, flags, rules);
  const [name, ...rest] = positionals;
  if (name === "explain") return explainCommand(world, rest, rules);
  if (name === "rules") return rulesCommand(world, flags, rest, rules);
  if (name === "cluster") return clusterCommand(world, flags, rest, rules);
  if (name === "baseline") return baselineCommand(world, flags, rest.length > 0 ? rest : ["."], rules);
  if (name === "diff") return diffCommand(world, flags, rest, rules);
  if (name === "merge") return mergeCommand(world, flags, rest, rules);
  if (name === "next") return nextCommand(world, flags, rest, rules);
  if (name === "timeline") return timelineCommand(world, flags, rest, rules);
  if (name === "verdict") return verdictCommand(world, flags, rest, rules);
  if (name === "init") return initCommand(world, flags, rest);
  return lintCommand(world, flags, positionals.length > 0 ? positionals : ["."], rules);
}

function printed(world: World, text: string): ExitCode {
  world.out(text);
  return exitCode.clean;
}
