import { entryOf, type MappingNode, type Node } from "../read/node.js";
import type { Place } from "../text/place.js";

/** The shallowest level on the way to a required field that is not written at all. */
export interface AbsentLevel {
  readonly field: string;
  readonly at: Place;
  readonly message: string;
}

/** Undefined where all levels above the field are written. `field` is Kubernetes' path. */
export function absentLevel(root: MappingNode, { field, at }: { readonly field: string; readonly at: Place }): AbsentLevel | undefined {
  const names = field.split(".");
  let node: Node | undefined = root;
  for (const [index, name] of names.slice(0, -1).entries()) {
    if (node?.kind !== "mapping") return undefined;
    const [key = "", ...items] = name.split(/[[\]]+/).filter((part) => part !== "");
    const entry = entryOf(node, key);
    if (!entry || (entry.value.kind === "scalar" && entry.value.value === null)) {
      const owner = names[index - 1] ?? "the object";
      const message = `${key} is missing in ${owner} and the server requires it; add it`;
      return key === "metadata" ? undefined : { field: names.slice(0, index + 1).join("."), at: entry?.key.place ?? at, message };
    }
    node = items.reduce<Node | undefined>((list, item) => (list?.kind === "sequence" ? list.items[Number(item)] : undefined), entry.value);
  }
  return undefined;
}
