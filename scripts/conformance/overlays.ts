/** Compares what kronlint makes of kustomizations with what Kustomize's own code builds from the same files. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Node } from "../../src/core/read/node.js";
import { kustomizationAt, type KustomizeTree, outermost, overlayAt, type Source } from "../../src/engine.js";
import { kustomizationNames } from "../../src/node/kustomization.js";

/** One overlay: how many scalars of its objects both know, and where they differ. */
export interface ComparedOverlay {
  readonly folder: string;
  /** Why Kustomize does not build it. */
  readonly refused?: string;
  readonly scalars: number;
  /** Scalars that kronlint says are not known. */
  readonly unknown: number;
  readonly differences: readonly string[];
}

const kinds = ["ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "Deployment", "Namespace"];
const sources = fileURLToPath(new URL("../kustomize-builds/", import.meta.url));
const builds = fileURLToPath(new URL("../../node_modules/.cache/kronlint/kustomize/", import.meta.url));

/** Builds the Go program; undefined where Go or the modules are not there. */
export function kustomizeProgram(): string | undefined {
  mkdirSync(builds, { recursive: true });
  cpSync(sources, builds, { recursive: true });
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
  const { status } = spawnSync("go", ["build", "-o", "kustomize-builds", "."], { cwd: builds, env });
  return status === 0 ? join(builds, "kustomize-builds") : undefined;
}

/** The outermost kustomizations below a folder. */
export function overlaysBelow(top: string): readonly string[] {
  const tree = treeOf((path) => textIn(top, path));
  const names: readonly string[] = kustomizationNames;
  const files = readdirSync(top, { recursive: true, encoding: "utf8" }).filter((path) => names.includes(basename(path)));
  const found = files.flatMap((file) => {
    const folder = dirname(file) === "." ? "" : dirname(file);
    const source = tree.kustomizationIn(folder);
    return (source && kustomizationAt(folder, source)) ?? [];
  });
  return outermost(found);
}

/** Asks the program about every outermost kustomization below a folder. */
export function comparedOverlays(top: string, program: string): readonly ComparedOverlay[] {
  const folders = overlaysBelow(top);
  const answers = answersOf(program, folders.map((folder) => join(top, folder)));
  return folders.map((folder, index) => compared(folder, treeOf((path) => textIn(top, path)), answers[index] ?? { error: "no answer" }));
}

function answersOf(program: string, folders: readonly string[]): readonly Answer[] {
  const input = folders.map((folder) => `${folder}\n`).join("");
  const { stdout } = spawnSync(program, [], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return stdout.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Answer);
}

/** Small kustomizations with what Kustomize (api v0.21.1) made of them: files by their paths, the one to build in `o`. */
interface RecordedOverlay {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly objects: readonly Plain[];
}

const recorded = fileURLToPath(new URL("../../fixtures/conformance/kustomize.ndjson.gz", import.meta.url));

export function comparedRecorded(): readonly ComparedOverlay[] {
  const lines = gunzipSync(readFileSync(recorded)).toString("utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const { name, files, objects } = JSON.parse(line) as RecordedOverlay;
    return { ...compared("o", treeOf((path) => files[path]), { objects }), folder: name };
  });
}

interface Answer {
  readonly objects?: readonly Plain[];
  readonly error?: string;
}

type Plain = Readonly<Record<string, unknown>>;

function compared(folder: string, tree: KustomizeTree, { objects = [], error }: Answer): ComparedOverlay {
  const tally: Tally = { scalars: 0, unknown: 0, differences: [] };
  if (error !== undefined) return { folder, refused: error, ...tally };
  const overlay = overlayAt(folder, tree, kinds);
  if (!overlay) return { folder, ...tally, differences: ["kronlint does not build it"] };
  const wanted = new Map(objects.map((object) => [nameOf(object), object]));
  for (const { root, opaque } of overlay.resources) {
    if (opaque) {
      tally.unknown++;
      continue;
    }
    const own = plainOf(root) as Plain;
    const theirs = wanted.get(nameOf(own));
    if (theirs) compare(own, theirs, nameOf(own), tally);
    else tally.differences.push(`${nameOf(own)} is not built`);
    wanted.delete(nameOf(own));
  }
  for (const [name, { kind }] of wanted) {
    if ((kind === "Job" || kind === "CronJob") && !overlay.incomplete) tally.differences.push(`${name} is missing`);
  }
  return { folder, ...tally };
}

function nameOf({ kind, metadata }: Plain): string {
  const { name, namespace } = metadata as Plain;
  return `${String(kind)} ${typeof namespace === "string" ? namespace : ""}/${String(name)}`;
}

const unknown = Symbol("unknown");
const open = Symbol("open");

function plainOf(node: Node): unknown {
  if (node.kind === "unknown") return unknown;
  if (node.kind === "scalar") return typeof node.value === "bigint" ? Number(node.value) : node.value;
  if (node.kind === "sequence") return Object.assign(node.items.map(plainOf), node.open ? { [open]: true } : {});
  const entries = node.entries.map(({ key, value }) => [key.text, plainOf(value)] as const);
  return Object.assign(Object.fromEntries(entries), node.open ? { [open]: true } : {});
}

interface Tally {
  scalars: number;
  unknown: number;
  differences: string[];
}

function compare(own: unknown, theirs: unknown, path: string, tally: Tally): void {
  if (own === unknown) tally.unknown++;
  else if (isEmpty(own) && (isEmpty(theirs) || (isPlain(theirs) && !Object.keys(theirs).some(isNoNote)))) return;
  else if (Array.isArray(own) && Array.isArray(theirs) && own.length === theirs.length) {
    own.forEach((item, index) => compare(item, theirs[index], `${path}[${String(index)}]`, tally));
  } else if (isPlain(own) && isPlain(theirs)) {
    for (const key of new Set([...Object.keys(own), ...Object.keys(theirs).filter(isNoNote)])) {
      if (!(key in own) && open in own) tally.unknown++;
      else compare(own[key], theirs[key], `${path}.${key}`, tally);
    }
  } else {
    tally.scalars++;
    if (own !== theirs) tally.differences.push(`${path} is ${JSON.stringify(theirs)}, not ${JSON.stringify(own)}`);
  }
}

/** Where an object comes from, as Kustomize notes it when it is asked to, is of no interest. */
function isNoNote(key: string): boolean {
  return !key.includes("config.kubernetes.io/");
}

/** Nothing, an empty list and an empty mapping are the same to the API server here. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function treeOf(textOf: (path: string) => string | undefined): KustomizeTree {
  const known = new Map<string, Source | undefined>();
  const read = (path: string): Source | undefined => {
    const text = known.has(path) ? undefined : textOf(path);
    if (text !== undefined) known.set(path, { name: path, text });
    return known.get(path);
  };
  const kustomizationIn = (folder: string): Source | undefined =>
    kustomizationNames.map((name) => read(folder === "" ? name : `${folder}/${name}`)).find((source) => source !== undefined);
  return { read, kustomizationIn };
}

function textIn(top: string, path: string): string | undefined {
  const file = join(top, path);
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, "utf8") : undefined;
}
