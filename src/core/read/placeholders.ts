import type { Entry, Node, ScalarNode } from "./node.js";

/** What some placeholder needs; a text without it needs no second look. */
const trace = /\$\{|__[A-Z]|<[a-zA-Z]|%[A-Z]|@[A-Z]|\{\{|PLACEHOLDER|CHANGE_?ME|REPLACE_?ME/i;
const fillIn = new RegExp(`^(?:${[
  "__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__",
  "<[A-Z][A-Z0-9 _.-]{0,60}>",
  "%[A-Z][A-Z0-9_]{1,60}%",
  "@[A-Z][A-Z0-9_]{1,60}@",
  "PLACEHOLDER|CHANGE_?ME|REPLACE_?ME",
].join("|")})$`, "i");
const variable = /^\$\{\{?\s*[A-Za-z_][A-Za-z0-9_.]*\s*\}?\}$/;
/** `repo/${NAME}:1.2`: envsubst, Flux and OpenShift fill these in. `$${NAME}` is an escaped one. */
const partOfValue = /(?:^|[^$])\$\{\{?[A-Z_][A-Z0-9_]*(?::?[-=?+][^{}]*)?\}|__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__|\{\{/;
const longestValue = 500;

export function mayHoldPlaceholders(text: string): boolean {
  return trace.test(text);
}

/**
 * The tree with values that are to be filled in before a cluster sees them made unknown. `$(NAME)` is Kubernetes' own and
 * stays, and so does what a shell will expand: scripts, command lines.
 */
export function withoutPlaceholders(node: Node, underCommand = false): Node {
  if (node.kind === "mapping") {
    const entries = node.entries.map((entry) => filledEntry(entry));
    return entries.some((entry, index) => entry !== node.entries[index]) ? { ...node, entries } : node;
  }
  if (node.kind === "sequence") {
    const items = node.items.map((item) => withoutPlaceholders(item, underCommand));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  return node.kind === "scalar" && isPlaceholder(node, underCommand)
    ? { kind: "unknown", place: node.place, reason: "placeholder" }
    : node;
}

function filledEntry(entry: Entry): Entry {
  const { key, value } = entry;
  const filled = withoutPlaceholders(value, key.text === "command" || key.text === "args");
  return filled === value ? entry : { ...entry, value: filled };
}

function isPlaceholder({ text, style }: ScalarNode, underCommand: boolean): boolean {
  if (style === "literal" || style === "folded" || text.length > longestValue) return false;
  return fillIn.test(text) || (!underCommand && (variable.test(text) || partOfValue.test(text)));
}
