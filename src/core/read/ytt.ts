import { blockScalarOwner, insideBlockScalar } from "./block-scalar.js";
import { MASK } from "./fragment.js";
import type { Hole } from "./fragment.js";
import { masked } from "./mask.js";
import type { Mask } from "./mask.js";
import { linesOf } from "./text-lines.js";
import type { Line } from "./text-lines.js";

const directive = /^#@|[ \t]#@[ \t]/;

/**
 * ytt writes its templates as YAML comments: `replicas: #@ data.values.count` is no empty value, and `#@ if` on a line of its own
 * decides about what follows. https://carvel.dev/ytt/docs/latest/lang-ref-ytt/
 */
export function withoutYtt(text: string): { readonly text: string; readonly holes: readonly Hole[] } {
  if (!text.includes("#@")) return { text, holes: [] };
  const holes: Hole[] = [];
  let owner: number | undefined;
  for (const line of linesOf(text)) {
    if (insideBlockScalar(owner, line)) continue;
    owner = blockScalarOwner(text, line);
    const hole = holeOn(text, line);
    if (hole) holes.push(hole);
  }
  const masks = holes.map(({ start, end, kind }): Mask => ({ start, end, fill: kind === "value" ? MASK : " " }));
  return { text: masked(text, masks), holes };
}

function holeOn(text: string, line: Line): Hole | undefined {
  const from = line.start + line.indent;
  const content = text.slice(from, line.end);
  const found = directive.exec(content);
  if (!found) return undefined;
  const start = from + content.indexOf("#@", found.index);
  const before = text.slice(from, start).trimEnd();
  const hole = { start, end: line.end, reason: "template" } as const;
  if (before === "") return { ...hole, kind: "block", indent: line.indent };
  return before.endsWith(":") || before === "-" ? { ...hole, kind: "value" } : { ...hole, kind: "block" };
}
