import { basename, dirname } from "node:path";
import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  type AnyRule, type Diagnostic, type FileResult, lintWorkspace, type Opened, openText, type Source, type StoredFact,
} from "../engine.js";
import { settingsNames } from "../node/folder.js";
import type { Judgement, Judging } from "../node/judging.js";
import { createPatterns } from "../node/patterns.js";
import { isExcluded } from "./left-alone.js";
import { type Location, locate, mayHoldManifests, sourceAt } from "./places.js";
import { createStoredFiles, type StoredFile, type StoredFiles } from "./stored-files.js";
import { createPatience } from "./turn.js";

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
  /** What rules find in a document that see the objects of its folder together. */
  readonly together: (checked: Checked) => readonly Diagnostic[];
  /** The same for a file that is not open. */
  readonly togetherIn: (file: StoredFile) => readonly Diagnostic[];
  /** Reads the other manifests of the document's folder; true where that brought something new. */
  readonly lookAround: (checked: Pick<Checked, "location">) => Promise<boolean>;
}

export interface WorkbenchOptions {
  readonly rules: readonly AnyRule[];
  readonly roots: readonly string[];
  readonly judging: Judging;
  /** The open documents. */
  readonly documents: () => readonly TextDocument[];
  /** Hears of faults of ours. */
  readonly fault: (what: string, error: unknown) => void;
}

/** So long may reading other files keep a keystroke waiting, in milliseconds. */
const turnLength = 8;

export function createWorkbench(options: WorkbenchOptions): Workbench {
  const { rules, roots, judging, documents, fault } = options;
  const files = createStoredFiles(() => judging, roots);
  const known = new Map<string, { readonly version: number; readonly checked: Checked | undefined }>();
  const patterns = createPatterns();
  const check = (document: TextDocument): Checked | undefined => {
    const found = known.get(document.uri);
    if (found?.version === document.version) return found.checked;
    const checked = checkNow(document);
    known.set(document.uri, { version: document.version, checked });
    return checked;
  };
  const checkNow = (document: TextDocument): Checked | undefined => {
    if (!mayHoldManifests(document.languageId, document.uri)) return undefined;
    const location = locate(document.uri, document.languageId, roots);
    if (settingsNames.some((name) => basename(location.path) === name)) return undefined;
    const selection = judging.selectionOf(judging.folders(dirname(location.path)));
    if (location.isFile && isExcluded(selection, location.path, patterns)) return undefined;
    const judgement = judging.of({ path: location.path, shown: location.name, named: false });
    return judgement && judged(document, location, judgement, fault);
  };
  const units = createUnits({ rules, files, fault, open: () => documents().flatMap((document) => check(document) ?? []) });
  return {
    judging,
    files,
    check,
    close: (uri) => void known.delete(uri),
    together: ({ location, result }) => {
      const found = location.isFile ? units(dirname(location.path)) : units(undefined, result.facts);
      return found.filter(ofFile(location));
    },
    togetherIn: ({ location }) => units(dirname(location.path)).filter(ofFile(location)),
    lookAround: async ({ location }) => location.isFile && (await files.readFolder(dirname(location.path), createPatience(turnLength))),
  };
}

function ofFile({ name }: Location): (found: Diagnostic) => boolean {
  return ({ file }) => file === name;
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

interface UnitOptions extends Pick<WorkbenchOptions, "rules" | "fault"> {
  readonly files: StoredFiles;
  readonly open: () => readonly Checked[];
}

/** What is found in a folder, or in facts that stand alone; worked out anew when a fact of them has changed. */
type Units = (folder: string | undefined, alone?: readonly StoredFact[]) => readonly Diagnostic[];

function createUnits({ rules, files, fault, open }: UnitOptions): Units {
  const known = new Map<string, { readonly parts: readonly (readonly StoredFact[])[]; readonly found: readonly Diagnostic[] }>();
  const judge = (parts: readonly (readonly StoredFact[])[]): readonly Diagnostic[] => {
    const { diagnostics, failures } = lintWorkspace([{ facts: parts.flat() }], rules);
    for (const { rule, error } of failures) fault(`rule ${rule} failed on the workspace`, error);
    return diagnostics;
  };
  return (folder, alone = []) => {
    if (folder === undefined) return judge([alone]);
    const parts = partsOf(folder, files, open());
    const last = known.get(folder);
    if (last && isSame(last.parts, parts)) return last.found;
    const found = judge(parts);
    known.set(folder, { parts, found });
    return found;
  };
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}

/** The facts of a folder's files in the order of their names, those of open documents as they stand in the editor. */
function partsOf(folder: string, files: StoredFiles, open: readonly Checked[]): readonly (readonly StoredFact[])[] {
  const inEditor = new Map(open.flatMap(({ location, result }) => (location.isFile ? [[location.path, result.facts] as const] : [])));
  const here = [...inEditor.keys()].filter((path) => dirname(path) === folder);
  const paths = [...new Set([...files.listed(folder), ...here])].sort();
  return paths.map((path) => inEditor.get(path) ?? files.known(path)?.facts ?? none).filter((facts) => facts.length > 0);
}

const none: readonly StoredFact[] = [];
