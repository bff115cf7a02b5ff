import type { Document } from "../../read/document.js";
import type { MappingNode } from "../../read/node.js";
import type { Source } from "../../text/place.js";
import { textAt } from "../field-at.js";

/** What an object is called: Kustomize finds it by any of the names it has had. */
export interface Id {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** An object on its way through the kustomizations. */
export interface Resource {
  /** As it was written. */
  readonly document: Document;
  /** As it is by now. */
  readonly root: MappingNode;
  /** Names it had, the first one first. */
  readonly former: readonly Id[];
  /** Something was done to it that cannot be told here: nothing is known of it. */
  readonly opaque: boolean;
  /** Files that had a say in it, the one it is written in first. */
  readonly touched: readonly Source[];
  /** Where patches stand that were applied to it, as `file offset`. */
  readonly patches: readonly string[];
}

export function resourceOf(document: Document): Resource {
  return { document, root: document.root, former: [idOf(document.root)], opaque: false, touched: [document.source], patches: [] };
}

export function idOf(root: MappingNode): Id {
  const apiVersion = textAt(root, "apiVersion") ?? "";
  const slash = apiVersion.indexOf("/");
  return {
    group: slash < 0 ? "" : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textAt(root, "kind") ?? "",
    namespace: textAt(root, "metadata", "namespace") ?? "",
    name: textAt(root, "metadata", "name") ?? "",
  };
}

/** With its name as it is by now among the former ones, before a change of it. */
export function remembered(resource: Resource): Resource {
  return { ...resource, former: [...resource.former, idOf(resource.root)] };
}

/** The name it has and those it had. */
export function idsOf({ root, former }: Resource): readonly Id[] {
  return [...former, idOf(root)];
}

export function isSameId(one: Id, other: Id): boolean {
  const words = ({ group, version, kind, namespace, name }: Id): readonly string[] => [group, version, kind, namespace || "default", name];
  const others = words(other);
  return words(one).every((word, index) => word === others[index]);
}

export function touchedBy(resource: Resource, source: Source): Resource {
  return resource.touched.includes(source) ? resource : { ...resource, touched: [...resource.touched, source] };
}
