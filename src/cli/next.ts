import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  type AnyRule,
  cronJobRunsText,
  isKnownZone,
  nextData,
  type NextOptions,
  nextRuns,
  nextRunsIn,
  nextText,
  palette,
  visibleJson,
} from "../engine.js";
import { deployedFiles } from "./deployed.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, oneOf, UsageError } from "./flags.js";
import { givenFiles } from "./given-files.js";
import { createJudging } from "./judging.js";
import { lintOptions, usesColour } from "./lint-options.js";
import { pointInTime } from "./settings-flags.js";
import type { World } from "./world.js";

/** Grows when a reader of the JSON would have to change. */
const formatVersion = 1;
const usualCount = 5;
const largestCount = 10_000;

interface Run {
  readonly world: World;
  readonly json: boolean;
  readonly options: Omit<NextOptions, "controllerZone">;
  readonly readerZone: string;
}

/** `kronlint next PATH…` and `kronlint next "SCHEDULE"`: when it runs next, in the job's zone and the reader's. */
export function nextCommand(world: World, flags: Flags, given: readonly string[], rules: readonly AnyRule[]): ExitCode {
  if (given.length === 0) throw new UsageError('next needs a manifest or a schedule: kronlint next deploy/, kronlint next "30 2 * * *"');
  checkArgument(world, given);
  const json = oneOf("format", flags.text("format"), ["text", "json"]) === "json";
  const readerZone = flags.text("tz") ?? world.timeZone();
  if (!isKnownZone(readerZone)) throw new UsageError(`--tz ${readerZone}: there is no time zone of this name`);
  const from = pointInTime("from", flags.text("from")) ?? pointInTime("now", flags.text("now")) ?? world.clock();
  const run: Run = { world, json, readerZone, options: { from, count: countOf(flags.text("count")) } };
  const schedule = scheduleAmong(world, given);
  return schedule === undefined ? ofManifests(run, flags, given, rules) : ofSchedule(run, flags, schedule);
}

function countOf(text: string | undefined): number {
  if (text === undefined) return usualCount;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > largestCount) throw new UsageError(`--count ${text}: it is a whole number from 1 to ${String(largestCount)}`);
  return count;
}

/** An argument alone that is neither a file nor a schedule. */
function checkArgument({ cwd }: World, given: readonly string[]): void {
  const [only = ""] = given;
  if (given.length !== 1 || only === "-" || (only !== "" && existsSync(resolve(cwd, only)))) return;
  const shown = JSON.stringify(only);
  if (only.trim() === "") throw new UsageError(`${shown} is neither a file nor a schedule; a schedule has five fields, or begins with @`);
  if (/^[\w-]+$/.test(only)) throw new UsageError(`there is no file ${shown}, and it is no schedule: that has five fields, or begins with @`);
}

/** An argument that is no file, and has blanks or an @ as only schedules have; also five arguments that a shell took apart. */
function scheduleAmong({ cwd }: World, given: readonly string[]): string | undefined {
  const [first = ""] = given;
  if (given.length === 1) {
    const isSchedule = first.trim().startsWith("@") || /^(?:CRON_)?TZ=/.test(first) || /\s/.test(first.trim());
    return isSchedule && !existsSync(resolve(cwd, first)) ? first : undefined;
  }
  const isTaken = given.length === 5 && given.every((part) => /^[\d*?,/A-Za-z-]+$/.test(part) && !existsSync(resolve(cwd, part)));
  return isTaken ? given.join(" ") : undefined;
}

function ofSchedule({ world, json, options, readerZone }: Run, flags: Flags, schedule: string): ExitCode {
  const controllerZone = zoneFlag(flags) ?? "Etc/UTC";
  const answer = nextRuns(schedule, undefined, { ...options, controllerZone });
  if (answer.state === "refused")
    throw new UsageError(`${JSON.stringify(schedule)} is no schedule that Kubernetes accepts: ${answer.reason}`);
  const look = { paint: palette(usesColour(world, flags)), readerZone };
  const data = (): string => `${visibleJson({ version: formatVersion, schedules: [nextData(answer.next, readerZone)] })}\n`;
  world.out(json ? data() : nextText(answer, look));
  return exitCode.clean;
}

function zoneFlag(flags: Flags): string | undefined {
  const zone = flags.text("kubernetes-time-zone") ?? flags.text("time-zone");
  if (zone !== undefined && !isKnownZone(zone)) throw new UsageError(`--kubernetes-time-zone ${zone}: there is no time zone of this name`);
  return zone;
}

function ofManifests(
  { world, json, options, readerZone }: Run,
  flags: Flags,
  paths: readonly string[],
  rules: readonly AnyRule[],
): ExitCode {
  const judging = createJudging(world, flags, paths, rules);
  const look = { paint: palette(usesColour(world, flags)), readerZone };
  const zone = zoneFlag(flags);
  let found = 0;
  let refused = false;
  const schedules: object[] = [];
  const files = deployedFiles(world, judging, givenFiles(world, lintOptions(world, flags), paths, judging).files);
  for (const { target, judgement, deployed, reason } of files) {
    if (!deployed) throw new UsageError(`${target.shown} cannot be read: ${reason}`);
    const controllerZone = zone ?? judgement.settings.timeZone;
    for (const one of nextRunsIn(deployed, { ...options, controllerZone })) {
      found++;
      refused ||= one.answer.state === "refused";
      if (!json) world.out(cronJobRunsText(one, look));
      const { answer, ...named } = one;
      const runs = answer.state === "read" ? nextData(answer.next, readerZone) : { error: answer.reason };
      if (json) schedules.push({ ...named, ...runs });
    }
  }
  if (json) world.out(`${visibleJson({ version: formatVersion, schedules })}\n`);
  if (judging.hasBrokenSettings()) return exitCode.usage;
  if (found === 0) world.err("kronlint: no CronJob in what was read\n");
  return refused ? exitCode.findings : exitCode.clean;
}
