import { amountOf } from "./amount.js";
import type { Check } from "./check.js";
import { isLatest } from "./image-name.js";
import {
  flagOf,
  isAbsent,
  isBlank,
  isEmpty,
  isSet,
  mapOf,
  objectOf,
  objectsOf,
  spotOf,
  textOf,
  type Typed,
  type TypedList,
  type TypedMap,
  type TypedObject,
  type TypedScalar,
} from "./typed.js";
import { fixedDefaults, structs } from "./default-values.js";

/** Until this minor a pod template got its host ports filled in. Source: SetDefaults_PodSpec in pkg/apis/core/v1/defaults.go */
const lastWithHostPorts = 27;
/** From this minor on a condition's status is filled in below a CronJob too. Source: pkg/apis/batch/v1/zz_generated.defaults.go */
const firstWithCronJobConditions = 34;
/** From this minor on. Source: SetDefaults_Job in pkg/apis/batch/v1/defaults.go */
const firstWithManualSelector = 29;
const largestInt32 = 2147483647;
/** Resources are kept in thousandths: SetDefaults_ResourceList in pkg/apis/core/v1/defaults.go */
const milli = 1_000_000n;

/**
 * Fills in, in place, what the server fills in before it validates: only fields that are certainly absent. Structs that Go always has
 * (`metadata`, `spec`, `template`) are there afterwards. What depends on something unknown is unknown itself.
 * Source: pkg/apis/batch/v1/defaults.go, zz_generated.defaults.go and conversion.go, and the same in pkg/apis/core/v1.
 */
export function applyDefaults(check: Check, object: TypedObject): void {
  defaultObject(check, object);
}

function defaultObject(check: Check, object: TypedObject): void {
  if (object.whole) fillFixed(object);
  special[object.type]?.(object, check);
  for (const field of object.fields.values()) {
    if (field.kind === "object") defaultObject(check, field);
    else if (field.kind === "list") defaultItems(check, field);
  }
}

function defaultItems(check: Check, list: TypedList): void {
  for (const item of list.items) if (item.kind === "object") defaultObject(check, item);
}

function fillFixed(object: TypedObject): void {
  for (const [name, type] of structs[object.type] ?? []) {
    if (!object.fields.has(name)) setObject(object, name, type);
  }
  for (const { name, value, overZero } of fixedDefaults[object.type] ?? []) {
    const field = object.fields.get(name);
    if (field === undefined || (overZero && isZero(field))) set(object, name, value);
  }
}

/** What Go cannot tell from a field that nobody set, where the field is no pointer. */
function isZero(field: Typed): boolean {
  return field.kind === "scalar" && (field.value === "" || field.value === 0 || field.value === 0n);
}

function set(object: TypedObject, name: string, value: TypedScalar["value"]): void {
  const { path, at } = spotOf(object, name);
  object.fields.set(name, { kind: "scalar", path, at, value });
}

function setUnknown(object: TypedObject, name: string): void {
  const { path, at } = spotOf(object, name);
  object.fields.set(name, { kind: "unknown", path, at });
}

function setObject(object: TypedObject, name: string, type: string): void {
  const { path, at } = spotOf(object, name);
  object.fields.set(name, { kind: "object", type, path, at, anchor: at, fields: new Map(), whole: true, nulls: undefined });
}

function setIfAbsent(object: TypedObject, name: string, value: TypedScalar["value"]): void {
  if (isAbsent(object, name)) set(object, name, value);
}

type Defaulting = (object: TypedObject, check: Check) => void;

const special: Readonly<Record<string, Defaulting | undefined>> = {
  Job: defaultJob,
  Container: defaultContainer,
  EphemeralContainer: defaultContainer,
  Volume: defaultVolume,
  PodSpec: defaultPod,
  PodTemplateSpec: dropOldAnnotations,
  PodFailurePolicyOnPodConditionsPattern: defaultCondition,
  ResourceRequirements: roundResources,
  VolumeResourceRequirements: roundResources,
};

