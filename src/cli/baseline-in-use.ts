import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { AnyRule, Baseline, Diagnostic, FileSettings, KnownFinding } from "../engine.js";
import { byPreset, compareWith, levelOf, plural, readBaseline, visible } from "../engine.js";
import { onDisk } from "../node/file-tree.js";
import { baselineName } from "../node/folder.js";
import { isWithin, shownPath, withSlashes } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";
import { UsageError } from "./flags.js";
import type { LintJob } from "./lint-job.js";
import type { World } from "./world.js";

/** How a baseline names a file: from its own folder, so that it can be read from elsewhere. */
export function namingFrom(world: World, baseline: string): (file: string) => string {
  return (file) => (file.startsWith("<") ? file : withSlashes(relative(dirname(baseline), resolve(world.cwd, file))));
}

/** One baseline while a run goes on. Files are called as reports call them. */
export interface BaselineInUse {
  /** A file was judged by these settings; `found` is all that was found in it. */
  readonly see: (file: string, settings: FileSettings, found: readonly Diagnostic[]) => void;
  readonly fresh: (file: string, found: readonly Diagnostic[]) => readonly Diagnostic[];
  /** What is no longer found, in words; empty where there is nothing or nobody can know. */
  readonly resolvedText: () => string;
}

/** Opens the baseline at an absolute path. Throws a UsageError. */
export function useBaseline(world: World, file: string, rules: readonly AnyRule[], job: LintJob): BaselineInUse {
  const opened: Opened = { file, baseline: readAt(file, shownPath(world.cwd, file)), rules, job };
  const nameOf = namingFrom(world, file);
  const gone = createGone(dirname(file));
  const comparison = compareWith(opened.baseline, gone);
  const seen = new Map<string, FileSettings>();
  return {
    see: (shown, settings, found) => {
      if (!found.some(({ rule }) => hiding.has(rule))) seen.set(nameOf(shown), settings);
    },
    fresh: (shown, found) => comparison.fresh(nameOf(shown), found),
    resolvedText: () => {
      if (!isCovered(opened)) return "";
      const isActive = createIsActive(rules);
      const settingsOf = (name: string): FileSettings | undefined => (gone(name) ? settingsAround(opened, name) : seen.get(name));
      const resolved = comparison.resolved((finding) => isActive(finding, settingsOf(finding.file)));
      return resolvedText(resolved, commandFor(world, file));
    },
  };
}

function readAt(file: string, shown: string): Baseline {
  const reading = readTextFile(file);
  if (reading.state === "unreadable") throw new UsageError(`the baseline ${shown} cannot be read: ${reading.reason}`);
  const baseline = readBaseline(reading.text);
  if (!baseline) throw new UsageError(`${shown} is no baseline; kronlint baseline writes one`);
  return baseline;
}

interface Opened {
  /** Absolute. */
  readonly file: string;
  readonly baseline: Baseline;
  readonly rules: readonly AnyRule[];
  readonly job: LintJob;
}

/** What keeps others from being found in the same file. */
const hiding: ReadonlySet<string> = new Set(["yaml-syntax", "unreadable-input"]);

/** Whether a file that the baseline names is no longer there. */
function createGone(folder: string): (file: string) => boolean {
  const known = new Map<string, boolean>();
  return (file) => {
    const answer = known.get(file) ?? !(file.startsWith("<") || existsSync(resolve(folder, file)));
    known.set(file, answer);
    return answer;
  };
}

/** Whether all is linted that was linted for the baseline: a finding may need files besides the one that it stands in. */
function isCovered({ file, baseline: { linted = ["."] }, job: { given, options } }: Opened): boolean {
  if (options.shard) return false;
  const folders = given.asked.filter((path) => path !== "-" && onDisk.isFolder(path));
  return linted.every((name) => {
    const path = name === "-" ? name : resolve(dirname(file), name);
    return given.asked.includes(path) || (name !== "-" && folders.some((folder) => isWithin(folder, path)));
  });
}

function settingsAround({ file, job }: Opened, name: string): FileSettings | undefined {
  return job.judging.of({ path: join(dirname(file), name), shown: name, named: false })?.settings;
}

/** Whether a finding would be reported in a file with these settings; of a rule that this kronlint does not have, nobody knows. */
function createIsActive(rules: readonly AnyRule[]): (finding: KnownFinding, settings: FileSettings | undefined) => boolean {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return ({ rule: id, severity = "info" }, settings) => {
    const rule = byId.get(id);
    if (!rule || !settings || levelOf(rule, settings) === "off") return false;
    return byPreset(severity, id, settings) !== undefined;
  };
}

/** Resolved findings that are named one by one. */
const mostNamed = 10;

function resolvedText(resolved: readonly KnownFinding[], command: string): string {
  if (resolved.length === 0) return "";
  const named = resolved.slice(0, mostNamed).map(({ file, rule, message }) => `  ${visible(file)} ${visible(rule)} ${visible(message)}\n`);
  const more = resolved.length > mostNamed ? `  and ${String(resolved.length - mostNamed)} more\n` : "";
  return `kronlint: ${plural(resolved.length, "finding")} of the baseline resolved; ${command} forgets them\n${named.join("")}${more}`;
}

function commandFor({ cwd }: World, file: string): string {
  const name = shownPath(cwd, file);
  return name === baselineName ? "kronlint baseline" : `kronlint baseline --baseline ${visible(name)}`;
}
