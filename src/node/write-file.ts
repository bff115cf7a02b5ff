import { accessSync, chmodSync, chownSync, closeSync, constants, fsyncSync, openSync, readFileSync, realpathSync } from "node:fs";
import { renameSync, type Stats, statSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isWithin } from "./path.js";
import { reasonOf } from "./read-file.js";

export type Writing =
  | { readonly state: "written" }
  /** `reason` completes "was not changed: …". */
  | { readonly state: "refused"; readonly reason: string };

export interface Replacement {
  readonly path: string;
  /** What was read and judged: if the file holds anything else by now, it stays as it is. */
  readonly before: string;
  readonly after: string;
  /** Files and folders that may be changed, absolute. A link that leads out of them is left alone. */
  readonly allowed: readonly string[];
}

let written = 0;

/** Puts a new text in place of the old one, at once and whole, with the same mode. */
export function replaceFile({ path, before, after, allowed }: Replacement): Writing {
  try {
    const real = realpathSync(path);
    const roots = allowed.map((one) => realFolder(one));
    if (!roots.some((root) => isWithin(root, real))) return refused("its link leads out of the paths that were given");
    accessSync(real, constants.W_OK);
    const stats = statSync(real);
    const temporary = writeBeside(real, after, stats);
    try {
      if (readFileSync(real, "utf8") !== before || statSync(real).ino !== stats.ino) {
        unlinkSync(temporary);
        return refused("it was changed meanwhile; run again");
      }
      renameSync(temporary, real);
    } catch (error) {
      unlinkSync(temporary);
      throw error;
    }
    return { state: "written" };
  } catch (error) {
    return refused(reasonOf(error));
  }
}

/** The parent is resolved, the last part is not: a link that was named is not thereby allowed to lead anywhere. */
function realFolder(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() === true ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

function refused(reason: string): Writing {
  return { state: "refused", reason };
}

/** In the same folder, for a rename is atomic only within one file system. */
function writeBeside(path: string, text: string, stats: Stats): string {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${++written}.tmp`);
  const descriptor = openSync(temporary, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  keepOwner(temporary, stats);
  chmodSync(temporary, stats.mode & 0o7777);
  return temporary;
}

function keepOwner(path: string, { uid, gid }: Stats): void {
  try {
    chownSync(path, uid, gid);
  } catch {
    // Only root may give files away; for everybody else a new file belongs to them, as after any editor.
  }
}
