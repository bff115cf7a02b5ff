import { type Container, type Field, keysOf, type Level, level, list, itemLevel, text } from "#rule";

/** What a path in a container stands on. */
export type Storage =
  | { readonly kind: "empty-dir"; readonly volume: string; readonly level: Level }
  /** The container's own layer. */
  | { readonly kind: "container" }
  | { readonly kind: "volume" };

/** Undefined when a template hides it, or when the path is not known well enough. */
export function storageAt(container: Container, path: string): Storage | undefined {
  const mounts = mountsOf(container);
  if (mounts.state === "unknown" || container.pod.volumes.state === "unknown") return undefined;
  const places = (mounts.value ?? []).map((mount) => ({ mount, at: text(mount, "mountPath") }));
  if (places.some(({ at }) => at.state !== "present")) return undefined;
  // What stands in a relative path depends on the image.
  if (!path.startsWith("/")) return places.length === 0 && /^[\w.]/.test(path) ? { kind: "container" } : undefined;
  const around = places.filter(({ at }) => isWithin(path, at.value ?? ""));
  around.sort((a, b) => (b.at.value ?? "").length - (a.at.value ?? "").length);
  const [nearest] = around;
  if (nearest === undefined) return places.some(({ at }) => (at.value ?? "").startsWith(path)) ? undefined : { kind: "container" };
  const name = text(nearest.mount, "name");
  const volume = container.pod.volumes.value?.find((one) => text(one, "name").value === name.value);
  if (name.state !== "present" || volume === undefined) return undefined;
  if (!keysOf(volume).some((key) => key.text === "emptyDir")) return { kind: "volume" };
  return { kind: "empty-dir", volume: name.value, level: level(volume, "emptyDir") };
}

export function mountsOf({ level: own, pod }: Container): Field<readonly Level[]> {
  return list(own, "volumeMounts", (node, path) => itemLevel(node, path, pod.spec));
}

function isWithin(path: string, folder: string): boolean {
  const root = folder.replace(/\/+$/, "");
  return path === root || path.startsWith(`${root}/`);
}
