import type { MappingNode, Node, ScalarNode } from "../../read/node.js";
import { composed, pieceOf, unknownNode, withValue } from "./nodes.js";
import { idOf, idsOf, type Resource } from "./resource.js";
import { scalarAt } from "../field-at.js";

/** An object that a kustomization makes of files and literals. */
export interface Generated {
  readonly kind: "ConfigMap" | "Secret";
  /** All names it had, and the one it has by now. */
  readonly names: readonly ScalarNode[];
  /** Its name ends with a hash of what it holds. */
  readonly hashed: boolean;
}

/** Where a pod names another object: the key of the reference, and the key of the name in it. */
const references: Readonly<Record<string, { readonly kind: string; readonly key?: string }>> = {
  configMapRef: { kind: "ConfigMap", key: "name" },
  configMapKeyRef: { kind: "ConfigMap", key: "name" },
  configMap: { kind: "ConfigMap", key: "name" },
  secretRef: { kind: "Secret", key: "name" },
  secretKeyRef: { kind: "Secret", key: "name" },
  secret: { kind: "Secret", key: "secretName" },
  serviceAccountName: { kind: "ServiceAccount" },
  serviceAccount: { kind: "ServiceAccount" },
  persistentVolumeClaim: { kind: "PersistentVolumeClaim", key: "claimName" },
  priorityClassName: { kind: "PriorityClass" },
};

/** Former names, to what each is called in the end; undefined where that is not known. */
type Names = ReadonlyMap<string, ScalarNode | undefined>;

/** The objects with references to each other under the names that they have in the end. */
export function withReferences(resources: readonly Resource[], generated: readonly Generated[]): readonly Resource[] {
  const names = finalNames(resources, generated);
  if (names.size === 0) return resources;
  return resources.map((resource) => ({ ...resource, root: refersIn(resource.root, names) }));
}

function finalNames(resources: readonly Resource[], generated: readonly Generated[]): Names {
  const names = new Map<string, ScalarNode | undefined>();
  const add = (kind: string, former: string, now: ScalarNode | undefined): void => {
    const key = `${kind} ${former}`;
    const known = names.get(key);
    names.set(key, names.has(key) && known?.text !== now?.text ? undefined : now);
  };
  for (const resource of resources) {
    const { kind } = idOf(resource.root);
    const now = scalarAt(resource.root, "metadata", "name");
    for (const { name } of idsOf(resource)) if (name !== "" && name !== now?.text) add(kind, name, now);
  }
  for (const { kind, names: called, hashed } of generated) {
    const now = hashed ? undefined : called.at(-1);
    for (const { text } of called) if (text !== now?.text) add(kind, text, now);
  }
  return names;
}

function refersIn(root: MappingNode, names: Names): MappingNode {
  const result = referring(root, names, 0);
  return result.kind === "mapping" ? result : root;
}

function referring(node: Node, names: Names, depth: number): Node {
  if (depth > 60) return node;
  if (node.kind === "sequence") {
    const items = node.items.map((item) => referring(item, names, depth + 1));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  if (node.kind !== "mapping") return node;
  return node.entries.reduce((result, { key: { text } }) => withValue(result, text, (value) => inField(text, value, names, depth)), node);
}

function inField(field: string, value: Node, names: Names, depth: number): Node {
  if (field === "imagePullSecrets" && value.kind === "sequence") {
    return { ...value, items: value.items.map((item) => inReference(item, "name", "Secret", names)) };
  }
  const reference = Object.hasOwn(references, field) ? references[field] : undefined;
  if (!reference) return referring(value, names, depth + 1);
  const { kind, key } = reference;
  if (key === undefined) return renamedReference(value, kind, names);
  // The sources of a projected volume call a Secret's name `name`.
  return inReference(inReference(value, key, kind, names), "name", kind, names);
}

function inReference(value: Node, key: string, kind: string, names: Names): Node {
  return value.kind === "mapping" ? withValue(value, key, (name) => renamedReference(name, kind, names)) : value;
}

function renamedReference(value: Node, kind: string, names: Names): Node {
  if (value.kind !== "scalar") return value;
  const key = `${kind} ${value.text}`;
  if (!names.has(key)) return value;
  const name = names.get(key);
  return name ? composed(value.place, [{ ...pieceOf(name), slice: () => value.place }]) : unknownNode(value);
}
