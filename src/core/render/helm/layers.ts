import type { MappingNode, ScalarNode } from "../../read/node.js";
import type { Source } from "../../text/place.js";
import { nodeValues, readValues } from "./from-node.js";
import { opened, stacked } from "./overlay.js";
import { valuesSetTo } from "./set-values.js";
import { type Dict, dict } from "./value.js";

/** What an installation gives a chart beside its own values. */
export type ValuesLayer =
  | { readonly kind: "file"; readonly source: Source }
  /** Values inside another manifest. `exact`: each character stands there as it is, so that it can be mended there. */
  | { readonly kind: "inline"; readonly node: MappingNode; readonly exact: boolean; readonly isHole?: (text: string) => boolean }
  /** As `--set name=value` does, or `--set-string`; without a value, what is given is not known. */
  | { readonly kind: "set"; readonly name: string; readonly value: ScalarNode | undefined; readonly asText: boolean }
  /** Whatever lies below may be overridden. */
  | { readonly kind: "unknown" };

/** All layers as one, later ones winning. */
export function layered(layers: readonly ValuesLayer[]): Dict {
  return layers.reduce(over, dict([], true));
}

function over(under: Dict, layer: ValuesLayer): Dict {
  switch (layer.kind) {
    case "file":
      return stacked(readValues(layer.source) ?? opened(dict([])), under);
    case "inline":
      return stacked(nodeValues(layer.node, layer) ?? opened(dict([])), under);
    case "set":
      return valuesSetTo(under, layer);
    case "unknown":
      return opened(dict([]));
  }
}
