import type { Source } from "../../text/place.js";

/** The files that kustomizations are built from. Paths count from some top, with `/`, and the top itself is empty. */
export interface KustomizeTree {
  /** The text of a file; undefined where none can be read. The same object for the same file. */
  readonly read: (path: string) => Source | undefined;
  /** The kustomization of a folder, under whichever of its names. */
  readonly kustomizationIn: (folder: string) => Source | undefined;
}

/** A path as it is written in a file of `folder`. Undefined for what leads out of the tree or is none (a URL). */
export function pathIn(folder: string, written: string): string | undefined {
  if (written === "" || written.startsWith("/") || /:|\?|\\|^git@/.test(written)) return undefined;
  const steps = folder === "" ? [] : folder.split("/");
  for (const step of written.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join("/");
}
