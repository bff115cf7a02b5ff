import { served } from "../../../schemas/enforced.js";
import { entryOf, type MappingNode, type ScalarNode } from "../read/node.js";
import type { Place } from "../text/place.js";
import { clipped } from "./check.js";
import { type ApiFinding, findingIn } from "./finding.js";
import type { Walk } from "./frame.js";
import { rewritten } from "./rewrite.js";
import { allVersions, versionsBefore, versionsOf } from "./versions.js";

/** A refusal for which the server gives a text only. */
export interface Refusal {
  readonly at: Place;
  readonly message: string;
}

/** Whether the servers asked have this kind in this API version. */
export function checkApiVersion(walk: Walk): ApiFinding | undefined {
  const misspelt = misspeltKind(walk.root, walk.kind);
  if (misspelt) {
    const message = `no server has the kind ${clipped(misspelt.text)} in batch/v1; did you mean ${walk.kind}?`;
    const fix = rewritten(misspelt, walk.kind, `write ${walk.kind}`, true);
    return findingIn({ rule: "kind-not-served", at: misspelt.place, field: "kind", message, fix }, walk.asked, walk.asked);
  }
  const entry = entryOf(walk.root, "apiVersion");
  if (!entry || (entry.value.kind === "scalar" && entry.value.value === null)) return missing(walk);
  const node = entry.value;
  if (node.kind !== "scalar" || typeof node.value !== "string") return undefined;
  const written = node.value;
  const known = served.find(({ kind, apiVersion }) => kind === walk.kind && apiVersion === written);
  if (known && known.removed === undefined) return undefined;
  if (walk.root.open && isChoice(walk)) return undefined;
  const gone = walk.asked & (known?.removed === undefined ? allVersions : ~versionsBefore(known.removed));
  if (gone === 0) return undefined;
  const fix = rewritten(node, "batch/v1", "write apiVersion: batch/v1", known !== undefined);
  const detail = { at: node.place, field: "apiVersion", fix };
  if (known?.removed !== undefined) {
    const message = `${written} ${walk.kind} was removed in Kubernetes ${known.removed}; use batch/v1`;
    return findingIn({ rule: "api-version-removed", ...detail, message }, gone, walk.asked);
  }
  const shown = written.length > 60 ? `${written.slice(0, 59)}…` : written;
  const message = `no server has a ${walk.kind} in ${JSON.stringify(shown)}; use batch/v1`;
  return findingIn({ rule: "kind-not-served", ...detail, message }, gone, walk.asked);
}

/** Why this minor has no such kind: the server then knows nothing to decode. Undefined where it has, and where a template decides. */
export function unservedKind(root: MappingNode, kind: "Job" | "CronJob", version: string): Refusal | undefined {
  const misspelt = misspeltKind(root, kind);
  if (misspelt) return { at: misspelt.place, message: `no kind ${clipped(misspelt.text)} in batch/v1; did you mean ${kind}?` };
  const entry = entryOf(root, "apiVersion");
  const node = entry?.value;
  if (entry ? node?.kind === "unknown" : root.open) return undefined;
  const written = node?.kind === "scalar" && typeof node.value === "string" ? node.value : "";
  const known = served.find((one) => one.kind === kind && one.apiVersion === written);
  const gone = known?.removed !== undefined && (versionsOf([version]) & versionsBefore(known.removed)) === 0;
  if (known && !gone) return undefined;
  const at = node?.place ?? entry?.key.place ?? root.place;
  return { at, message: `no ${kind} in version ${JSON.stringify(written)}; write apiVersion: batch/v1` };
}

/** The kind as it is written, where that is not the one which is meant: its case counts. */
function misspeltKind(root: MappingNode, kind: "Job" | "CronJob"): ScalarNode | undefined {
  const node = entryOf(root, "kind")?.value;
  return node?.kind === "scalar" && node.value !== kind ? node : undefined;
}

/** A template that writes one of several versions, as the cluster has them. */
function isChoice({ root }: Walk): boolean {
  return root.entries.filter(({ key }) => key.text === "apiVersion").length > 1;
}

function missing(walk: Walk): ApiFinding | undefined {
  if (walk.patch || walk.root.open) return undefined;
  const at = entryOf(walk.root, "kind")?.key.place ?? walk.root.place;
  const message = `apiVersion is missing, so no server knows the kind; add apiVersion: batch/v1`;
  return findingIn({ rule: "kind-not-served", at, field: "apiVersion", message }, walk.asked, walk.asked);
}
