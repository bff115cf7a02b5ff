import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { isWithin } from "./path.js";
import { reasonOf } from "./read-file.js";

export interface WalkOptions {
  /** Whether a folder is entered. */
  readonly enters: (folder: string, name: string) => boolean;
  /** Whether a file is wanted. */
  readonly wants: (folder: string, name: string) => boolean;
}

/** A file, or a folder that cannot be listed. */
export interface Walked {
  readonly path: string;
  readonly problem?: string;
}

/**
 * The wanted files below a folder in a fixed order, one at a time: by name, depth first. Linked folders are not entered;
 * a linked file counts when it lies below the folder anyway, so that no tree can make us print files from elsewhere.
 * A link to what is not there is passed over, as one to elsewhere is: it holds no manifest.
 */
export function* walk(start: string, options: WalkOptions): Generator<Walked, void, undefined> {
  const open: Generator<Walked | string, void, undefined>[] = [entries(start, start, options)];
  for (let innermost = open.at(-1); innermost !== undefined; innermost = open.at(-1)) {
    const next = innermost.next();
    if (next.done === true) open.pop();
    else if (typeof next.value === "string") open.push(entries(next.value, start, options));
    else yield next.value;
  }
}

/** The entries of one folder: a string is a folder to enter. */
function* entries(folder: string, start: string, { enters, wants }: WalkOptions): Generator<Walked | string, void, undefined> {
  let listed: readonly Dirent[];
  try {
    listed = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    yield { path: folder, problem: reasonOf(error) };
    return;
  }
  for (const entry of listed) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (enters(folder, entry.name)) yield path;
    } else if (wants(folder, entry.name) && (entry.isFile() || (entry.isSymbolicLink() && leadsToFileBelow(start, path)))) {
      yield { path };
    }
  }
}

function leadsToFileBelow(start: string, path: string): boolean {
  try {
    return statSync(path).isFile() && isWithin(realpathSync(start), realpathSync(path));
  } catch {
    return false;
  }
}
