import { resolve } from "node:path";
import { findTargets, type Target } from "../node/targets.js";
import { UsageError } from "./flags.js";
import type { Judging } from "./judging.js";
import type { World } from "./world.js";

/** What the arguments mean. */
export interface Given {
  readonly files: Iterable<Target>;
  readonly roots: readonly string[];
  /** The arguments: absolute paths, globs too, and `-`. */
  readonly asked: readonly string[];
  readonly hasStdin: boolean;
  /** Whether a file belongs to the part of the run that this is; all do where there are no parts. */
  readonly isIn?: (path: string) => boolean;
}

export interface GivenOptions {
  readonly stdinName: string;
  readonly forceExclude?: boolean;
  readonly destinations: readonly { readonly file?: string }[];
}

/** Throws a UsageError that names every argument that means nothing. */
export function givenFiles(world: World, options: GivenOptions, paths: readonly string[], judging: Judging): Given {
  const hasStdin = paths.includes("-");
  const { cwd } = world;
  const { folders, selectionOf } = judging;
  const found = findTargets(
    paths.filter((path) => path !== "-"),
    { cwd, folders, selectionOf, forceExclude: options.forceExclude ?? false },
  );
  if (found.problems.length > 0) throw new UsageError(found.problems.join("\n"));
  // A report of the last run may lie in the folder that is linted now.
  const ours = new Set(options.destinations.flatMap(({ file }) => (file === undefined ? [] : [file])));
  const stdin: Target = { path: resolve(cwd, options.stdinName), shown: options.stdinName, named: true, isStdin: true };
  const asked = paths.map((path) => (path === "-" ? path : resolve(cwd, path)));
  return { files: withStdin(hasStdin ? stdin : undefined, found.files, ours), roots: found.roots, asked, hasStdin };
}

function* withStdin(stdin: Target | undefined, files: Iterable<Target>, ours: ReadonlySet<string>): Generator<Target, void, undefined> {
  if (stdin) yield stdin;
  for (const file of files) if (!ours.has(file.path)) yield file;
}
