import { type Check, clipped } from "../check.js";
import { textOrEmpty } from "../known.js";
import { listOf, objectOf, objectsOf, type Spot, spotOf, textOf, type TypedObject } from "../typed.js";
import type { Warn } from "./warn.js";

/** Source: warningsForOverlappingVirtualPaths in pkg/api/pod/warnings.go of 1.32 */
const firstWithPaths = 32;
/** Until then a source without paths is compared as if it had those of the source before it. Source: the same of 1.33 */
const lastWithCarriedPaths = 33;
/** Beyond this many pairs of paths nothing more is said. */
const comparisons = 200_000;

interface File extends Spot {
  /** Without slashes at the end. */
  readonly file: string;
}

/** How many pairs may still be compared in a pod. */
interface Budget {
  left: number;
}

/** Files of one volume in each other's place. */
export function warnOfPaths(check: Check, pod: TypedObject, warn: Warn): void {
  if (check.minor < firstWithPaths) return;
  const budget = { left: comparisons };
  for (const volume of objectsOf(pod, "volumes")) {
    const name = textOf(volume, "name");
    if (name === undefined) continue;
    for (const field of ["configMap", "secret", "downwardAPI"] as const) {
      const source = objectOf(volume, field);
      if (!source || !listOf(source, "items")) continue;
      const beginning = `volume ${JSON.stringify(name)} (${described[field](source)})`;
      compare(filesOf(source), [], budget, (file, text) => warn(file, text, beginning));
    }
    const projected = objectOf(volume, "projected");
    if (projected) warnOfSources(check, projected, `volume ${JSON.stringify(name)} (Projected)`, budget, warn);
  }
}

const described = {
  configMap: (source: TypedObject) => `ConfigMap ${JSON.stringify(textOrEmpty(source, "name") ?? "")}`,
  secret: (source: TypedObject) => `Secret ${JSON.stringify(textOrEmpty(source, "secretName") ?? "")}`,
  downwardAPI: () => "DownwardAPI",
} as const;

function warnOfSources(check: Check, projected: TypedObject, beginning: string, budget: Budget, warn: Warn): void {
  const all: File[] = [];
  let carried: readonly File[] = [];
  for (const source of listOf(projected, "sources")?.items ?? []) {
    if (source.kind !== "object") {
      carried = [];
      continue;
    }
    if (source.whole && source.fields.size === 0) {
      warn(source, "an empty source brings in nothing; fill it in or take it out", `${beginning} has no sources provided`);
      continue;
    }
    const files = sourceFiles(source) ?? (check.minor <= lastWithCarriedPaths ? carried : []);
    carried = files;
    compare(files, all, budget, (file, text) => warn(file, text, beginning));
  }
}

/** The files that a source names; undefined for one that names none. */
function sourceFiles(source: TypedObject): readonly File[] | undefined {
  for (const name of ["configMap", "secret", "downwardAPI"]) {
    const inner = objectOf(source, name);
    if (inner && listOf(inner, "items")) return filesOf(inner);
  }
  const token = objectOf(source, "serviceAccountToken") ?? objectOf(source, "clusterTrustBundle");
  if (token) return filesAt(token, ["path"]);
  const certificate = objectOf(source, "podCertificate");
  if (!certificate) return undefined;
  return filesAt(certificate, ["certificateChainPath", "keyPath", "credentialBundlePath"]);
}

function filesOf(source: TypedObject): readonly File[] {
  return objectsOf(source, "items").flatMap((item) => filesAt(item, ["path"]));
}

function filesAt(object: TypedObject, names: readonly string[]): readonly File[] {
  return names.flatMap((name) => {
    const text = textOrEmpty(object, name);
    return text === undefined ? [] : [{ ...spotOf(object, name), file: withoutSlashes(text) }];
  });
}

function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end--;
  return text.slice(0, end);
}

/** Compares files with those before them, and adds them to these. */
function compare(files: readonly File[], before: File[], budget: Budget, report: (file: File, text: string) => void): void {
  for (const file of files) {
    for (const other of file.file === "" ? [] : before) {
      if (budget.left-- <= 0) return;
      if (!overlaps(file.file, other.file)) continue;
      const place = file.file === other.file ? "the place of another file" : `the way of ${clipped(other.file)}`;
      report(file, `overlapping paths: ${clipped(file.file)} is in ${place}; give it another path`);
    }
    before.push(file);
  }
}

function overlaps(one: string, other: string): boolean {
  return other !== "" && (one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`));
}
