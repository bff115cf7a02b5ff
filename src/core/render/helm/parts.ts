import type { Source } from "../../text/place.js";
import type { ChartInput } from "./chart.js";
import { type Dependency, dependencyOf, isSwitchedOff } from "./dependency.js";
import { readValues } from "./from-node.js";
import { layered } from "./layers.js";
import { opened, overlaid } from "./overlay.js";
import { type Dict, dict, entryOf, type Value } from "./value.js";

/** A chart, or one in its charts/. */
export interface Part {
  readonly folder: string;
  readonly meta: Dict;
  /** Open where all of it is unknown. */
  readonly values: Dict;
  /** The chart above leaves it out, as its values are. */
  readonly isOff: boolean;
}

/** The chart first, then those it brings along, each with the values that the one above gives it. */
export function partsOf({ files, values = [], layers = [], withoutOwn }: ChartInput): readonly Part[] {
  const sources = new Map(files.map(({ path, source }) => [path, source]));
  const given = layered([...values.map((source) => ({ kind: "file" as const, source })), ...layers]);
  const folders = files.flatMap(({ path }) => /^(.*\/|)Chart\.yaml$/.exec(path)?.[1] ?? []);
  const known: Part[] = [];
  for (const folder of folders.sort((a, b) => a.length - b.length)) {
    const above = known.findLast((part) => folder !== "" && folder.startsWith(`${part.folder}charts/`));
    if (!above && folder !== "") continue;
    const meta = metaOf(sources.get(`${folder}Chart.yaml`));
    const own = folder === "" && withoutOwn === true ? dict([], true) : ownValues(sources.get(`${folder}values.yaml`));
    const top = known[0] ?? above;
    const isOff = above !== undefined && top !== undefined && isLeftOut(folder, meta, above, top);
    known.push({ folder, meta, isOff, values: above ? innerValues(folder, meta, own, above, isOff) : overlaid(given, own) });
  }
  return known;
}

function ownValues(file: Source | undefined): Dict {
  return file ? (readValues(file) ?? opened(dict([]))) : dict([], true);
}

function metaOf(file: Source | undefined): Dict {
  const chart = ownValues(file);
  return dict([...chart.entries].map(([name, value]) => [metaName(name), value]), true);
}

/** Go's names of what Chart.yaml holds. */
function metaName(name: string): string {
  return name === "apiVersion" ? "APIVersion" : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function dependencyIn(folder: string, meta: Dict, above: Part): Dependency | "several" {
  return dependencyOf(meta, above.meta, folder.slice(0, -1).split("/").at(-1) ?? "");
}

function isLeftOut(folder: string, meta: Dict, above: Part, top: Part): boolean {
  const dependency = dependencyIn(folder, meta, above);
  return above.isOff || (dependency !== "several" && isSwitchedOff(dependency, above.values, top.values));
}

function innerValues(folder: string, meta: Dict, own: Dict, above: Part, isOff: boolean): Dict {
  const dependency = dependencyIn(folder, meta, above);
  // Somebody may switch it on, with whatever values.
  if (dependency === "several" || isOff) return opened(dict([]));
  const values = overlaid(told(above.values, dependency), own);
  const global = entryOf(above.values, "global");
  if (global?.kind === "unknown") return { ...values, entries: new Map([...values.entries, ["global", opened(dict([]))]]) };
  if (global?.kind !== "dict") return values;
  const ownGlobal = values.entries.get("global");
  const shared = ownGlobal?.kind === "dict" ? overlaid(global, ownGlobal) : global;
  return { ...values, entries: new Map([...values.entries, ["global", shared]]) };
}

function told(above: Dict, { key }: Dependency): Dict {
  const inner: Value | undefined = entryOf(above, key);
  if (inner?.kind === "unknown") return opened(dict([]));
  return inner?.kind === "dict" ? inner : dict([], true);
}
