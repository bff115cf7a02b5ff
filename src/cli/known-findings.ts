import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { compareWith, type Comparison, type KnownFinding, plural, readBaseline, visible } from "../engine.js";
import { withSlashes } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";
import { type Flags, UsageError } from "./flags.js";
import type { Sieve } from "./sieve.js";
import type { World } from "./world.js";

/** Read where it lies in the folder in which kronlint runs. */
export const usualName = ".kronlint-baseline.json";

/** How a baseline names a file: from its own folder, so that it can be read from elsewhere. */
export function namingFrom(world: World, baseline: string): (file: string) => string {
  return (file) => (file.startsWith("<") ? file : withSlashes(relative(dirname(baseline), resolve(world.cwd, file))));
}

/** What the baseline does not know; undefined where there is none. Throws a UsageError. */
export function openKnownFindings(world: World, flags: Flags): Sieve | undefined {
  const named = flags.text("baseline");
  const file = resolve(world.cwd, named ?? usualName);
  if (flags.is("no-baseline") || (named === undefined && !existsSync(file))) return undefined;
  return sieve(world, comparisonWith(file, named ?? usualName), namingFrom(world, file));
}

function comparisonWith(file: string, shown: string): Comparison {
  const reading = readTextFile(file);
  if (reading.state === "unreadable") throw new UsageError(`the baseline ${shown} cannot be read: ${reading.reason}`);
  const baseline = readBaseline(reading.text);
  if (!baseline) throw new UsageError(`${shown} is no baseline; kronlint baseline writes one`);
  return compareWith(baseline);
}

function sieve(world: World, comparison: Comparison, nameOf: (file: string) => string): Sieve {
  const seen = new Set<string>();
  let known = 0;
  const fresh: Comparison["fresh"] = (file, diagnostics) => {
    const rest = comparison.fresh(file, diagnostics);
    known += diagnostics.length - rest.length;
    return rest;
  };
  return {
    ofFile: ({ shown }, _text, _judgement, diagnostics) => {
      seen.add(nameOf(shown));
      return fresh(nameOf(shown), diagnostics);
    },
    ofWorkspace: (diagnostics) => diagnostics.flatMap((one) => fresh(nameOf(one.file), [one])),
    end: () => {
      if (known > 0) world.err(`kronlint: ${plural(known, "finding")} of the baseline left out\n`);
      world.err(resolvedText(comparison.resolved((file) => seen.has(file))));
    },
  };
}

/** Resolved findings that are named one by one. */
const mostNamed = 10;

function resolvedText(resolved: readonly KnownFinding[]): string {
  if (resolved.length === 0) return "";
  const named = resolved.slice(0, mostNamed).map(({ file, rule, message }) => `  ${visible(file)} ${visible(rule)} ${visible(message)}\n`);
  const more = resolved.length > mostNamed ? `  and ${String(resolved.length - mostNamed)} more\n` : "";
  const head = `kronlint: ${plural(resolved.length, "finding")} of the baseline resolved; kronlint baseline forgets them\n`;
  return `${head}${named.join("")}${more}`;
}
