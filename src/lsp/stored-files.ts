import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic, StoredFact } from "../engine.js";
import type { Judging } from "../node/judging.js";
import { readTextFile } from "../node/read-file.js";
import { findTargets } from "../node/targets.js";
import { type Location, locateFile, sourceAt } from "./places.js";
import type { createPatience } from "./turn.js";

/** What is kept of a file that is not open. */
export interface StoredFile {
  readonly location: Location;
  readonly stamp: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly facts: readonly StoredFact[];
}

export interface StoredFiles {
  /** What is known of a file; it is read when it has changed since. Undefined for one that is gone, or whose settings are broken. */
  readonly look: (path: string) => StoredFile | undefined;
  /** What is known already, without looking at the disk. */
  readonly all: () => Iterable<StoredFile>;
  /** Reads the manifests right in a folder, or also those below it; true where that brought something new. */
  readonly readFolder: (folder: string, depth: "alone" | "below", patience: ReturnType<typeof createPatience>) => Promise<boolean>;
  readonly forgetFolder: (folder: string) => void;
}

/** A folder with more manifests is nothing that a person looks at as a whole. */
const mostInFolder = 2000;

/** Remembers findings and facts of files on disk, for as long as one judge decides. */
export function createStoredFiles(judging: () => Judging, roots: readonly string[]): StoredFiles {
  const files = new Map<string, StoredFile>();
  const folders = new Set<string>();
  const look = (path: string): StoredFile | undefined => {
    const stamp = stampOf(path);
    const known = files.get(path);
    if (known && known.stamp === stamp) return known;
    files.delete(path);
    const found = stamp === undefined ? undefined : readAndLint(judging(), locateFile(path, roots), stamp);
    if (found) files.set(path, found);
    return found;
  };
  return {
    look,
    all: () => files.values(),
    forgetFolder: (folder) => {
      folders.clear();
      for (const path of files.keys()) if (dirname(path) === folder && stampOf(path) === undefined) files.delete(path);
    },
    readFolder: async (folder, depth, patience) => {
      const key = `${depth} ${folder}`;
      if (folders.has(key)) return false;
      folders.add(key);
      const paths = manifestsIn(folder, depth, judging());
      for (const path of paths) {
        look(path);
        await patience();
      }
      return paths.length > 0;
    },
  };
}

function stampOf(path: string): string | undefined {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${String(mtimeMs)} ${String(size)}`;
  } catch {
    return undefined;
  }
}

function readAndLint(judging: Judging, location: Location, stamp: string): StoredFile | undefined {
  const { path, name } = location;
  const judgement = judging.of({ path, shown: name, named: false });
  if (judgement === undefined) return undefined;
  const reading = readTextFile(path);
  if (reading.state === "unreadable") {
    const diagnostics = judgement.unreadable(name, `cannot be read: ${reading.reason}`);
    return { location, stamp, diagnostics, facts: [] };
  }
  const { diagnostics, facts } = judgement.lint(sourceAt(location, reading.text));
  return { location, stamp, diagnostics, facts };
}

/** Those that a run of the terminal over the folder would judge. */
function manifestsIn(folder: string, depth: "alone" | "below", { folders, selectionOf }: Judging): readonly string[] {
  const given = depth === "below" ? [folder] : fileNames(folder);
  const targets = findTargets(given, { cwd: folder, folders, selectionOf, forceExclude: true });
  const paths: string[] = [];
  for (const { path, problem } of targets.files) {
    if (problem === undefined) paths.push(path);
    if (paths.length >= mostInFolder) break;
  }
  return paths;
}

function fileNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(folder, entry.name)] : []));
  } catch {
    return [];
  }
}
