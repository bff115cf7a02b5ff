import { basename, dirname } from "node:path";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnyRule, type Diagnostic, type FileResult, type Opened, openText, type Source } from "../engine.js";
import { mayInstall } from "../node/chart-values.js";
import { baselineName, type Folder, settingsNames, upward } from "../node/folder.js";
import type { Judgement, Judging } from "../node/judging.js";
import { createPatterns } from "../node/patterns.js";
import { isExcluded } from "../node/left-alone.js";
import type { Fresh } from "./known-findings.js";
import { createPiecewise } from "./piecewise.js";
import { type Location, locate, mayHoldManifests, sourceAt } from "./places.js";
import { createStoredFiles, type StoredFile, type StoredFiles } from "./stored-files.js";
import { createPatience } from "./turn.js";
import { createUnits } from "./units.js";

/** A document in its present version, judged. */
export interface Checked {
  readonly version: number;
  readonly location: Location;
  readonly source: Source;
  readonly judgement: Judgement;
  readonly result: FileResult;
  /** For questions about places; read when the first is asked. */
  readonly opened: () => Opened;
}

/** What is known of documents and of the files around them, for as long as one judge decides. */
export interface Workbench {
  readonly judging: Judging;
  readonly files: StoredFiles;
  /** Undefined for what is left alone: other texts, excluded files, files whose settings are broken. */
  readonly check: (document: TextDocument) => Checked | undefined;
  readonly close: (uri: string) => void;
  /** What rules find in a document that see together what is deployed together. */
  readonly together: (checked: Checked) => readonly Diagnostic[];
  /** The same for a file that is not open. */
  readonly togetherIn: (file: StoredFile) => readonly Diagnostic[];
  /** Without those that a baseline knows. */
  readonly fresh: Fresh;
  /** Reads the manifests that a file is deployed with; true where that brought something new. */
  readonly lookAround: (file: Pick<StoredFile, "location" | "facts">) => Promise<boolean>;
}

export interface WorkbenchOptions {
  readonly rules: readonly AnyRule[];
  readonly roots: readonly string[];
  readonly judging: Judging;
  readonly fresh: Fresh;
  /** The open documents. */
  readonly documents: () => readonly TextDocument[];
  /** Hears of faults of ours. */
  readonly fault: (what: string, error: unknown) => void;
}

/** So long may reading other files keep a keystroke waiting, in milliseconds. */
const turnLength = 8;

export function createWorkbench(options: WorkbenchOptions): Workbench {
  const { rules, roots, judging, fresh, documents, fault } = options;
  const files = createStoredFiles(() => judging, roots);
  const known = new Map<string, { readonly version: number; readonly checked: Checked | undefined }>();
  const piecewise = new Map<string, ReturnType<typeof createPiecewise>>();
  const patterns = createPatterns();
  const check = (document: TextDocument): Checked | undefined => {
    const last = known.get(document.uri);
    const found = last?.version === document.version ? last : { version: document.version, checked: checkNow(document) };
    known.set(document.uri, found);
    return found.checked;
  };
  const checkNow = (document: TextDocument): Checked | undefined => {
    if (!mayHoldManifests(document.languageId, document.uri)) return undefined;
    const location = locate(document.uri, document.languageId, roots);
    if ([...settingsNames, baselineName].includes(basename(location.path))) return undefined;
    const selection = judging.selectionOf(judging.folders(dirname(location.path)));
    if (location.isFile && isExcluded(selection, location.path, patterns)) return undefined;
    const judgement = judging.of({ path: location.path, shown: location.name, named: false });
    if (!judgement) return undefined;
    const lint = piecewise.get(document.uri) ?? createPiecewise();
    piecewise.set(document.uri, lint);
    // What is rendered together with other files is found in all of them at once.
    const isAlone = !location.isFile || !isPartOfMore(judging.folders(dirname(location.path)), document.getText());
    return judged(document, location, isAlone ? { ...judgement, lint: (source) => lint(source, judgement.lint) } : judgement, fault);
  };
  const open = (): readonly Checked[] => documents().flatMap((document) => check(document) ?? []);
  const units = createUnits({ rules, files, fault, open, unitOf: judging.unitOf });
  return {
    judging,
    files,
    fresh,
    check,
    close: (uri) => [known, piecewise].forEach((kept) => kept.delete(uri)),
    together: ({ location, result }) => units(location, result.facts),
    togetherIn: ({ location, facts }) => units(location, facts),
    lookAround: async ({ location, facts }) => {
      if (!location.isFile) return false;
      const patience = createPatience(turnLength);
      const [own, unit] = [dirname(location.path), judging.unitOf(location.path)];
      const isNew = await files.readFolder(own, "alone", patience);
      const isNewBelow = unit !== own && (await files.readFolder(unit, "below", patience));
      // Which files an overlay is built from, only reading them shows.
      const isNewAround = facts.some((fact) => "unit" in fact) && (await files.readFolder(location.root, "below", patience));
      return isNew || isNewBelow || isNewAround;
    },
  };
}

/** Whether what lies in a folder is rendered together with other files, or a text may say how others are. */
export function isPartOfMore(folder: Folder, text: string): boolean {
  return mayInstall(text) || [...upward(folder)].some(({ isChart, isKustomization }) => isChart || isKustomization);
}

function judged(document: TextDocument, location: Location, judgement: Judgement, fault: WorkbenchOptions["fault"]): Checked | undefined {
  const source = sourceAt(location, document.getText());
  let opened: Opened | undefined;
  try {
    const result = judgement.lint(source);
    for (const { rule, error } of result.failures) fault(`rule ${rule} failed on ${location.name}`, error);
    return { version: document.version, location, source, judgement, result, opened: () => (opened ??= openText(source)) };
  } catch (error) {
    fault(`${location.name} could not be judged`, error);
    return undefined;
  }
}
