import type { Node, ScalarNode } from "../read/node.js";
import type { ValuesLayer } from "./helm/layers.js";
import { nestedNode } from "./nested-text.js";

/** Values that a chart gets beside its own, weakest first. */
export interface DeployedValues {
  /** Values files are named from the folder of the chart, or from the top of the repository if they begin with `/`. */
  readonly layers: readonly GivenLayer[];
  /** They stand in for the chart's values.yaml. */
  readonly withoutOwn: boolean;
  readonly releaseName?: string;
  readonly namespace?: string;
}

/** A layer whose file nobody has read yet. */
export type GivenLayer =
  | Exclude<ValuesLayer, { readonly kind: "file" }>
  /** `optional`: it need not be there. */
  | { readonly kind: "path"; readonly path: string; readonly optional: boolean };

/** What one kind of object says. */
export interface PathDeployment {
  /** Undefined for what only changes another object of its name. */
  readonly path: string | undefined;
  readonly without?: readonly string[];
  readonly values: DeployedValues;
}

export const noValues: DeployedValues = { layers: [], withoutOwn: false };

export const unknownLayer: GivenLayer = { kind: "unknown" };

/** A mapping of values, or a text that holds one. Nothing for what is not there. */
export function inlineLayer(node: Node | undefined, isHole?: (text: string) => boolean): readonly GivenLayer[] {
  if (!node || (node.kind === "scalar" && (node.value === null || node.text.trim() === ""))) return [];
  const inner = node.kind === "scalar" && node.value !== null ? nestedNode(node.style === "literal" ? node : wholeOnly(node)) : node;
  const exact = node.kind !== "scalar" || node.style === "literal";
  return inner?.kind === "mapping" ? [{ kind: "inline", node: inner, exact, ...(isHole ? { isHole } : {}) }] : [unknownLayer];
}

/** Of a text that is folded or escaped, no part stands as it is. */
function wholeOnly(node: ScalarNode): ScalarNode {
  return { ...node, slice: () => node.place };
}

export function named(releaseName: string | undefined, namespace: string | undefined): Pick<DeployedValues, "releaseName" | "namespace"> {
  const isKnown = (text: string | undefined): text is string => text !== undefined && !/\{\{|\$/.test(text);
  return { ...(isKnown(releaseName) ? { releaseName } : {}), ...(isKnown(namespace) ? { namespace } : {}) };
}
