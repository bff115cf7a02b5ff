import { resolve } from "node:path";
import { changedLines, type Diagnostic } from "../engine.js";
import { readTextFile } from "../node/read-file.js";
import { changedFiles, changedPaths } from "./changes.js";
import { UsageError, type Flags } from "./flags.js";
import type { LintJob } from "./lint-job.js";
import type { Sieve } from "./sieve.js";
import type { World } from "./world.js";

/** What a change since a commit touched or brought; undefined without --since and --changed-files. Throws a UsageError. */
export function openSince(world: World, flags: Flags, job: LintJob): Sieve | undefined {
  const since = flags.text("since");
  if (since === undefined) return openChangedFiles(world, flags, job);
  if (flags.is("fix") || flags.is("fix-dry-run")) throw new UsageError("--since reports what a change brought; leave out --fix");
  const { paths, before } = changedFiles(world, job, "since", since);
  const linesOf = createChangedLines(before);
  const hasPart = ({ related }: Diagnostic): boolean =>
    related.some((one) => {
      const path = resolve(world.cwd, one.file);
      return paths.has(path) && isTouched(one, linesOf(path));
    });
  return {
    ...ofFiles(world, paths),
    ofFile: ({ path, shown, isStdin }, text, judgement, diagnostics) => {
      if (diagnostics.length === 0 || isStdin === true) return diagnostics;
      // What a value leads to may stand in the template that uses it.
      if (!paths.has(path)) return diagnostics.filter(hasPart);
      const old = before.get(path);
      if (old === undefined) return diagnostics;
      const found = new Set(judgement.lint({ name: shown, text: old }).diagnostics.map(({ fingerprint }) => fingerprint));
      const lines = changedLines(old, text);
      return diagnostics.filter((one) => !found.has(one.fingerprint) || isTouched(one, lines));
    },
  };
}

/** The lines of a file that are not as they were; all of a new one. */
function createChangedLines(before: ReadonlyMap<string, string>): (path: string) => ReadonlySet<number> {
  const known = new Map<string, ReadonlySet<number>>();
  return (path) => {
    const reading = known.has(path) ? undefined : readTextFile(path);
    const found = known.get(path) ?? changedLines(before.get(path) ?? "", reading?.state === "read" ? reading.text : "");
    known.set(path, found);
    return found;
  };
}

function openChangedFiles(world: World, flags: Flags, job: LintJob): Sieve | undefined {
  const ref = flags.text("changed-files");
  return ref === undefined ? undefined : ofFiles(world, changedPaths(world, job, "changed-files", ref));
}

/** What stands in these files, or in which one of them has a part. */
function ofFiles(world: World, paths: ReadonlySet<string>): Sieve {
  const isChanged = (file: string): boolean => paths.has(resolve(world.cwd, file));
  return {
    ofFile: ({ path, isStdin }, _text, _judgement, diagnostics) =>
      isStdin === true || paths.has(path) ? diagnostics : diagnostics.filter(({ related }) => related.some((one) => isChanged(one.file))),
    ofWorkspace: (diagnostics) => diagnostics.filter(({ file, related }) => [file, ...related.map((one) => one.file)].some(isChanged)),
    end: () => undefined,
  };
}

function isTouched({ line, endLine }: Pick<Diagnostic, "line" | "endLine">, lines: ReadonlySet<number>): boolean {
  for (let at = line; at <= endLine; at++) if (lines.has(at)) return true;
  return false;
}
