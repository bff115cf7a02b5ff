import { type Fact, type FactAt, flag, itemLevel, type Job, level, type Level, list, type OtherObject, text, texts, integer } from "#rule";

/** A claim whose access modes let one node at a time have it. */
export interface Claim {
  readonly sort: "claim";
  /** Of a StatefulSet's template: the name up to the number. */
  readonly name: string;
  readonly numbered: boolean;
  /** One pod at a time, not one node. */
  readonly oncePod: boolean;
}

/** Mounts in pods that never end. */
export interface Holder {
  readonly sort: "holder";
  readonly claims: readonly string[];
}

/** Storage that is bound to a node, which pods then follow, that several nodes can have, or about which nothing is known. */
const harmless = /local|host-?path|nfs|efs|cephfs|azure-?file|smb|gluster|filestore|^manual$|^$/i;
/** The name stands for itself, or for a StatefulSet's claims. */
const once = "ReadWriteOnce";
const oncePod = "ReadWriteOncePod";

/** The claim that a PersistentVolumeClaim, or a template for one, makes: only such that are exclusive. */
export function claimsOf(object: OtherObject): readonly FactAt<Claim>[] {
  const { kind, metadata, root } = object;
  const { name } = metadata;
  if (name.state !== "present") return [];
  if (kind === "PersistentVolumeClaim")
    return exclusive(level(root, "spec")).map((one) => ({ at: name, data: { ...one, name: name.value } }));
  if (kind !== "StatefulSet") return [];
  const templates = list(level(root, "spec"), "volumeClaimTemplates", (node, path) => itemLevel(node, path, root)).value ?? [];
  return templates.flatMap((template) => {
    const own = text(level(template, "metadata"), "name");
    if (own.state !== "present") return [];
    const data = { name: `${own.value}-${name.value}-`, numbered: true };
    return exclusive(level(template, "spec")).map((one) => ({ at: own, data: { ...one, ...data } }));
  });
}

function exclusive(spec: Level): readonly Claim[] {
  const modes = (texts(spec, "accessModes").value ?? []).map(({ value }) => value ?? "");
  const storageClass = text(spec, "storageClassName");
  const isOpen = storageClass.state === "unknown" || (storageClass.state === "present" && harmless.test(storageClass.value));
  if (modes.length === 0 || isOpen || modes.some((mode) => mode !== once && mode !== oncePod)) return [];
  return [{ sort: "claim", name: "", numbered: false, oncePod: modes.every((mode) => mode === oncePod) }];
}

/** What the pods of a Deployment or StatefulSet mount all the time. */
export function holderOf({ kind, metadata, root }: OtherObject): readonly FactAt<Holder>[] {
  const spec = level(root, "spec");
  const claims = claimNames(level(level(spec, "template"), "spec"));
  const templates =
    kind === "StatefulSet" ? (list(spec, "volumeClaimTemplates", (node, path) => itemLevel(node, path, root)).value ?? []) : [];
  const own = templates
    .flatMap((template) => text(level(template, "metadata"), "name").value ?? [])
    .map((name) => `${name}-${metadata.name.value ?? ""}-`);
  if (integer(spec, "replicas").value === 0 || claims.length + own.length === 0) return [];
  return [{ at: metadata.name, data: { sort: "holder", claims: [...claims.map(({ value }) => value), ...own] } }];
}

/** The claims that a pod mounts, where they are named. */
export function claimNames(podSpec: Level) {
  const volumes = list(podSpec, "volumes", (node, path) => itemLevel(node, path, podSpec)).value ?? [];
  return volumes.flatMap((volume) => {
    const claim = text(level(volume, "persistentVolumeClaim"), "claimName");
    return claim.state === "present" ? [claim] : [];
  });
}

/** Somebody has said on which node the pods run, or beside which others. */
export function isPlaced({ pod: { spec } }: Job): boolean {
  const placing = ["affinity", "nodeSelector"].some((key) => level(spec, key).state !== "absent");
  return placing || text(spec, "nodeName").state !== "absent" || flag(spec, "hostNetwork").state === "unknown";
}

/** Whether a claim is the one that a pod names. */
export function isNamed({ name, numbered }: Claim, claimed: string): boolean {
  return numbered ? claimed.startsWith(name) && /^\d+$/.test(claimed.slice(name.length)) : claimed === name;
}

/** Objects without a namespace go to the one that is chosen when they are applied. */
export function meetIn({ object: { namespace: a } }: Fact, { object: { namespace: b } }: Fact): boolean {
  return a === b || a === undefined || b === undefined;
}
