import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type AnyRule, baselineText, knownFinding, plural, visible } from "../engine.js";
import { baselineName } from "../node/folder.js";
import { withSlashes } from "../node/path.js";
import { reasonOf } from "../node/read-file.js";
import { namingFrom } from "./baseline-in-use.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, UsageError } from "./flags.js";
import { allFindings } from "./lint.js";
import type { World } from "./world.js";

/** `kronlint baseline [PATH…]`: all that is found now is known from now on. */
export function baselineCommand(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): ExitCode {
  const file = resolve(world.cwd, flags.text("baseline") ?? baselineName);
  const nameOf = namingFrom(world, file);
  const found = allFindings(world, flags, paths, rules);
  if (found.state === "failed") return found.exit;
  const linted = paths.map((path) => (path === "-" ? path : nameOf(path) || "."));
  try {
    writeFileSync(file, baselineText(found.diagnostics.map((one) => knownFinding(nameOf(one.file), one)), linted));
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`);
  }
  const shown = visible(withSlashes(relative(world.cwd, file)));
  world.err(`kronlint: ${shown} knows ${plural(found.diagnostics.length, "finding")}; later runs report new ones only\n`);
  return exitCode.clean;
}
