import type { Level } from "#rule";

type Node = NonNullable<Level["mapping"]>["entries"][number]["value"];

/** Whether a key or a text anywhere below matches, or may: what a template writes could. */
export function mentions({ mapping, state }: Level, pattern: RegExp): boolean {
  return mapping ? anywhere(mapping, pattern) : state !== "absent";
}

function anywhere(node: Node, pattern: RegExp): boolean {
  switch (node.kind) {
    case "unknown":
      return true;
    case "scalar":
      return pattern.test(node.text);
    case "sequence":
      return node.open || node.items.some((item) => anywhere(item, pattern));
    case "mapping":
      return node.open || node.entries.some(({ key, value }) => pattern.test(key.text) || anywhere(value, pattern));
  }
}
