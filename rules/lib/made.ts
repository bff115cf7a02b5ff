import { itemLevel, keysOf, level, type Level, list, type OtherObject, text } from "#rule";
import { homeOf } from "./home.js";
import type { Referred } from "./needed-objects.js";

/** An object that exists once the manifests are applied. */
export interface Made {
  readonly sort: "made";
  readonly kind: Referred;
  /** Undefined when a template says it. */
  readonly name?: string;
  readonly home?: string;
  /** All that it holds, if that is certain. */
  readonly keys?: readonly string[];
  /** An object of that kind itself, not one that another makes. */
  readonly itself: boolean;
}

const plain: ReadonlySet<string> = new Set(["ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "PriorityClass"]);

/**
 * Custom resources that make a Secret, and where its name stands when it is not their own.
 * https://external-secrets.io/latest/api/externalsecret/, https://github.com/bitnami-labs/sealed-secrets,
 * https://cert-manager.io/docs/usage/certificate/, https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso,
 * https://developer.1password.com/docs/k8s/operator/
 */
const secretMakers: Readonly<Record<string, readonly string[]>> = {
  ExternalSecret: ["spec", "target", "name"],
  SealedSecret: ["spec", "template", "metadata", "name"],
  Certificate: ["spec", "secretName"],
  VaultStaticSecret: ["spec", "destination", "name"],
  VaultDynamicSecret: ["spec", "destination", "name"],
  OnePasswordItem: [],
};

/** What a kustomization.yaml may be. */
export const kustomizations: readonly string[] = ["Kustomization", "Component"];

/** Kinds that say what there is. */
export const makers: readonly string[] = [...plain, ...Object.keys(secretMakers), "StatefulSet", ...kustomizations];

export function madeBy(object: OtherObject): readonly Made[] {
  const { kind, root, metadata } = object;
  const home = homeOf(object);
  const place = home === undefined ? {} : { home };
  const own = metadata.name.value;
  if (isReferred(kind)) return [{ sort: "made", kind, ...place, ...named(own), ...keysIn(object), itself: true }];
  const path = secretMakers[kind];
  if (path) return [{ sort: "made", kind: "Secret", ...place, ...named(nameAt(root, path, own)), itself: false }];
  if (kustomizations.includes(kind)) return generated(root);
  // Its claims have numbers, of which any may be meant.
  const claims = list(level(root, "spec"), "volumeClaimTemplates", () => 1);
  const isNumbered = kind === "StatefulSet" && claims.state !== "absent";
  return isNumbered ? [{ sort: "made", kind: "PersistentVolumeClaim", ...place, itself: false }] : [];
}

function isReferred(kind: string): kind is Referred {
  return plain.has(kind);
}

function named(name: string | undefined): Pick<Made, "name"> {
  return name === undefined ? {} : { name };
}

function nameAt(root: Level, path: readonly string[], own: string | undefined): string | undefined {
  const last = path.at(-1);
  if (last === undefined) return own;
  const field = text(path.slice(0, -1).reduce(level, root), last);
  return field.state === "absent" ? own : field.value;
}

/** What a ConfigMap or Secret holds; nothing is said about those that somebody else may fill. */
function keysIn({ kind, root, metadata, document }: OtherObject): Pick<Made, "keys"> {
  const parts = (kind === "ConfigMap" ? ["data", "binaryData"] : ["data", "stringData"]).map((key) => level(root, key));
  const isWhole = parts.every(({ state, mapping }) => state !== "unknown" && mapping?.open !== true);
  const keys = parts.flatMap((part) => keysOf(part).map(({ text: key }) => key));
  const isFilled = metadata.annotations.state !== "absent" || metadata.labels.mapping?.open === true || document.template;
  if ((kind !== "ConfigMap" && kind !== "Secret") || !isWhole || isFilled || keys.length === 0 || keys.length > mostKeys) return {};
  return { keys };
}

const mostKeys = 60;

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/ */
function generated(root: Level): readonly Made[] {
  const sorts = [["configMapGenerator", "ConfigMap"], ["secretGenerator", "Secret"]] as const;
  return sorts.flatMap(([key, kind]) => {
    const generators = list(root, key, (node, path) => itemLevel(node, path, root)).value ?? [];
    return generators.map((own): Made => ({ sort: "made", kind, home: "", ...named(text(own, "name").value), itself: false }));
  });
}
