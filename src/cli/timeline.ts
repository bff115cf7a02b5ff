import {
  type AnyRule,
  durationSeconds,
  isKnownZone,
  palette,
  plural,
  type TimedCronJob,
  timedIn,
  type Timeline,
  timelineHtml,
  timelineJson,
  timelineOf,
  timelineText,
  visible,
} from "../engine.js";
import { deployedFiles } from "./deployed.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, UsageError } from "./flags.js";
import { givenFiles } from "./given-files.js";
import { createJudging } from "./judging.js";
import { type Destination, destinations, stdinName, usesColour } from "./lint-options.js";
import { usualWidth, writerFor } from "./output.js";
import { pointInTime } from "./settings-flags.js";
import type { World } from "./world.js";

const formats = ["text", "json", "html"] as const;
type Form = (typeof formats)[number];

const hour = 3_600_000;
const usualLength = "24h";
const longest = 31 * 24 * hour;

/** `kronlint timeline PATH…`: what runs when, what gets in its way, and when most runs at once. */
export function timelineCommand(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[]): ExitCode {
  if (paths.length === 0) throw new UsageError("timeline needs manifests: kronlint timeline deploy/");
  if (flags.text("count") !== undefined) throw new UsageError("--count is for next; a timeline is as long as --for says");
  const outputs = destinations(world, flags, formats);
  const stretch = stretchOf(world, flags);
  const readerZone = zoneOf("tz", flags.text("tz")) ?? world.timeZone();
  const gathered = gather(world, flags, paths, rules, outputs);
  if (gathered.brokenSettings) return exitCode.usage;
  const timeline = timelineOf(gathered.cronJobs, { ...stretch, readerZone });
  for (const output of outputs) {
    const { write, close } = writerFor(world, output, world.out);
    write(written(timeline, output, world, flags));
    close();
  }
  talk(world, gathered);
  return exitCode.clean;
}

function stretchOf(world: World, flags: Flags): { readonly from: number; readonly to: number } {
  const given = pointInTime("from", flags.text("from"));
  const now = pointInTime("now", flags.text("now")) ?? world.clock();
  const from = given === undefined ? Math.floor(now / hour) * hour : Math.floor(given / 1000) * 1000;
  const text = flags.text("for") ?? usualLength;
  const length = Math.round((durationSeconds(text) ?? 0) * 1000);
  const isLength = /[hd]$/.test(text) && length >= hour && length <= longest;
  if (!isLength) throw new UsageError(`--for ${text}: write it as 24h or 7d, from 1h to 31d`);
  return { from, to: from + length };
}

function zoneOf(flag: "tz" | "kubernetes-time-zone", zone: string | undefined): string | undefined {
  if (zone !== undefined && !isKnownZone(zone)) throw new UsageError(`--${flag} ${zone}: there is no time zone of this name`);
  return zone;
}

interface Gathered {
  readonly cronJobs: readonly TimedCronJob[];
  readonly standaloneJobs: number;
  /** What to say on standard error. */
  readonly notes: readonly string[];
  readonly brokenSettings: boolean;
}

type Outputs = readonly Destination<Form>[];

function gather(world: World, flags: Flags, paths: readonly string[], rules: readonly AnyRule[], outputs: Outputs): Gathered {
  const judging = createJudging(world, flags, paths, rules);
  const zone = zoneOf("kubernetes-time-zone", flags.text("kubernetes-time-zone"));
  const notes: string[] = [];
  const known = new Map<string, TimedCronJob>();
  const nameless: TimedCronJob[] = [];
  let standaloneJobs = 0;
  const given = givenFiles(world, { stdinName: stdinName(flags), destinations: outputs }, paths, judging);
  for (const { target, judgement, deployed, reason } of deployedFiles(world, judging, given.files)) {
    if (!deployed) throw new UsageError(`${target.shown} cannot be read: ${reason}`);
    const { timeZone, runtimes, observed } = judgement.settings;
    const found = timedIn(deployed, { controllerZone: zone ?? timeZone, runtimes, ...(observed ? { observed } : {}) });
    standaloneJobs += found.standaloneJobs;
    for (const { file, line, message } of found.unreadable) notes.push(visible(`${file}:${String(line)} was not read: ${message}`));
    for (const cronJob of found.cronJobs) {
      if (cronJob.name === undefined) nameless.push(cronJob);
      else addOnce(known, cronJob, notes);
    }
  }
  return { cronJobs: told([...known.values(), ...nameless]), standaloneJobs, notes, brokenSettings: judging.hasBrokenSettings() };
}

/** Overlays may give one name to what they deploy to several clusters. */
function told(cronJobs: readonly TimedCronJob[]): readonly TimedCronJob[] {
  const nameOf = ({ namespace, name }: TimedCronJob): string => JSON.stringify([namespace, name]);
  const counts = new Map<string, number>();
  for (const cronJob of cronJobs) counts.set(nameOf(cronJob), (counts.get(nameOf(cronJob)) ?? 0) + 1);
  return cronJobs.map((cronJob) => {
    const isVariant = cronJob.deployedBy !== undefined && (counts.get(nameOf(cronJob)) ?? 0) > 1;
    return isVariant ? { ...cronJob, isVariant } : cronJob;
  });
}

/** The same object twice is two variants of it, of which a cluster has one. */
function addOnce(known: Map<string, TimedCronJob>, cronJob: TimedCronJob, notes: string[]): void {
  const { deployedBy, namespace, name, file, line } = cronJob;
  const key = JSON.stringify([deployedBy, namespace, name]);
  const first = known.get(key);
  if (!first) known.set(key, cronJob);
  else {
    const twin = `${first.file}:${String(first.line)}`;
    notes.push(visible(`${file}:${String(line)} CronJob ${name ?? "?"} is left out: ${twin} has the same name`));
  }
}

function written(timeline: Timeline, { format, file }: Destination<Form>, world: World, flags: Flags): string {
  if (format === "json") return timelineJson(timeline);
  if (format === "html") return timelineHtml(timeline, { sha256 });
  const colour = file === undefined && usesColour(world, flags);
  return timelineText(timeline, { paint: palette(colour), width: world.columns ?? usualWidth });
}

/** Loaded by those who ask for it: the module costs milliseconds. */
function sha256(text: string): string {
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("base64");
}

const mostNotes = 10;

function talk(world: World, { cronJobs, standaloneJobs, notes }: Gathered): void {
  for (const note of notes.slice(0, mostNotes)) world.err(`kronlint: ${note}\n`);
  if (notes.length > mostNotes) world.err(`kronlint: and ${String(notes.length - mostNotes)} more of this kind\n`);
  if (standaloneJobs > 0) world.err(`kronlint: left out: ${plural(standaloneJobs, "Job")} without a schedule\n`);
  if (cronJobs.length === 0) world.err("kronlint: no CronJob in what was read\n");
}
