import type { StoredFact, TextOf, UnitFact } from "../engine.js";
import { readTextFile } from "../node/read-file.js";
import type { Target } from "../node/targets.js";

/** What is remembered of every file until all have been read. */
export interface Workspace {
  readonly add: (target: Target, facts: readonly StoredFact[]) => void;
  readonly units: () => Iterable<{ readonly facts: readonly StoredFact[] }>;
  /** Texts are read again for the few files that something is found in. */
  readonly textOf: TextOf;
}

/** Objects meet within the overlay that makes them, else within what is deployed together, mostly a folder. */
export function createWorkspace(unitOf: (path: string) => string): Workspace {
  const units = new Map<string, StoredFact[]>();
  const paths = new Map<string, string>();
  return {
    add: ({ path, shown, isStdin }, facts) => {
      if (facts.length === 0) return;
      if (isStdin !== true) paths.set(shown, path);
      const folder = unitOf(path);
      for (const fact of facts) {
        const name = isOfUnit(fact) ? `overlay ${fact.unit}` : folder;
        const unit = units.get(name) ?? [];
        unit.push(fact);
        units.set(name, unit);
      }
    },
    units: function* () {
      for (const facts of units.values()) yield { facts };
    },
    textOf: (file) => {
      const path = paths.get(file);
      const reading = path === undefined ? undefined : readTextFile(path);
      return reading?.state === "read" ? reading.text : undefined;
    },
  };
}

function isOfUnit(fact: StoredFact): fact is UnitFact {
  return "unit" in fact;
}
