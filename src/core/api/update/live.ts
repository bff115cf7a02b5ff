import type { Check } from "../check.js";
import { flagOf, mapOf, objectOf, objectsOf, spotOf, textOf, type Typed, type TypedMap, type TypedObject } from "../typed.js";

/** From this minor on the generated labels also have a prefix. Source: generateSelector in pkg/registry/batch/job/strategy.go */
const prefixedFrom = 27;
const prefix = "batch.kubernetes.io/";

/** Stands for the uid that the server gave: random, so that no manifest can know it. */
export const liveUid = "00000000-0000-4000-8000-000000000000";

/** The labels that the server gives to the pods of a Job without manualSelector, and the one that it selects them by. */
export function generatedLabels(check: Check, name: string): { readonly labels: ReadonlyMap<string, string>; readonly selected: string } {
  const prefixes = check.minor >= prefixedFrom ? ["", prefix] : [""];
  const labels = new Map(prefixes.flatMap((one) => [[`${one}job-name`, name] as const, [`${one}controller-uid`, liveUid] as const]));
  return { labels, selected: `${prefixes.at(-1) ?? ""}controller-uid` };
}

/** What a server does not take from a manifest. Source: BeforeCreate in k8s.io/apiserver/pkg/registry/rest/create.go */
const ownMetadata = [
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "selfLink",
  "managedFields",
  "clusterName",
];

/** Adds, in place, what the server adds to a Job that it has accepted. */
export function makeLive(check: Check, object: TypedObject): void {
  const metadata = objectOf(object, "metadata");
  const spec = objectOf(object, "spec");
  object.fields.delete("status");
  if (!metadata || !spec) return;
  for (const name of ownMetadata) metadata.fields.delete(name);
  const base = textOf(metadata, "generateName");
  const { path, at } = spotOf(metadata, "name");
  // Five random letters in place of these.
  if (base !== undefined && !textOf(metadata, "name")) metadata.fields.set("name", { kind: "scalar", path, at, value: `${base}zzzzz` });
  const pod = podSpecOf(check, spec);
  if (pod) keepAccount(pod);
  if (pod) dropBlankNames(pod);
  if (check.kind === "CronJob" || flagOf(spec, "manualSelector") === true) return;
  const { labels, selected } = generatedLabels(check, textOf(metadata, "name") ?? "");
  const template = objectOf(spec, "template");
  const podMetadata = template && objectOf(template, "metadata");
  if (podMetadata) addEntries(podMetadata, "labels", labels);
  if (!spec.fields.has("selector")) {
    const spot = spotOf(spec, "selector");
    const selector: TypedObject = {
      kind: "object",
      type: "LabelSelector",
      path: spot.path,
      at: spot.at,
      anchor: spot.at,
      fields: new Map(),
      whole: true,
      nulls: undefined,
    };
    spec.fields.set("selector", selector);
  }
  const selector = objectOf(spec, "selector");
  if (selector) addEntries(selector, "matchLabels", new Map([[selected, liveUid]]));
}

/** A server hands the account out under its old name too. Source: Convert_core_PodSpec_To_v1_PodSpec in pkg/apis/core/v1/conversion.go */
function keepAccount(pod: TypedObject): void {
  const account = pod.fields.get("serviceAccountName");
  if (account) pod.fields.set("serviceAccount", { ...account, path: spotOf(pod, "serviceAccount").path });
}

/** What is empty is not written out again, and kubectl then misses the key of the item. */
function dropBlankNames(pod: TypedObject): void {
  for (const secret of objectsOf(pod, "imagePullSecrets")) if (textOf(secret, "name") === "") secret.fields.delete("name");
}

function podSpecOf({ kind }: Check, spec: TypedObject): TypedObject | undefined {
  const jobTemplate = objectOf(spec, "jobTemplate");
  const jobSpec = kind === "CronJob" ? jobTemplate && objectOf(jobTemplate, "spec") : spec;
  const template = jobSpec && objectOf(jobSpec, "template");
  return template && objectOf(template, "spec");
}

function addEntries(owner: TypedObject, name: string, added: ReadonlyMap<string, string>): void {
  const field = owner.fields.get(name);
  if (field?.kind === "unknown") return;
  const { path, at } = spotOf(owner, name);
  const written = mapOf(owner, name);
  const entries = new Map<string, Typed>(written?.entries);
  for (const [key, value] of added) if (!entries.has(key)) entries.set(key, { kind: "scalar", path: `${path}[${key}]`, at, value });
  const map: TypedMap = { kind: "map", path, at, entries, keys: written?.keys ?? new Map(), whole: written?.whole ?? true };
  owner.fields.set(name, map);
}

const uidShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A manifest that was read from the cluster may well have the live object's uid: whatever looks like one is taken for it. */
export function acceptUids(object: TypedObject): void {
  const metadata = objectOf(object, "metadata");
  const spec = objectOf(object, "spec");
  const template = spec && objectOf(spec, "template");
  const selector = spec && objectOf(spec, "selector");
  if (metadata && uidShape.test(textOf(metadata, "uid") ?? "")) metadata.fields.delete("uid");
  acceptUid(template && objectOf(template, "metadata"), "labels");
  acceptUid(selector, "matchLabels");
}

function acceptUid(owner: TypedObject | undefined, name: string): void {
  const map = owner && mapOf(owner, name);
  if (!map) return;
  const entries = new Map(map.entries);
  for (const key of ["controller-uid", `${prefix}controller-uid`]) {
    const value = map.entries.get(key);
    if (value?.kind === "scalar" && uidShape.test(String(value.value))) entries.set(key, { ...value, value: liveUid });
  }
  owner.fields.set(name, { ...map, entries });
}
