import { read } from "../../read/read.js";
import type { Document } from "../../read/document.js";
import type { Source } from "../../text/place.js";
import { itemsAt, textAt } from "../field-at.js";
import { build, type Build, kustomizationOf } from "./build.js";
import { type KustomizeTree, pathIn } from "./tree.js";

/** The kustomization of a folder, as far as its neighbours need to know it. */
export interface Kustomization {
  readonly folder: string;
  /** It is made to be part of others. */
  readonly isComponent: boolean;
  /** Paths that it builds upon: files and folders, from the top of the tree. */
  readonly parts: readonly string[];
}

/** Undefined for what is no kustomization, though it is called so. */
export function kustomizationAt(folder: string, source: Source): Kustomization | undefined {
  const root = kustomizationOf(source);
  if (!root || textAt(root, "apiVersion")?.startsWith("kustomize.toolkit.") === true) return undefined;
  const items = ["resources", "bases", "components"].flatMap((key) => itemsAt(root, key));
  const parts = items.flatMap((item) => (item.kind === "scalar" ? (pathIn(folder, item.text) ?? []) : []));
  return { folder, isComponent: textAt(root, "kind") === "Component", parts };
}

/** Those that no other builds upon: what somebody deploys. */
export function outermost(kustomizations: readonly Kustomization[]): readonly string[] {
  const used = new Set(kustomizations.flatMap(({ folder, parts }) => parts.filter((part) => part !== folder)));
  return kustomizations.filter(({ folder, isComponent }) => !isComponent && !used.has(folder)).map(({ folder }) => folder);
}

export interface Overlay extends Build {
  readonly kustomization: Source;
  /** The kustomizations that it is built from, as objects. */
  readonly around: readonly Document[];
}

/** What an outermost kustomization makes; undefined where it cannot be built. */
export function overlayAt(folder: string, tree: KustomizeTree, kinds: readonly string[]): Overlay | undefined {
  const kustomization = tree.kustomizationIn(folder);
  const built = build(folder, tree, kinds);
  if (!kustomization || !built) return undefined;
  const sources = built.folders.flatMap((one) => tree.kustomizationIn(one) ?? []);
  const around = sources.flatMap((source) => read(source, { kinds: ["Kustomization"], prose: "never" }).documents);
  return { ...built, kustomization, around };
}