function defaultJob(job: TypedObject, check: Check): void {
  const spec = objectOf(job, "spec");
  if (!spec) return;
  if (isAbsent(spec, "completions") && isAbsent(spec, "parallelism")) set(spec, "completions", 1);
  setIfAbsent(spec, "parallelism", 1);
  setIfAbsent(spec, "backoffLimit", isSet(spec, "backoffLimitPerIndex") ? largestInt32 : 6);
  setIfAbsent(spec, "completionMode", "NonIndexed");
  setIfAbsent(spec, "suspend", false);
  if (check.minor >= firstWithManualSelector) setIfAbsent(spec, "manualSelector", false);
  if (check.on("JobPodReplacementPolicy")) {
    setIfAbsent(spec, "podReplacementPolicy", isSet(spec, "podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
  }
  const meta = objectOf(job, "metadata");
  if (meta && isEmpty(meta, "labels")) copyLabels(meta, objectOf(spec, "template"));
}

function copyLabels(meta: TypedObject, template: TypedObject | undefined): void {
  const from = template && objectOf(template, "metadata");
  const labels = from && mapOf(from, "labels");
  if (!labels) return;
  const path = `${meta.path}.labels`;
  const entries = new Map([...labels.entries].map(([key, value]) => [key, { ...value, path: `${path}[${key}]` }]));
  meta.fields.set("labels", { ...labels, path, entries });
}

function defaultContainer(container: TypedObject): void {
  if (isBlank(container, "imagePullPolicy")) defaultPullPolicy(container, "imagePullPolicy", "image");
}

function defaultPullPolicy(owner: TypedObject, name: string, image: string): void {
  const text = textOf(owner, image) ?? (isAbsent(owner, image) ? "" : undefined);
  if (text === undefined) setUnknown(owner, name);
  else set(owner, name, isLatest(text) ? "Always" : "IfNotPresent");
}

function defaultVolume(volume: TypedObject, check: Check): void {
  const named = volume.fields.has("name") ? 1 : 0;
  if (volume.whole && volume.fields.size === named) setObject(volume, "emptyDir", "EmptyDirVolumeSource");
  const image = objectOf(volume, "image");
  if (image && check.on("ImageVolume") && isBlank(image, "pullPolicy")) defaultPullPolicy(image, "pullPolicy", "reference");
}

function defaultPod(pod: TypedObject, check: Check): void {
  const account = pod.fields.get("serviceAccount");
  if (account && isBlank(pod, "serviceAccountName")) {
    pod.fields.set("serviceAccountName", { ...account, path: spotOf(pod, "serviceAccountName").path });
  }
  const overhead = mapOf(pod, "overhead");
  if (overhead) pod.fields.set("overhead", rounded(overhead));
  if (check.minor > lastWithHostPorts || isAbsent(pod, "hostNetwork") || flagOf(pod, "hostNetwork") === false) return;
  for (const container of [...objectsOf(pod, "containers"), ...objectsOf(pod, "initContainers")]) {
    for (const port of objectsOf(container, "ports")) defaultHostPort(port, flagOf(pod, "hostNetwork") === true);
  }
}

function defaultHostPort(port: TypedObject, certain: boolean): void {
  const field = port.fields.get("hostPort");
  if (field === undefined ? !port.whole : !isZero(field)) return;
  const number = port.fields.get("containerPort");
  if (certain && number?.kind === "scalar") set(port, "hostPort", number.value);
  else if (!certain || number) setUnknown(port, "hostPort");
}

function defaultCondition(pattern: TypedObject, check: Check): void {
  if (check.kind === "CronJob" && check.minor < firstWithCronJobConditions) return;
  if (isBlank(pattern, "status")) set(pattern, "status", "True");
}

/** Annotations that once carried init containers. Source: dropInitContainerAnnotations in pkg/apis/core/v1/conversion.go */
const oldAnnotations: ReadonlySet<string> = new Set(
  ["init-containers", "init-container-statuses"].flatMap((name) => [`pod.beta.kubernetes.io/${name}`, `pod.alpha.kubernetes.io/${name}`]),
);

function dropOldAnnotations(template: TypedObject): void {
  const meta = objectOf(template, "metadata");
  const annotations = meta && mapOf(meta, "annotations");
  if (!annotations || ![...oldAnnotations].some((key) => annotations.entries.has(key))) return;
  const entries = new Map([...annotations.entries].filter(([key]) => !oldAnnotations.has(key)));
  meta.fields.set("annotations", { ...annotations, entries });
}

function roundResources(resources: TypedObject): void {
  for (const name of ["limits", "requests"]) {
    const map = mapOf(resources, name);
    if (map) resources.fields.set(name, rounded(map));
  }
}

/** Quantities rounded away from zero to thousandths. */
function rounded(map: TypedMap): TypedMap {
  let entries: Map<string, Typed> | undefined;
  for (const [key, value] of map.entries) {
    // Only a suffix below milli, a fraction or an exponent can be finer.
    if (value.kind !== "scalar" || !/[nu.eE]/.test(String(value.value))) continue;
    const amount = amountOf(value);
    if (amount === undefined || amount % milli === 0n) continue;
    const thousandths = amount / milli + (amount < 0n ? -1n : 1n);
    entries ??= new Map(map.entries);
    entries.set(key, { ...value, value: `${String(thousandths)}m` });
  }
  return entries ? { ...map, entries } : map;
}
