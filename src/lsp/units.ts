import { type AnyRule, type Diagnostic, lintWorkspace, type StoredFact } from "../engine.js";
import type { Location } from "./places.js";
import type { StoredFiles } from "./stored-files.js";
import type { Checked } from "./workbench.js";

export interface UnitOptions {
  readonly rules: readonly AnyRule[];
  readonly files: StoredFiles;
  /** Documents as they stand in the editor. */
  readonly open: () => readonly Checked[];
  /** The folder of what a file is deployed with. */
  readonly unitOf: (path: string) => string;
  readonly fault: (what: string, error: unknown) => void;
}

/** What rules find in one file that see the objects of several together; worked out anew where one of those has changed. */
export type Units = (location: Location, facts: readonly StoredFact[]) => readonly Diagnostic[];

type Groups = ReadonlyMap<string, readonly StoredFact[]>;
type Parts = readonly (readonly StoredFact[])[];

export function createUnits({ rules, files, open, unitOf, fault }: UnitOptions): Units {
  const known = new Map<string, { readonly parts: Parts; readonly found: readonly Diagnostic[] }>();
  const byUnit = createGrouping(unitOf);
  const judge = (parts: Parts): readonly Diagnostic[] => {
    const { diagnostics, failures } = lintWorkspace([{ facts: parts.flat() }], rules);
    for (const { rule, error } of failures) fault(`rule ${rule} failed on the workspace`, error);
    return diagnostics;
  };
  const foundIn = (unit: string, all: readonly Groups[]): readonly Diagnostic[] => {
    const parts = all.flatMap((groups) => [groups.get(unit) ?? []]).filter((facts) => facts.length > 0);
    const last = known.get(unit);
    if (last && isSame(last.parts, parts)) return last.found;
    const found = judge(parts);
    known.set(unit, { parts, found });
    return found;
  };
  return ({ path, name, isFile }, facts) => {
    if (facts.length === 0) return [];
    if (!isFile) return judge([facts]).filter(({ file }) => file === name);
    const all = inOrder(files, open()).map((one) => byUnit(one.path, one.facts));
    return [...byUnit(path, facts).keys()].flatMap((unit) => foundIn(unit, all)).filter(({ file }) => file === name);
  };
}

interface FileFacts {
  readonly path: string;
  readonly facts: readonly StoredFact[];
}

/** All files that are known, by their paths; open ones as they stand in the editor. */
function inOrder(files: StoredFiles, open: readonly Checked[]): readonly FileFacts[] {
  const all = new Map<string, FileFacts>();
  for (const { location, facts } of files.all()) all.set(location.path, { path: location.path, facts });
  for (const { location, result } of open) {
    if (location.isFile) all.set(location.path, { path: location.path, facts: result.facts });
  }
  return [...all.values()].filter(({ facts }) => facts.length > 0).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The facts of a file by the unit that they belong to: an overlay, a chart, else what is deployed together. */
function createGrouping(unitOf: (path: string) => string): (path: string, facts: readonly StoredFact[]) => Groups {
  const known = new WeakMap<readonly StoredFact[], Groups>();
  return (path, facts) => {
    const found = known.get(facts);
    if (found) return found;
    const groups = new Map<string, StoredFact[]>();
    const own = unitOf(path);
    for (const fact of facts) {
      const unit = isOfUnit(fact) ? `overlay ${fact.unit}` : own;
      const group = groups.get(unit) ?? [];
      group.push(fact);
      groups.set(unit, group);
    }
    known.set(facts, groups);
    return groups;
  };
}

function isOfUnit(fact: StoredFact): fact is StoredFact & { readonly unit: string } {
  return "unit" in fact && typeof fact.unit === "string";
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
