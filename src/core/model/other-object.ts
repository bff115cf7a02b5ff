import type { Document } from "../read/document.js";
import { text } from "./field.js";
import { type KubernetesObject, metadata, rootLevel } from "./workload.js";

/** An object of another kind than Job and CronJob: a claim, a ConfigMap, a Deployment. */
export interface OtherObject extends KubernetesObject {
  readonly kind: string;
}

/** Undefined when the kind is a template's. */
export function otherObjectOf(document: Document): OtherObject | undefined {
  const root = rootLevel(document, new Set());
  const kind = text(root, "kind");
  const named = kind.state === "absent" ? document.implied : kind.value;
  if (named === undefined) return undefined;
  return { kind: named, document, root, apiVersion: text(root, "apiVersion"), metadata: metadata(root) };
}
