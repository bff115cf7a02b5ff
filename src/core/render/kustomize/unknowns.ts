import { entryOf } from "../../read/node.js";
import type { MappingNode, Node } from "../../read/node.js";
import { itemsAt, nodeAt, textAt } from "../field-at.js";
import { unknownNode, withEntry, withValue } from "./nodes.js";
import type { Resource } from "./resource.js";
import { isCalled, meant } from "./selector.js";

/** What `replacements` and `vars` write is not worked out here: those values are unknown. */
export function withoutReplaced(resource: Resource, kustomization: MappingNode): Resource {
  const replaced = itemsAt(kustomization, "replacements").reduce(withReplacement, resource);
  const names = itemsAt(kustomization, "vars").flatMap((item) => textAt(item, "name") ?? []);
  return names.length === 0 ? replaced : { ...replaced, root: withoutVariables(replaced.root, names) };
}

function withReplacement(resource: Resource, replacement: Node): Resource {
  if (textAt(replacement, "path") !== undefined) return { ...resource, opaque: true };
  return itemsAt(replacement, "targets").reduce<Resource>((result, target) => {
    const select = nodeAt(target, "select");
    const answer = select ? meant(result, select) : "maybe";
    const isNamed = select !== undefined && isCalled(result, textAt(select, "kind"), textAt(select, "name"));
    if (answer === "no" && !isNamed) return result;
    const paths = itemsAt(target, "fieldPaths");
    return paths.reduce<Resource>((one, path) => withUnknownField(one, path), paths.length === 0 ? { ...result, opaque: true } : result);
  }, resource);
}

function withUnknownField(resource: Resource, path: Node): Resource {
  const steps = path.kind === "scalar" ? stepsOf(path.text) : undefined;
  const root = steps && unknownAt(resource.root, steps);
  return root?.kind === "mapping" ? { ...resource, root } : { ...resource, opaque: true };
}

/** `spec.template.spec.containers.[name=app].image`, `metadata.annotations.[example.com/x]` */
function stepsOf(path: string): readonly string[] | undefined {
  if (path.length > 1000) return undefined;
  const found = path.match(/\[[^\]]*\]|(?:\\.|[^.[\]\\])+/g);
  return found?.map((step) => step.replaceAll("\\.", ".").replace(/^\[([^=]*)\]$/, "$1"));
}

/** Everything below a step that is not a plain key may be meant. */
function unknownAt(node: Node, [step, ...rest]: readonly string[]): Node {
  if (step === undefined) return unknownNode(node);
  if (node.kind === "sequence") {
    return { ...node, items: node.items.map((item) => unknownAt(item, rest)), open: node.open || rest.length === 0 };
  }
  if (node.kind !== "mapping") return node;
  const entry = entryOf(node, step);
  return entry ? withEntry(node, { key: entry.key, value: unknownAt(entry.value, rest) }) : { ...node, open: true };
}

function withoutVariables(root: MappingNode, names: readonly string[]): MappingNode {
  const marks = names.map((name) => `$(${name})`);
  const without = (node: Node, depth: number): Node => {
    if (depth > 60) return node;
    if (node.kind === "scalar") return marks.some((mark) => node.text.includes(mark)) ? unknownNode(node) : node;
    if (node.kind === "sequence") return { ...node, items: node.items.map((item) => without(item, depth + 1)) };
    if (node.kind !== "mapping") return node;
    return node.entries.reduce((result, { key }) => withValue(result, key.text, (value) => without(value, depth + 1)), node);
  };
  const result = without(root, 0);
  return result.kind === "mapping" ? result : root;
}
