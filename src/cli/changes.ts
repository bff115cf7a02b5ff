import { type Changes, changedSince, filesAt } from "../node/git.js";
import { upward } from "../node/folder.js";
import { UsageError } from "./flags.js";
import type { LintJob } from "./lint-job.js";
import type { World } from "./world.js";

/** What git says about what is linted. Paths are absolute. */
export interface ChangedFiles {
  /** Files that differ from a commit. */
  readonly paths: ReadonlySet<string>;
  /** Their texts in that commit, by the names that they have now. */
  readonly before: ReadonlyMap<string, string>;
}

/** Files that differ from where the branch left a commit. Throws a UsageError. */
export function changedPaths(world: World, job: LintJob, flag: string, ref: string): ReadonlySet<string> {
  const found = repositories(world, job).flatMap((folder) => [...changesIn(folder, flag, ref, false).paths]);
  return new Set(found);
}

/** The same with their texts; a file that only has another name is not one of them. Throws a UsageError. */
export function changedFiles(world: World, job: LintJob, flag: string, ref: string): ChangedFiles {
  const parts = repositories(world, job).map((folder) => {
    const changes = changesIn(folder, flag, ref, true);
    return { changes, texts: textsBefore(changes, flag, ref) };
  });
  return {
    paths: new Set(parts.flatMap(({ changes }) => [...changes.paths])),
    before: new Map(parts.flatMap(({ texts }) => texts)),
  };
}

function changesIn(folder: string, flag: string, ref: string, followRenames: boolean): Changes {
  const changed = changedSince(folder, ref, { followRenames });
  if (changed.state === "failed") throw new UsageError(`--${flag} ${ref}: ${changed.reason}`);
  return changed.changes;
}

function textsBefore({ top, base, paths, formerNames }: Changes, flag: string, ref: string): readonly (readonly [string, string])[] {
  const formerOf = (path: string): string => formerNames.get(path) ?? path;
  const wanted = new Set([...paths].map(formerOf));
  const committed = filesAt(top, base, [top], (path) => wanted.has(path));
  if (committed.state === "failed") throw new UsageError(`--${flag} ${ref}: ${committed.reason}`);
  const texts = new Map(committed.files.map(({ path, text }) => [path, text]));
  return [...paths].flatMap((path) => {
    const text = texts.get(formerOf(path));
    return text === undefined ? [] : [[path, text] as const];
  });
}

/** Those that the arguments lie in: what is linted need not lie in the repository of the folder in which the command runs. */
function repositories({ cwd }: World, { given, judging }: LintJob): readonly string[] {
  const found = given.roots.flatMap((root) => [...upward(judging.folders(root))].find(({ isRepository }) => isRepository)?.path ?? []);
  return found.length === 0 ? [cwd] : [...new Set(found)];
}
