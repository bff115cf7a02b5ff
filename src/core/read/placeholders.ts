import type { Entry, Node, ScalarNode, SequenceNode } from "./node.js";

/** What some placeholder needs; a text without it needs no second look. */
const trace = /\$[A-Z_({]|\[\[|__[A-Z]|<[a-zA-Z]|%[A-Z]|@[A-Z]|\{\{|PLACEHOLDER|CHANGE_?ME|REPLACE_?ME/i;
const fillIn = new RegExp(`^(?:${[
  "__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__",
  "<[A-Z][A-Z0-9 _.-]{0,60}>",
  "%[A-Z][A-Z0-9_]{1,60}%",
  "@[A-Z][A-Z0-9_]{1,60}@",
  "@@[A-Z][A-Z0-9_]{1,60}@@",
  "PLACEHOLDER|CHANGE_?ME|REPLACE_?ME",
].join("|")})$`, "i");
const variable = /^\$\{\{?\s*[A-Za-z_][A-Za-z0-9_.]*\s*\}?\}$/;
/** What a shell expands in a command, and Kubernetes in an environment too: elsewhere both are left for another tool. */
const expandable = /^\$(?:[A-Z_][A-Z0-9_]*|\([A-Za-z_][\w.-]*\))$/;
const doubleBrackets = /^\[\[.*\]\]$/;
/** YAML reads a list of a list, which no field takes. */
const unquotedBrackets = /^\[\[\s*[\w.$-]+\s*\]\]$/;
/** `repo/${NAME}:1.2`: envsubst, Flux and OpenShift fill these in. `$${NAME}` is an escaped one. */
const partOfValue = /(?:^|[^$])\$\{\{?[A-Z_][A-Z0-9_]*(?::?[-=?+][^{}]*)?\}|__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__|\{\{/;
const longestValue = 500;

export function mayHoldPlaceholders(text: string): boolean {
  return trace.test(text);
}

/** Who expands variables where a value stands. */
type Expanded = "command" | "env" | undefined;

/**
 * The tree with values that are to be filled in before a cluster sees them made unknown. What Kubernetes or a shell expands stays:
 * `$(NAME)` in commands and environments, scripts, command lines.
 */
export function withoutPlaceholders(node: Node, expanded?: Expanded): Node {
  if (node.kind === "mapping") {
    const entries = node.entries.flatMap((entry) => (isPlaceholderKey(entry.key) ? [] : filledEntry(entry, expanded)));
    if (entries.length < node.entries.length) return { ...node, entries, open: true };
    return entries.some((entry, index) => entry !== node.entries[index]) ? { ...node, entries } : node;
  }
  if (node.kind === "sequence") {
    if (isBracketed(node)) return { kind: "unknown", place: node.place, reason: "placeholder" };
    const items = node.items.map((item) => withoutPlaceholders(item, expanded));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  if (node.kind !== "scalar" || !isPlaceholder(node, expanded)) return node;
  const isAction = node.text.includes("{{") && !isPlaceholder({ ...node, text: node.text.replaceAll("{{", "") }, expanded);
  return { kind: "unknown", place: node.place, reason: "placeholder", ...(isAction ? { written: node } : {}) };
}

/** `${TEAM}: "true"` among labels. */
function isPlaceholderKey({ text }: ScalarNode): boolean {
  return text.includes("${") && text.length <= longestValue && partOfValue.test(text);
}

function filledEntry(entry: Entry, expanded: Expanded): Entry {
  const { key: { text }, value } = entry;
  const filled = withoutPlaceholders(value, expandedIn(text, expanded));
  return filled === value ? entry : { ...entry, value: filled };
}

function expandedIn(key: string, expanded: Expanded): Expanded {
  if (key === "command" || key === "args") return "command";
  if (key === "env" || key === "subPathExpr") return "env";
  return expanded === "env" && key === "value" ? "env" : undefined;
}

function isBracketed({ flow, place: { source, start, end } }: SequenceNode): boolean {
  return flow && end - start <= longestValue && unquotedBrackets.test(source.text.slice(start, end));
}

function isPlaceholder({ text, style }: ScalarNode, expanded: Expanded): boolean {
  if (style === "literal" || style === "folded" || text.length > longestValue) return false;
  if (fillIn.test(text) || (style !== "plain" && doubleBrackets.test(text) && expanded !== "command")) return true;
  if (expanded === undefined && expandable.test(text)) return true;
  return expanded !== "command" && (variable.test(text) || partOfValue.test(text));
}
