import { type Check, clipped } from "../check.js";
import { textOrEmpty } from "../known.js";
import { listOf, objectOf, objectsOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import type { Warn } from "./warn.js";

/** Source: warningsForOverlappingVirtualPaths in pkg/api/pod/warnings.go of 1.32 */
const firstWithPaths = 32;
/** Until then a source without paths is compared as if it had those of the source before it. Source: the same of 1.33 */
const lastWithCarriedPaths = 33;
/** Beyond this many pairs of paths nothing more is said. */
const comparisons = 50_000;

interface File extends Spot {
  /** Without slashes at the end. */
  readonly file: string;
  readonly source: string;
}

interface Comparing {
  readonly warn: Warn;
  /** How many pairs may still be compared in this pod. */
  left: number;
  /** What was said: a server sends each text once. */
  readonly said: Set<string>;
}

/** Files of one volume in each other's place. */
export function warnOfPaths(check: Check, pod: TypedObject, warn: Warn): void {
  if (check.minor < firstWithPaths) return;
  const how: Comparing = { warn, left: comparisons, said: new Set() };
  for (const volume of objectsOf(pod, "volumes")) {
    const name = textOf(volume, "name");
    if (name === undefined) continue;
    for (const { field, title } of plainSources) {
      const source = objectOf(volume, field);
      if (!source || !listOf(source, "items")) continue;
      compare(how, filesOf(source, ""), [], `volume ${JSON.stringify(name)} (${title(source)})`);
    }
    const projected = objectOf(volume, "projected");
    if (projected) warnOfSources(check, how, projected, `volume ${JSON.stringify(name)} (Projected)`);
  }
}

interface PlainSource {
  readonly field: string;
  readonly title: (source: TypedObject) => string;
}

const configMap: PlainSource = { field: "configMap", title: (source) => `ConfigMap ${quoted(source, "name")}` };
const downwardAPI: PlainSource = { field: "downwardAPI", title: () => "DownwardAPI" };
const secret: PlainSource = { field: "secret", title: (source) => `Secret ${quoted(source, "secretName")}` };
const projectedSecret: PlainSource = { field: "secret", title: (source) => `Secret ${quoted(source, "name")}` };
const plainSources = [configMap, secret, downwardAPI];
const projections = [configMap, projectedSecret, downwardAPI];

function quoted(source: TypedObject, name: string): string {
  return JSON.stringify(textOrEmpty(source, name) ?? "");
}

function warnOfSources(check: Check, how: Comparing, projected: TypedObject, beginning: string): void {
  const all: File[] = [];
  let carried: readonly File[] = [];
  for (const source of listOf(projected, "sources")?.items ?? []) {
    if (source.kind !== "object") {
      carried = [];
      continue;
    }
    if (source.whole && source.fields.size === 0) {
      const empty = `${beginning} has no sources provided`;
      if (isNew(how, empty)) how.warn(source, "an empty source brings in nothing; fill it in or take it out", empty);
      continue;
    }
    carried = sourceFiles(source) ?? (check.minor <= lastWithCarriedPaths ? carried : []);
    compare(how, carried, all, beginning);
  }
}

/** The files that a source names; undefined for one that names none. */
function sourceFiles(source: TypedObject): readonly File[] | undefined {
  for (const { field, title } of projections) {
    const inner = objectOf(source, field);
    if (inner && listOf(inner, "items")) return filesOf(inner, title(inner));
  }
  const token = objectOf(source, "serviceAccountToken");
  if (token) return filesAt(token, ["path"], "ServiceAccountToken");
  const bundle = objectOf(source, "clusterTrustBundle");
  if (bundle) return filesAt(bundle, ["path"], `ClusterTrustBundle ${textOf(bundle, "name") ?? textOf(bundle, "signerName") ?? ""}`);
  const certificate = objectOf(source, "podCertificate");
  return certificate && filesAt(certificate, ["certificateChainPath", "keyPath", "credentialBundlePath"], "PodCertificate");
}

function filesOf(owner: TypedObject, source: string): readonly File[] {
  return objectsOf(owner, "items").flatMap((item) => filesAt(item, ["path"], source));
}

function filesAt(object: TypedObject, names: readonly string[], source: string): readonly File[] {
  return names.flatMap((name) => {
    const text = textOrEmpty(object, name);
    const kind = names.length > 1 ? `${source} ${name}` : source;
    return text === undefined ? [] : [{ ...spotOf(object, name), file: withoutSlashes(text), source: kind }];
  });
}

function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end--;
  return text.slice(0, end);
}

/** Compares files with those before them, and adds them to these. */
function compare(how: Comparing, files: readonly File[], before: File[], beginning: string): void {
  for (const file of files) {
    for (const other of file.file === "" ? [] : before) {
      if (how.left-- <= 0) return;
      if (overlaps(file.file, other.file)) warnOfPair(how, file, other, beginning);
    }
    before.push(file);
  }
}

function overlaps(one: string, other: string): boolean {
  return other !== "" && (one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`));
}

function warnOfPair(how: Comparing, file: File, other: File, beginning: string): void {
  if (!isNew(how, JSON.stringify([beginning, file.file, file.source, other.file, other.source]))) return;
  const place = file.file === other.file ? "the place of another file" : `the way of ${clipped(other.file)}`;
  how.warn(file, `overlapping paths: ${clipped(file.file)} is in ${place}; give it another path`, beginning);
}

function isNew({ said }: Comparing, text: string): boolean {
  if (said.has(text)) return false;
  said.add(text);
  return true;
}
