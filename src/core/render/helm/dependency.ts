import { type Dict, entryOf, known, type Value } from "./value.js";

/** How a chart brings along one in its charts/. */
export interface Dependency {
  /** Where the values above hold those for it. */
  readonly key: string;
  /** Paths in the values above; the first that is there decides. */
  readonly condition: readonly string[];
  readonly tags: readonly string[];
}

/** What Chart.yaml says of the chart in a folder; `several` where it is brought along more than once, each time with other values. */
export function dependencyOf(meta: Dict, above: Dict, folder: string): Dependency | "several" {
  const name = known(meta.entries.get("Name")) ?? folder;
  const listed = above.entries.get("Dependencies");
  const items = listed?.kind === "list" ? listed.items : [];
  const own = items.flatMap((item) => (item.kind === "dict" && textAt(item, "name") === name ? [item] : []));
  const [first] = own;
  if (!first) return { key: name, condition: [], tags: [] };
  if (own.length > 1) return "several";
  const tags = first.entries.get("tags");
  return {
    key: textAt(first, "alias") ?? name,
    condition: (textAt(first, "condition") ?? "").split(",").map((path) => path.trim()).filter((path) => path !== ""),
    tags: tags?.kind === "list" ? tags.items.flatMap((tag) => known(tag) ?? []) : [],
  };
}

/** A condition wins over tags: https://helm.sh/docs/topics/charts/#tags-and-condition-fields-in-dependencies */
export function isSwitchedOff({ condition, tags }: Dependency, above: Dict, top: Dict): boolean {
  for (const path of condition) {
    const value = valueAt(above, path);
    if (value?.kind === "bool") return !value.value;
    if (value?.kind === "unknown") return false;
  }
  const given = entryOf(top, "tags");
  const said = given?.kind === "dict" ? tags.map((tag) => entryOf(given, tag)) : [];
  return said.some(isNo) && !said.some((value) => value?.kind === "unknown" || (value?.kind === "bool" && value.value));
}

function isNo(value: Value | undefined): boolean {
  return value?.kind === "bool" && !value.value;
}

function valueAt(from: Dict, path: string): Value | undefined {
  let value: Value | undefined = from;
  for (const key of path.split(".")) value = value?.kind === "dict" ? entryOf(value, key) : value?.kind === "unknown" ? value : undefined;
  return value;
}

function textAt(from: Dict, key: string): string | undefined {
  const text = known(from.entries.get(key));
  return text === "" ? undefined : text;
}
