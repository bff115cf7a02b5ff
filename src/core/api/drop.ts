import type { Check } from "./check.js";
import type { GatedField, Lowered } from "./lower.js";
import { relocated } from "./relocate.js";
import { listOf, objectOf, objectsOf, textOf, type Typed, type TypedObject } from "./typed.js";

const containerLists = ["containers", "initContainers", "ephemeralContainers"] as const;

/** dropContainerRestartRules came with the gate; before, a container's restartPolicy is kept and refused. */
const firstWithRestartRules = 34;
/** The action came with the gate; before, it is refused. */
const firstWithFailIndex = 28;

/** A container, and the list it stands in. */
interface Placed {
  readonly container: TypedObject;
  readonly list: (typeof containerLists)[number];
}

/**
 * Takes out the fields that the server loses because their gate is off; their paths, without those below another.
 * Source: PrepareForCreate in pkg/registry/batch/{job,cronjob}/strategy.go and dropDisabledFields in pkg/api/pod/util.go
 */
export function dropDisabled(check: Check, { gated, object }: Lowered): readonly string[] {
  const dropped = new Set<string>();
  const images: TypedObject[] = [];
  for (const field of gated) {
    if (field.gate === "ImageVolume") images.push(field.owner);
    else dropGated(check, field, dropped);
  }
  const pod = podOf(check, object);
  if (pod) {
    const placed = containerLists.flatMap((list) => objectsOf(pod, list).map((container) => ({ container, list })));
    for (const one of placed) dropOfContainer(check, one, dropped);
    if (images.length > 0) dropImageVolumes(pod, new Set(images), placed, dropped);
  }
  dropFailIndexRules(check, object, dropped);
  return [...dropped].filter((path) => !hasAncestor(path, dropped));
}

function isOff(check: Check, gate: Parameters<Check["on"]>[0]): boolean {
  return !check.on(gate);
}

function hasAncestor(path: string, paths: ReadonlySet<string>): boolean {
  for (let index = 1; index < path.length; index++) {
    const character = path.charAt(index);
    if ((character === "." || character === "[") && paths.has(path.slice(0, index))) return true;
  }
  return false;
}

function podOf(check: Check, root: TypedObject): TypedObject | undefined {
  let object = objectOf(root, "spec");
  const steps = check.kind === "CronJob" ? ["jobTemplate", "spec", "template", "spec"] : ["template", "spec"];
  for (const step of steps) object &&= objectOf(object, step);
  return object;
}

/** An empty list is written by no client of Go, so nobody misses it. */
function isNothing(field: Typed): boolean {
  return (field.kind === "list" && field.items.length === 0) || (field.kind === "map" && field.entries.size === 0);
}

function drop(owner: TypedObject, name: string, dropped: Set<string>): void {
  const field = owner.fields.get(name);
  if (!field) return;
  owner.fields.delete(name);
  if (!isNothing(field)) dropped.add(field.path);
}

function dropGated(check: Check, { owner, name, gate, jobsOnly }: GatedField, dropped: Set<string>): void {
  if (jobsOnly && check.kind === "CronJob") return;
  const field = owner.fields.get(name);
  if (!field) return;
  // A readiness probe keeps its own, and is refused for it.
  if (gate === "ProbeTerminationGracePeriod" && owner.path.endsWith(".readinessProbe")) return;
  if (gate === "ProcMountType") {
    owner.fields.set(name, { kind: "scalar", path: field.path, at: field.at, value: "Default" });
    return;
  }
  drop(owner, name, dropped);
}

function dropOfContainer(check: Check, { container, list }: Placed, dropped: Set<string>): void {
  const init = list === "initContainers";
  const policy = textOf(container, "restartPolicy");
  if (isOff(check, "SidecarContainers") && init) drop(container, "restartPolicy", dropped);
  const lost = check.minor >= firstWithRestartRules && isOff(check, "ContainerRestartRules");
  if (lost && (!init || (policy !== undefined && policy !== "Always"))) drop(container, "restartPolicy", dropped);
  // The gates of Container's fields; EphemeralContainer has the same ones.
  if (list === "ephemeralContainers") {
    if (isOff(check, "InPlacePodVerticalScaling")) drop(container, "resizePolicy", dropped);
    if (isOff(check, "ContainerRestartRules")) drop(container, "restartPolicyRules", dropped);
  }
  const lifecycle = objectOf(container, "lifecycle");
  if (lifecycle?.whole && lifecycle.fields.size === 0 && dropped.has(`${lifecycle.path}.stopSignal`)) drop(container, "lifecycle", dropped);
}

/** The volumes go, and the mounts of them. The items behind move up, which the paths of errors show. */
function dropImageVolumes(pod: TypedObject, images: ReadonlySet<Typed>, placed: readonly Placed[], dropped: Set<string>): void {
  const names = new Set([...images].flatMap((volume) => (volume.kind === "object" ? [textOf(volume, "name") ?? ""] : [])));
  filterList(pod, "volumes", (volume) => !images.has(volume), dropped);
  const isMount = (mount: Typed): boolean => mount.kind === "object" && names.has(textOf(mount, "name") ?? "");
  for (const { container } of placed) filterList(container, "volumeMounts", (mount) => !isMount(mount), dropped);
}

function filterList(owner: TypedObject, name: string, keeps: (item: Typed) => boolean, dropped: Set<string>): void {
  const list = listOf(owner, name);
  if (!list) return;
  const kept = list.items.filter(keeps);
  if (kept.length === list.items.length) return;
  dropped.add(list.path);
  if (kept.length === 0 && list.whole) owner.fields.delete(name);
  else owner.fields.set(name, { ...list, items: kept.map((item, index) => relocated(item, `${list.path}[${String(index)}]`)) });
}

function dropFailIndexRules(check: Check, job: TypedObject, dropped: Set<string>): void {
  if (check.kind !== "Job" || check.minor < firstWithFailIndex || !isOff(check, "JobBackoffLimitPerIndex")) return;
  const spec = objectOf(job, "spec");
  const policy = spec && objectOf(spec, "podFailurePolicy");
  if (policy) filterList(policy, "rules", (rule) => rule.kind !== "object" || textOf(rule, "action") !== "FailIndex", dropped);
}
