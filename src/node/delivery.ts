import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Delivery, type DeliveryFact, deliveryOf, deployedPathsIn, unitOf } from "../engine.js";
import { type Folders, pathFrom, upward } from "./folder.js";
import { kustomizationNames, listedBases } from "./kustomization.js";
import { isWithin } from "./path.js";
import { firstManifests } from "./project.js";

/** How the manifests of a file reach the cluster, by what lies around it. Paths are absolute. */
export interface DeliveryAround {
  readonly of: (path: string) => Delivery;
  /** The folder that is deployed together with the file; undefined where nothing says so. */
  readonly unitOf: (path: string) => string | undefined;
}

/** Looks through the folders that are linted anyway, and only when it is first asked. Charts are found from the file upward. */
export function createDelivery(linted: readonly string[], folders: Folders): DeliveryAround {
  let known: readonly Tree[] | undefined;
  const around = (path: string): { readonly base: string; readonly facts: readonly DeliveryFact[] } => {
    known ??= linted.map((folder) => treeAt(folder, folders));
    const base = known.find(({ top }) => isWithin(top, path))?.top ?? dirname(path);
    return { base, facts: known.flatMap((tree) => (tree.top === base ? tree.facts : [])) };
  };
  return {
    of: (path) => {
      const { base, facts } = around(path);
      const deployed = deliveryOf(pathFrom(base, path), facts);
      if (deployed !== "kubectl") return deployed;
      for (const { isChart } of upward(folders(dirname(path)))) if (isChart) return "helm";
      return "kubectl";
    },
    unitOf: (path) => {
      const { base, facts } = around(path);
      const unit = unitOf(pathFrom(base, path), facts);
      return unit === undefined ? undefined : join(base, unit);
    },
  };
}

interface Tree {
  readonly top: string;
  readonly facts: readonly DeliveryFact[];
}

/** Paths in an Application or Kustomization count from the root of the repository. */
function treeAt(folder: string, folders: Folders): Tree {
  const repository = [...upward(folders(folder))].find(({ isRepository }) => isRepository);
  const top = repository?.path ?? folder;
  return { top, facts: [...firstManifests(folder)].flatMap((path) => factsIn(path, top)) };
}

function factsIn(path: string, top: string): readonly DeliveryFact[] {
  const file = pathFrom(top, path);
  return deployedPathsIn({ name: file, text: textOf(path) ?? "" }).map(({ by, paths, whole }) => {
    return { file, kind: by, whole, paths: paths.flatMap((found) => [found, ...basesOf(found, top)]) };
  });
}

/** Kustomizations that a kustomization may build upon, and those upon others. */
const mostBases = 50;

/** What the kustomization of a folder includes from other folders: an overlay is deployed together with its base. */
function basesOf(path: string, top: string): readonly string[] {
  const found = new Set<string>();
  const open = [path];
  for (let folder = open.pop(); folder !== undefined && found.size < mostBases; folder = open.pop()) {
    const at = folder;
    const texts = kustomizationNames.flatMap((name) => textOf(join(top, at, name)) ?? []);
    for (const base of texts.slice(0, 1).flatMap(listedBases)) {
      const target = join(at, base);
      if (!base.startsWith(".") || target.startsWith("..") || found.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  }
  return [...found].map((base) => base.replaceAll("\\", "/"));
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").slice(0, 100_000);
  } catch {
    return undefined;
  }
}
