import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { type Baseline, compareWith, type Diagnostic, type KnownFinding, readBaseline } from "../engine.js";
import { type Folders, nearestBaseline } from "../node/folder.js";
import { withSlashes } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";
import type { Location } from "./places.js";

/** The findings of a document that its baseline does not know. */
export type Fresh = (location: Location, diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];

type FreshIn = (name: string, diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
type Findings = Pick<Baseline, "findings">;

/** `tell` hears of a baseline that cannot be read; nothing is known then. */
export function createFresh(folders: Folders, tell: (problem: string) => void): Fresh {
  const known = new Map<string, FreshIn>();
  return ({ path, isFile }, diagnostics) => {
    const file = isFile && diagnostics.length > 0 ? nearestBaseline(folders(dirname(path))) : undefined;
    if (file === undefined) return diagnostics;
    const fresh = known.get(file) ?? freshBy(dirname(file), readAt(file, tell));
    known.set(file, fresh);
    return fresh(withSlashes(relative(dirname(file), path)), diagnostics);
  };
}

function freshBy(folder: string, { findings }: Findings): FreshIn {
  const files = new Set(findings.map(({ file }) => file));
  const gone = new Set([...files].filter((file) => !file.startsWith("<") && !existsSync(resolve(folder, file))));
  // What is known of a file that is gone may stand in any other.
  const moved = findings.filter(({ file }) => gone.has(file));
  const own = byFile(findings.filter(({ file }) => !gone.has(file)));
  return (name, diagnostics) => {
    const relevant = [...(own.get(name) ?? []), ...moved];
    if (relevant.length === 0) return diagnostics;
    // Each known finding stands for one that is found, so every answer begins anew.
    return compareWith({ version: 1, findings: relevant }, (file) => gone.has(file)).fresh(name, diagnostics);
  };
}

function byFile(findings: readonly KnownFinding[]): ReadonlyMap<string, readonly KnownFinding[]> {
  const files = new Map<string, KnownFinding[]>();
  for (const one of findings) {
    const others = files.get(one.file);
    if (others) others.push(one);
    else files.set(one.file, [one]);
  }
  return files;
}

function readAt(file: string, tell: (problem: string) => void): Findings {
  const reading = readTextFile(file);
  const baseline = reading.state === "read" ? readBaseline(reading.text) : undefined;
  const what = reading.state === "read" ? "is no baseline; kronlint baseline writes one" : `cannot be read: ${reading.reason}`;
  if (!baseline) tell(`kronlint: ${file} ${what}`);
  return baseline ?? { findings: [] };
}
