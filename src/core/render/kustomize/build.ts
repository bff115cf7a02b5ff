import type { Document } from "../../read/document.js";
import { entryOf } from "../../read/node.js";
import type { MappingNode, Node } from "../../read/node.js";
import { read } from "../../read/read.js";
import type { Source } from "../../text/place.js";
import { itemsAt, mappingAt, scalarAt, textAt } from "../field-at.js";
import { type Generated, withReferences } from "./names.js";
import { composed, pieceOf } from "./nodes.js";
import { withJsonPatches, withPatches } from "./patches.js";
import { asKustomizeWrites } from "./scalars.js";
import { type Resource, resourceOf, touchedBy } from "./resource.js";
import { labelled, renamed, withImages } from "./transform.js";
import { type KustomizeTree, pathIn } from "./tree.js";
import { withoutReplaced } from "./unknowns.js";

/** What the kustomization of a folder makes. */
export interface Build {
  /** Objects of local files, as they are in the end. */
  readonly resources: readonly Resource[];
  /** Objects that a patch takes away. */
  readonly removed: readonly Document[];
  /** Folders of kustomizations that went into it, the one that was asked for first. */
  readonly folders: readonly string[];
  /** Something that it builds upon is not here. */
  readonly incomplete: boolean;
}

const deepest = 20;
const mostObjects = 5000;
/** Kinds whose names Jobs mention. */
const mentioned = ["ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "PriorityClass"];

interface State {
  readonly tree: KustomizeTree;
  readonly kinds: readonly string[];
  readonly folders: Set<string>;
  readonly documents: Set<Document>;
  incomplete: boolean;
}

interface Pile {
  readonly resources: readonly Resource[];
  readonly generated: readonly Generated[];
}

/**
 * Builds the kustomization of a folder from local files; `kinds` are those to return besides Job and CronJob. Undefined where there is
 * none, or none that can be read. https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/internal/target/kusttarget.go
 */
export function build(folder: string, tree: KustomizeTree, kinds: readonly string[]): Build | undefined {
  const state: State = { tree, kinds: [...new Set([...kinds, ...mentioned])], folders: new Set(), documents: new Set(), incomplete: false };
  const pile = accumulated(folder, { resources: [], generated: [] }, state, []);
  if (!pile) return undefined;
  const named = withReferences(pile.resources, pile.generated);
  const resources = named.map((resource) => ({ ...resource, root: asKustomizeWrites(resource.root) }));
  const kept = new Set(resources.map(({ document }) => document));
  const removed = [...state.documents].filter((document) => !kept.has(document));
  return { resources, removed, folders: [...state.folders], incomplete: state.incomplete };
}

/** What kustomization of a folder adds to and does with what there is: a component works on all, others on their own objects. */
function accumulated(folder: string, pile: Pile, state: State, above: readonly string[]): Pile | undefined {
  const source = state.tree.kustomizationIn(folder);
  const kustomization = source && kustomizationOf(source);
  if (!kustomization || above.includes(folder) || above.length > deepest) return undefined;
  state.folders.add(folder);
  const inner = [...above, folder];
  let result = pile;
  const added = (path: Node): void => {
    result = withResource(result, path, folder, state, inner);
  };
  [...itemsAt(kustomization, "resources"), ...itemsAt(kustomization, "bases")].forEach(added);
  result = { ...result, generated: [...result.generated, ...generatedBy(kustomization)] };
  for (const component of itemsAt(kustomization, "components")) result = withComponent(result, component, folder, state, inner);
  if (isBeyondUs(kustomization)) state.incomplete = true;
  return transformed(result, kustomization, folder, state.tree);
}

const kustomizations = new WeakMap<Source, MappingNode | undefined>();

/** The kustomization that a file holds, as read before if it was. */
export function kustomizationOf(source: Source): MappingNode | undefined {
  if (kustomizations.has(source)) return kustomizations.get(source);
  const { documents } = read(source, { kinds: ["Kustomization", "Component"], prose: "never" });
  const root = documents.length === 1 ? documents[0]?.root : undefined;
  kustomizations.set(source, root);
  return root;
}

function withResource(pile: Pile, item: Node, folder: string, state: State, above: readonly string[]): Pile {
  const path = item.kind === "scalar" ? pathIn(folder, item.text) : undefined;
  const source = path === undefined ? undefined : state.tree.read(path);
  if (source) {
    const documents = documentsOf(source, state.kinds);
    const isTooMuch = pile.resources.length + documents.length > mostObjects;
    if (isTooMuch) state.incomplete = true;
    else for (const document of documents) state.documents.add(document);
    return isTooMuch ? pile : { ...pile, resources: [...pile.resources, ...documents.map(resourceOf)] };
  }
  const base = path === undefined ? undefined : accumulated(path, { resources: [], generated: [] }, state, above);
  if (!base) state.incomplete = true;
  return base ? { resources: [...pile.resources, ...base.resources], generated: [...pile.generated, ...base.generated] } : pile;
}

const documentsKnown = new WeakMap<Source, readonly Document[]>();

function documentsOf(source: Source, kinds: readonly string[]): readonly Document[] {
  const known = documentsKnown.get(source);
  if (known) return known;
  const documents = read(source, { kinds, prose: "never" }).documents.filter(({ implied }) => implied === undefined);
  documentsKnown.set(source, documents);
  return documents;
}

/** What it would do is not known where it is not here. */
function withComponent(pile: Pile, item: Node, folder: string, state: State, above: readonly string[]): Pile {
  const path = item.kind === "scalar" ? pathIn(folder, item.text) : undefined;
  const done = path === undefined ? undefined : accumulated(path, pile, state, above);
  if (done) return done;
  state.incomplete = true;
  return { ...pile, resources: pile.resources.map((resource) => ({ ...resource, opaque: true })) };
}

/** Objects that others make for it. */
function isBeyondUs(kustomization: MappingNode): boolean {
  return ["helmCharts", "helmChartInflationGenerator", "generators"].some((key) => itemsAt(kustomization, key).length > 0);
}

function transformed(pile: Pile, kustomization: MappingNode, folder: string, tree: KustomizeTree): Pile {
  const patching = { tree, folder, kustomization };
  const named = withPatches(pile.resources, patching).map((resource) => labelled(renamed(resource, kustomization), kustomization));
  const imaged = withJsonPatches(named, patching).map((resource) => withImages(resource, kustomization));
  const known = imaged.map((resource) => withoutReplaced(resource, kustomization));
  const isOpaque = itemsAt(kustomization, "transformers").length > 0 || kustomization.open;
  const { source } = kustomization.place;
  return {
    resources: known.map((resource) => (isOpaque ? { ...resource, opaque: true } : touchedBy(resource, source))),
    generated: pile.generated.map((one) => renamedGenerated(one, kustomization)),
  };
}

function generatedBy(kustomization: MappingNode): readonly Generated[] {
  const disabled = textAt(kustomization, "generatorOptions", "disableNameSuffixHash") === "true";
  return (["ConfigMap", "Secret"] as const).flatMap((kind) =>
    itemsAt(kustomization, kind === "Secret" ? "secretGenerator" : "configMapGenerator").flatMap((item): readonly Generated[] => {
      const name = scalarAt(item, "name");
      const isNew = !["merge", "replace"].includes(textAt(item, "behavior") ?? "");
      const own = mappingAt(item, "options");
      const isPlain = (own && entryOf(own, "disableNameSuffixHash") ? textAt(own, "disableNameSuffixHash") === "true" : false) || disabled;
      return name && isNew ? [{ kind, names: [name], hashed: !isPlain }] : [];
    }),
  );
}

function renamedGenerated(one: Generated, kustomization: MappingNode): Generated {
  const prefix = scalarAt(kustomization, "namePrefix");
  const suffix = scalarAt(kustomization, "nameSuffix");
  const name = one.names.at(-1);
  if (!name || (!prefix && !suffix)) return one;
  const longer = composed(name.place, [prefix, name, suffix].flatMap((part) => (part ? [pieceOf(part)] : [])));
  return { ...one, names: [...one.names, longer] };
}
