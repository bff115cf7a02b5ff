import { type Node, entryOf } from "../../read/node.js";
import { mappingAt, nodeAt, textAt } from "../field-at.js";
import { idOf, idsOf, type Resource } from "./resource.js";

/** Whether a target means an object; `maybe` where that takes more than is understood here. */
export type Meant = "yes" | "no" | "maybe";

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/ */
export function meant(resource: Resource, target: Node): Meant {
  if (target.kind !== "mapping" || target.open) return "maybe";
  const now = idOf(resource.root);
  const [first = now] = resource.former;
  return allOf([
    matches(target, "group", [now.group]),
    matches(target, "version", [now.version]),
    matches(target, "kind", [now.kind]),
    matches(target, "name", [first.name, now.name]),
    matches(target, "namespace", [effective(first.namespace), effective(now.namespace)]),
    selected(textOf(target, "labelSelector"), nodeAt(resource.root, "metadata", "labels")),
    selected(textOf(target, "annotationSelector"), nodeAt(resource.root, "metadata", "annotations")),
  ]);
}

/** Whether an object has, or had, the kind and name that a source or a target of a replacement says. */
export function isCalled(resource: Resource, kind: string | undefined, name: string | undefined): boolean {
  return idsOf(resource).some((id) => (kind === undefined || id.kind === kind) && (name === undefined || id.name === name));
}

function effective(namespace: string): string {
  return namespace === "" ? "default" : namespace;
}

function allOf(answers: readonly Meant[]): Meant {
  if (answers.includes("no")) return "no";
  return answers.includes("maybe") ? "maybe" : "yes";
}

/** Undefined where nothing is written, empty where it is not known. */
function textOf(target: Node, key: string): string | undefined {
  if (target.kind !== "mapping" || !entryOf(target, key)) return undefined;
  return textAt(target, key) ?? "";
}

function matches(target: Node, key: string, values: readonly string[]): Meant {
  const pattern = textOf(target, key);
  if (pattern === undefined) return "yes";
  if (pattern === "") return "maybe";
  const regex = simplePattern(pattern);
  if (!regex) return "maybe";
  return values.some((value) => regex.test(value)) ? "yes" : "no";
}

/** Targets are regular expressions; those that are taken from strangers are read if they are simple enough to be quick. */
function simplePattern(pattern: string): RegExp | undefined {
  const text = pattern.replace(/^\^/, "").replace(/\$$/, "");
  if (text.length > 200 || !/^(?:[\w-]|\.[*+]?|\|)*$/.test(text) || (text.match(/\.[*+]/g)?.length ?? 0) > 4) return undefined;
  return new RegExp(`^(?:${text})$`);
}

function selected(selector: string | undefined, labels: Node | undefined): Meant {
  if (selector === undefined) return "yes";
  if (labels?.kind === "unknown" || (labels?.kind === "mapping" && labels.open)) return "maybe";
  return allOf(selector.split(",").map((part): Meant => {
    const [, key, operator, value] = /^\s*([\w./-]+)\s*(==|!=|=)\s*([\w.-]*)\s*$/.exec(part) ?? [];
    if (key === undefined || operator === undefined) return "maybe";
    const node = mappingAt(labels) && nodeAt(labels, key);
    if (node?.kind === "unknown") return "maybe";
    const isEqual = node?.kind === "scalar" && node.text === value;
    return isEqual === (operator !== "!=") ? "yes" : "no";
  }));
}
