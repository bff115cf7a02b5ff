import { dirname, join, resolve } from "node:path";
import { type AnyRule, type Diagnostic, plural } from "../engine.js";
import { nearestBaseline } from "../node/folder.js";
import { type BaselineInUse, useBaseline } from "./baseline-in-use.js";
import type { Flags } from "./flags.js";
import type { LintJob } from "./lint-job.js";
import type { LintOptions } from "./lint-options.js";
import type { Sieve } from "./sieve.js";
import type { World } from "./world.js";

/** A baseline with a name of its own is no manifest either. */
export function withBaseline({ cwd }: World, flags: Flags, options: LintOptions): LintOptions {
  const named = flags.text("baseline");
  if (named === undefined) return options;
  return { ...options, destinations: [...options.destinations, { format: "json", file: resolve(cwd, named) }] };
}

/** What no baseline knows; undefined where baselines do not count. Throws a UsageError. */
export function openKnownFindings(world: World, flags: Flags, rules: readonly AnyRule[], job: LintJob): Sieve | undefined {
  if (flags.is("no-baseline")) return undefined;
  const { cwd } = world;
  const named = flags.text("baseline");
  const fileFor = named === undefined ? createNearest(cwd, job) : () => resolve(cwd, named);
  const opened = new Map<string, BaselineInUse>();
  const baselineFor = (path: string): BaselineInUse | undefined => {
    const file = fileFor(path);
    const found = file === undefined ? undefined : (opened.get(file) ?? useBaseline(world, file, rules, job));
    if (file !== undefined && found) opened.set(file, found);
    return found;
  };
  // What is wrong with one is best known before anything is printed.
  for (const folder of [cwd, ...job.given.roots]) baselineFor(join(folder, "any"));
  return sieve(world, baselineFor, () => [...opened.values()]);
}

function sieve(world: World, baselineFor: (path: string) => BaselineInUse | undefined, all: () => readonly BaselineInUse[]): Sieve {
  let known = 0;
  const fresh = (baseline: BaselineInUse, file: string, found: readonly Diagnostic[]): readonly Diagnostic[] => {
    const rest = baseline.fresh(file, found);
    known += found.length - rest.length;
    return rest;
  };
  return {
    ofFile: ({ path, shown }, _text, { settings }, found) => {
      const baseline = baselineFor(path);
      baseline?.see(shown, settings, found);
      return baseline ? fresh(baseline, shown, found) : found;
    },
    ofWorkspace: (found) =>
      found.flatMap((one) => {
        const baseline = baselineFor(resolve(world.cwd, one.file));
        return baseline ? fresh(baseline, one.file, [one]) : [one];
      }),
    end: ({ faulty }) => {
      if (known > 0) world.err(`kronlint: ${plural(known, "finding")} of the baseline left out\n`);
      if (!faulty) for (const baseline of all()) world.err(baseline.resolvedText());
    },
  };
}

/** The nearest one around a file, as with settings; around none, that of the folder in which the command runs. */
function createNearest(cwd: string, { judging: { folders } }: LintJob): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const around = (folder: string): string | undefined => {
    if (!known.has(folder)) known.set(folder, nearestBaseline(folders(folder)));
    return known.get(folder);
  };
  return (path) => around(dirname(path)) ?? around(cwd);
}
