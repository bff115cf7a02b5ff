import { entryOf, type Node } from "../read/node.js";
import { type ApiFinding, findingIn } from "./finding.js";
import { childPath, type Frame, frameName, type Walk } from "./frame.js";
import type { FieldSpec } from "./table.js";
import type { Versions } from "./versions.js";

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** Null, the empty text and the empty list are what Go has for a field that is not there. */
function isEmpty(node: Node): boolean {
  if (node.kind === "sequence") return node.items.length === 0 && !node.open;
  return isNull(node) || (node.kind === "scalar" && node.value === "");
}

function requiredIn(walk: Walk, spec: FieldSpec): Versions {
  return spec.required | (walk.kind === "CronJob" ? spec.requiredInCronJob : 0);
}

/** A zero that the bounds of the number already refuse: the finding about the bounds says more. */
function missing(walk: Walk, frame: Frame, spec: FieldSpec): ApiFinding | undefined {
  const versions = requiredIn(walk, spec) & frame.judged;
  if (versions === 0) return undefined;
  const entry = entryOf(frame.mapping, spec.name);
  if (entry && !isEmpty(entry.value)) return undefined;
  const fact = entry ? `${spec.name} is empty` : `${spec.name} is missing in ${frameName(frame)}`;
  const detail = {
    rule: "field-required",
    type: "FieldValueRequired",
    at: entry && !isNull(entry.value) ? entry.value.place : (entry?.key.place ?? frame.anchor),
    // The server names what it misses in an absent metadata.
    field: spec.name === "metadata" ? "metadata.name" : childPath(frame.path, spec.name),
    message: `${fact} and the server requires it; ${remedy(spec, entry !== undefined)}`,
  } as const;
  return findingIn(detail, versions, walk.asked);
}

function remedy({ enforced: { values } }: FieldSpec, written: boolean): string {
  if (!values || values.length > 4) return written ? "fill it in" : "add it";
  return `set it to ${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}

/** Reports what an object lacks; nothing where it may be written elsewhere: in a patch, in a template. */
export function checkRequired(walk: Walk, frame: Frame): void {
  if (walk.patch || frame.mapping.open || frame.judged === 0) return;
  for (const spec of frame.type.required) {
    const finding = missing(walk, frame, spec);
    if (finding) walk.findings.push(finding);
  }
}

/** An object needs a name, or a prefix from which the server makes one: ValidateObjectMeta in apimachinery. */
export function checkName(walk: Walk, root: Frame): void {
  const entry = entryOf(root.mapping, "metadata");
  if (walk.patch || root.mapping.open || entry?.value.kind !== "mapping" || entry.value.open) return;
  const { value } = entry;
  const names = ["name", "generateName"].map((key) => entryOf(value, key)?.value);
  if (names.some((name) => name && !isEmpty(name))) return;
  const written = names.find((name) => name !== undefined);
  const message = `${written ? "the name is empty" : "metadata has no name"} and the server requires one; add name or generateName`;
  const at = written && !isNull(written) ? written.place : entry.key.place;
  const detail = { rule: "field-required", type: "FieldValueRequired", at, field: "metadata.name", message } as const;
  walk.findings.push(findingIn(detail, root.judged, walk.asked));
}
