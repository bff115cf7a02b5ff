import { served } from "../../../schemas/enforced.js";
import { entryOf } from "../read/node.js";
import { type ApiFinding, findingIn } from "./finding.js";
import type { Walk } from "./frame.js";
import { rewritten } from "./rewrite.js";
import { allVersions, versionsBefore } from "./versions.js";

/** Whether the servers asked have this kind in this API version. */
export function checkApiVersion(walk: Walk): ApiFinding | undefined {
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
