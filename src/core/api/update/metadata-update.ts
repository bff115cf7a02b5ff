import { type Check, invalid } from "../check.js";
import { flagOf, isBlank, mapOf, objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { entryOf, type MappingNode } from "../../read/node.js";
import { generatedLabels, liveUid } from "./live.js";

/** Fields of the server's own that only stay absent. Source: ValidateObjectMetaAccessorUpdate in apimachinery's pkg/api/validation */
const neverSet = ["deletionTimestamp", "deletionGracePeriodSeconds"] as const;

/** `now` is the object after the update, `written` the new manifest. */
export function validateMetadataUpdate(check: Check, now: TypedObject, written: MappingNode): void {
  const metadata = objectOf(now, "metadata");
  if (!metadata) return;
  for (const name of neverSet) {
    if (metadata.fields.has(name)) invalid(check, spotOf(metadata, name), `${name} is the server's and cannot be applied; remove it`);
  }
  const own = entryOf(written, "metadata")?.value;
  const version = own?.kind === "mapping" ? entryOf(own, "resourceVersion")?.value : undefined;
  if (version?.kind === "scalar" && (version.value === null || version.value === "")) {
    invalid(
      check,
      { ...spotOf(metadata, "resourceVersion"), at: version.place },
      "an update needs a resourceVersion, and this takes it away; remove the key",
    );
  }
  const uid = isBlank(metadata, "uid") ? undefined : textOf(metadata, "uid");
  if (uid !== undefined) validateUid(check, now, metadata);
}

/** A uid is random: one that is written is that of another object. The labels and the selector have the old one. */
function validateUid(check: Check, now: TypedObject, metadata: TypedObject): void {
  invalid(check, spotOf(metadata, "uid"), "the live object has another uid, which cannot change; remove it");
  const spec = objectOf(now, "spec");
  if (check.kind === "CronJob" || !spec || flagOf(spec, "manualSelector") === true) return;
  const template = objectOf(spec, "template");
  const pods = template && objectOf(template, "metadata");
  if (!pods) return;
  const { labels } = generatedLabels(check, "");
  const spot = spotOf(metadata, "uid");
  for (const key of labels.keys()) {
    if (key.endsWith("controller-uid") && mapOf(pods, "labels")?.entries.has(key))
      invalid(check, { ...spot, path: `${pods.path}.labels[${key}]` }, `the label ${key} has the live object's uid; remove the uid`);
  }
  const selector = objectOf(spec, "selector");
  const selected = selector && mapOf(selector, "matchLabels");
  if (![...(selected?.entries.values() ?? [])].some((value) => value.kind === "scalar" && value.value === liveUid)) return;
  invalid(check, { ...spotOf(spec, "selector"), at: spot.at }, "the selector has the live object's uid; remove the uid");
}
