import { amountOf } from "../amount.js";
import { type Check, clipped, forbidden, invalid, notSupported, required } from "../check.js";
import { dnsLabelFault, dnsSubdomainFault } from "../names.js";
import { isAbsent, isBlank, isEmpty, mapOf, objectOf, type Spot, spotOf, textOf, textsOf, type Typed, type TypedObject } from "../typed.js";
import { validateAnnotations } from "./annotations.js";
import { validateLabelSelector } from "./label-selector.js";
import { validateLabels } from "./labels.js";
import { checkChoice, checkName } from "./plain-field.js";
import { requireTexts } from "./required-text.js";

const single = "ReadWriteOncePod";
const accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce"] as const;

/** From this minor on the group of a data source must be a DNS name. Source: validateDataSource of 1.28 and 1.29 */
const groupsCheckedFrom = 29;

/** An ephemeral volume. Source: validateEphemeralVolumeSource in pkg/apis/core/validation/validation.go */
export function validateEphemeralVolume(check: Check, source: TypedObject): void {
  const template = objectOf(source, "volumeClaimTemplate");
  if (isAbsent(source, "volumeClaimTemplate")) {
    required(check, spotOf(source, "volumeClaimTemplate"), "an ephemeral volume needs a volumeClaimTemplate; add one with a spec");
  }
  if (!template) return;
  const metadata = objectOf(template, "metadata");
  const spec = objectOf(template, "spec");
  if (metadata) validateTemplateMeta(check, metadata);
  if (spec) validateClaimSpec(check, spec);
}

/** Only labels and annotations go to the claim. Source: ValidateTemplateObjectMeta */
function validateTemplateMeta(check: Check, metadata: TypedObject): void {
  const annotations = mapOf(metadata, "annotations");
  const labels = mapOf(metadata, "labels");
  if (annotations) validateAnnotations(check, annotations);
  if (labels) validateLabels(check, labels);
  for (const [name, field] of metadata.fields) {
    if (name === "annotations" || name === "labels" || !isSomething(name, field)) continue;
    // The server takes the name from Go, where it is UID.
    const path = `${metadata.path}.${name === "uid" ? "uID" : name}`;
    forbidden(check, { path, at: field.at }, `${name} is set in a volumeClaimTemplate, which takes labels and annotations only; remove it`);
  }
}

/** What Go tells from its zero value: a list even when it is empty, a pointer even to 0. */
function isSomething(name: string, field: Typed): boolean {
  if (field.kind !== "scalar" || name === "deletionGracePeriodSeconds") return field.kind !== "unknown";
  return typeof field.value === "string" ? field.value !== "" : Number(field.value) !== 0;
}

/** Source: ValidatePersistentVolumeClaimSpec */
function validateClaimSpec(check: Check, spec: TypedObject): void {
  validateAccessModes(check, spec);
  const selector = objectOf(spec, "selector");
  if (selector) validateLabelSelector(check, selector);
  validateStorage(check, spec);
  checkName(check, spec, "storageClassName", dnsSubdomainFault);
  checkChoice(check, spec, "volumeMode", ["Block", "Filesystem"]);
  validateDataSources(check, spec);
  if (check.on("VolumeAttributesClass")) checkName(check, spec, "volumeAttributesClassName", dnsSubdomainFault);
}

function validateAccessModes(check: Check, spec: TypedObject): void {
  const spot = spotOf(spec, "accessModes");
  if (isEmpty(spec, "accessModes")) required(check, spot, "a volume claim needs accessModes; add one such as ReadWriteOnce");
  const modes = textsOf(spec, "accessModes");
  const supported = check.on("ReadWriteOncePod") ? [...accessModes, single] : accessModes;
  for (const mode of modes) {
    if (!supported.some((known) => known === mode.value)) notSupported(check, { ...mode, path: spot.path }, "the access mode", supported);
  }
  const isShared = modes.some(({ value }) => accessModes.some((known) => known === value));
  if (isShared && modes.some(({ value }) => value === single)) {
    forbidden(check, spot, `${single} stands beside other access modes; keep it alone or remove it`);
  }
}

function validateStorage(check: Check, spec: TypedObject): void {
  const resources = objectOf(spec, "resources");
  const requests = resources && mapOf(resources, "requests");
  const noRequests = resources ? isAbsent(resources, "requests") : isAbsent(spec, "resources");
  const missing = requests ? requests.whole && !requests.entries.has("storage") : noRequests;
  const storage = requests?.entries.get("storage");
  const spot: Spot = { path: `${spec.path}.resources[storage]`, at: (storage ?? requests ?? spotOf(spec, "resources")).at };
  if (missing) required(check, spot, "a volume claim needs resources.requests.storage; add it");
  const amount = amountOf(storage);
  if (storage?.kind !== "scalar" || amount === undefined || amount > 0n) return;
  invalid(check, spot, `a volume claim asks for ${clipped(String(storage.value))} of storage; write more than 0`);
}

function validateDataSources(check: Check, spec: TypedObject): void {
  const source = objectOf(spec, "dataSource");
  const reference = objectOf(spec, "dataSourceRef");
  if (source) validateDataSource(check, source);
  if (!reference) return;
  validateDataSource(check, reference);
  checkName(check, reference, "namespace", dnsLabelFault);
  if (!source) return;
  const here: Spot = { path: spec.path, at: source.at };
  const namespace = textOf(reference, "namespace") ?? "";
  if (namespace !== "") invalid(check, here, "dataSource is set beside a dataSourceRef with a namespace; remove dataSource");
  else if (isBlank(reference, "namespace") && dataSourcesDiffer(source, reference)) {
    invalid(check, here, "dataSource and dataSourceRef differ; remove one or write the same in both");
  }
}

/** A data source or a dataSourceRef. Source: validateDataSource and validateDataSourceRef */
function validateDataSource(check: Check, source: TypedObject): void {
  requireTexts(check, source, "a data source", ["name", "kind"]);
  if (check.minor >= groupsCheckedFrom) checkName(check, source, "apiGroup", dnsSubdomainFault);
  const kind = isBlank(source, "kind") ? "" : textOf(source, "kind");
  if (!isBlank(source, "apiGroup") || kind === undefined || kind === "PersistentVolumeClaim") return;
  const message = `a data source without an apiGroup is a PersistentVolumeClaim, not ${clipped(kind)}; add the apiGroup`;
  invalid(check, { path: source.path, at: source.at }, message);
}

/** For certain: an apiGroup that is not written is another one than an empty one. */
function dataSourcesDiffer(source: TypedObject, reference: TypedObject): boolean {
  const differ = (name: string): boolean => {
    const one = textOf(source, name);
    const other = textOf(reference, name);
    if (one !== undefined && other !== undefined) return one !== other;
    if (name === "apiGroup") return (one !== undefined && isAbsent(reference, name)) || (other !== undefined && isAbsent(source, name));
    return ((one ?? "") !== "" && isBlank(reference, name)) || ((other ?? "") !== "" && isBlank(source, name));
  };
  return ["apiGroup", "kind", "name"].some(differ);
}
