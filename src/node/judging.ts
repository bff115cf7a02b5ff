import { dirname } from "node:path";
import type { AnyRule, Diagnostic, FileResult, FileSettings, FixResult, LintInput, Settings } from "../engine.js";
import type { Deployed, DeployedObject, SettingsOverrides, Source } from "../engine.js";
import { deployedAsWritten, fileSettings, fixSource, lintSource, minors, unreadableFile } from "../engine.js";
import { createDelivery } from "./delivery.js";
import { type FileTree, onDisk } from "./file-tree.js";
import { createFolders, type Folder, type Folders, isListedPatch, pathFrom } from "./folder.js";
import { createOverlays } from "./overlays.js";
import { withSlashes } from "./path.js";
import { createPatterns } from "./patterns.js";
import type { Selection, Target } from "./targets.js";
import type { SettingsFiles } from "./settings-files.js";

/** Knows for each file by which rules and settings it is judged. */
export interface Judging {
  readonly folders: Folders;
  readonly selectionOf: (folder: Folder) => Selection;
  /** Undefined when the settings for the file are broken; that has been said then. */
  readonly of: (target: Target) => Judgement | undefined;
  readonly hasBrokenSettings: () => boolean;
  /** Files that were not asked for, which what was asked for is built from, with findings in them. Absolute. */
  readonly elsewhere: () => readonly string[];
  /** As reports name a file that others bring into play. */
  readonly show: (path: string) => string;
  /** The folder of what a file is deployed with. Absolute. */
  readonly unitOf: (path: string) => string;
  /** The folders of the overlays that a file is built into. Absolute. */
  readonly overlaysOf: (path: string) => readonly string[];
  /** What the overlays deploy that were asked for whole. */
  readonly overlaid: () => readonly DeployedObject[];
}

/** How one file is judged. */
export interface Judgement {
  readonly settings: FileSettings;
  /** The minors that a flag or the settings ask for; all, where neither does. */
  readonly versions: readonly string[];
  /** Absolute; undefined if no file says anything. */
  readonly settingsFile: string | undefined;
  /** What the settings file adds and takes away. */
  readonly selection: Selection;
  readonly input: LintInput;
  /** What the file gives the cluster, in charts and overlays too. */
  readonly deployed: (source: Source) => Deployed;
  readonly lint: (source: Source) => FileResult;
  readonly fix: (source: Source, unsafe: boolean) => FixResult;
  readonly unreadable: (name: string, message: string) => readonly Diagnostic[];
}

export interface JudgingOptions {
  readonly rules: readonly AnyRule[];
  readonly files: SettingsFiles;
  /** What goes over all settings files. */
  readonly overrides: SettingsOverrides;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly inlineIgnore: boolean;
  /** Folders in which to look for what deploys them. Absolute. */
  readonly linted: readonly string[];
  /** As reports name a file, where findings in one may come from others; without it each file is judged alone. */
  readonly show?: (path: string) => string;
  /** Where the person stands. Absolute. */
  readonly cwd?: string;
  /** Where the files lie, if not on disk. */
  readonly tree?: FileTree;
}

export function createJudging({ rules, files, overrides, now, inlineIgnore, linted, show, cwd, tree = onDisk }: JudgingOptions): Judging {
  const folders = createFolders(tree);
  const deliveryAround = createDelivery(linted, folders);
  const patterns = createPatterns();
  const sharedSettings = createShared();
  const judgedAlone = ({ path, named }: Pick<Target, "path" | "named">): Judgement | undefined => {
    const folder = folders(dirname(path));
    const { settings, selection, isBroken, path: settingsFile } = files.of(folder);
    if (isBroken) return undefined;
    const delivery = overrides.delivery ?? settings.delivery ?? deliveryAround.of(path);
    const file = settings.overrides === undefined ? "" : pathFrom(selection.base, path);
    const decide = (): FileSettings =>
      fileSettings({ settings, flags: overrides, file, matches: patterns.matches, now, inlineIgnore, adviceInProse: named, delivery });
    const alike = settings.overrides === undefined ? sharedSettings(settings, `${delivery} ${String(named)}`, decide) : decide();
    const patch = isListedPatch(folder, path) ? { kustomizePatch: true } : {};
    const versions = (overrides.kubernetes ?? settings.kubernetes) === undefined ? minors : alike.kubernetes;
    return { settingsFile, selection, versions, ...judgement({ rules, settings: alike, ...patch }) };
  };
  const inputOf = (path: string): LintInput | undefined => judgedAlone({ path, named: false })?.input;
  const overlays = show && createOverlays({ rules, folders, linted, cwd, show, tree, inputOf });
  const judgementOf = (target: Target): Judgement | undefined => {
    const alone = judgedAlone(target);
    const rendered = target.isStdin === true ? undefined : overlays?.around(target.path);
    if (!alone || !overlays || !rendered) return alone;
    const whole = judgement({ ...alone.input, rendered });
    const deployed = (source: Source): Deployed => {
      const written = alone.deployed(source);
      return overlays.deployed(target.path, source, written) ?? written;
    };
    return { ...alone, ...whole, deployed };
  };
  const selectionOf = (folder: Folder): Selection => files.of(folder).selection;
  const elsewhere = overlays?.elsewhere ?? (() => []);
  const unitOf = (path: string): string => deliveryAround.unitOf(path) ?? dirname(path);
  const overlaysOf = overlays?.builtInto ?? (() => []);
  const overlaid = overlays?.allDeployed ?? (() => []);
  const around = { elsewhere, show: show ?? withSlashes, unitOf, overlaysOf, overlaid };
  return { folders, selectionOf, of: judgementOf, hasBrokenSettings: files.hasBroken, ...around };
}

/** One settings object for all files for which it would say the same, since the engine works out once for each what follows from it. */
function createShared(): (settings: Settings, key: string, decide: () => FileSettings) => FileSettings {
  const known = new WeakMap<Settings, Map<string, FileSettings>>();
  return (settings, key, decide) => {
    const alike = known.get(settings) ?? new Map<string, FileSettings>();
    const found = alike.get(key) ?? decide();
    known.set(settings, alike.set(key, found));
    return found;
  };
}

function judgement(input: LintInput): Omit<Judgement, "settingsFile" | "selection" | "versions"> {
  return {
    settings: input.settings,
    input,
    deployed: (source) => deployedAsWritten(source, { kustomizePatch: input.kustomizePatch === true }),
    lint: (source) => lintSource(source, input),
    fix: (source, unsafe) => fixSource(source, input, { unsafe }),
    unreadable: (name, message) => unreadableFile(name, message, input),
  };
}
