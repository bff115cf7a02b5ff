import {
  type AnyRule,
  type ObjectVerdicts,
  palette,
  type UnreadablePart,
  unreadableText,
  verdictsOf,
  verdictText,
  visibleJson,
} from "../engine.js";
import { type DeployedFile, deployedFiles } from "./deployed.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, oneOf, UsageError } from "./flags.js";
import { givenFiles } from "./given-files.js";
import { createJudging } from "./judging.js";
import { lintOptions, usesColour } from "./lint-options.js";
import { ClosedPipe, type World } from "./world.js";

/** Grows when a reader of the JSON would have to change. */
const formatVersion = 1;

interface Found {
  readonly objects: readonly ObjectVerdicts[];
  readonly unreadable: readonly UnreadablePart[];
}

/** `kronlint verdict PATH…`: what the API servers of a range of versions answer. */
export function verdictCommand(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): ExitCode {
  if (paths.length === 0) throw new UsageError("verdict needs a manifest: kronlint verdict deploy/nightly.yaml; - reads standard input");
  const format = oneOf("format", flags.text("format"), ["text", "json"]) ?? "text";
  const judging = createJudging(world, flags, paths, rules);
  const given = givenFiles(world, lintOptions(world, flags), paths, judging);
  const paint = palette(usesColour(world, flags));
  let separator = "\n";
  let objects = 0;
  let rejects = false;
  const unreadable: UnreadablePart[] = [];
  if (format === "json") world.out(`{"version":${String(formatVersion)},"objects":[`);
  for (const file of deployedFiles(world, judging, given.files)) {
    const found = verdictsIn(file);
    objects += found.objects.length;
    rejects ||=
      found.unreadable.length > 0 || found.objects.some(({ verdicts }) => Object.values(verdicts).some(({ accepted }) => !accepted));
    unreadable.push(...found.unreadable);
    for (const object of found.objects) {
      world.out(format === "text" ? verdictText(object, paint) : `${separator}${visibleJson(withoutFlag(object))}`);
      separator = ",\n";
    }
    if (format === "text") for (const part of found.unreadable) world.out(unreadableText(part, paint));
  }
  if (format === "json") world.out(`\n]${unreadable.length === 0 ? "" : `,"unreadable":${visibleJson(unreadable)}`}}\n`);
  if (judging.hasBrokenSettings()) return exitCode.usage;
  if (objects === 0 && unreadable.length === 0) world.err("kronlint: no Job or CronJob in what was read\n");
  return rejects ? exitCode.findings : exitCode.clean;
}

/** `partial` is said only where it is so. */
function withoutFlag({ partial, ...object }: ObjectVerdicts): object {
  return partial ? { ...object, partial } : object;
}

function verdictsIn({ target, judgement, deployed, reason }: DeployedFile): Found {
  if (deployed === undefined) {
    const range = { line: 1, column: 1, endLine: 1, endColumn: 1, start: 0, end: 0 };
    return { objects: [], unreadable: [{ file: target.shown, message: `cannot be read: ${reason}`, range }] };
  }
  try {
    return verdictsOf(deployed, judgement.versions);
  } catch (error) {
    if (error instanceof ClosedPipe) throw error;
    throw new Error(`${target.shown} could not be judged`, { cause: error });
  }
}
