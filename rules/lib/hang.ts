import { type Job, type Level, type RunTime, text } from "#rule";

/** Nothing it does can hang, and it waits for nothing that may not be there: a volume, a Secret or a ConfigMap. */
export function cannotHang({ pod }: Job, { most }: RunTime): boolean {
  if (most === null || pod.volumes.state === "unknown") return false;
  const mounts = (pod.volumes.value ?? []).some((volume) => !onlyHas(volume, ["name", "emptyDir", "downwardAPI"]));
  return !mounts && !pod.written.some(({ level, env }) => isWritten(level, "envFrom") || (env.value ?? []).some(refersToObject));
}

function refersToObject(variable: Level): boolean {
  const source = variable.mapping?.entries.find(({ key }) => key.text === "valueFrom")?.value;
  if (!source) return false;
  return source.kind !== "mapping" || !source.entries.every(({ key }) => ["fieldRef", "resourceFieldRef"].includes(key.text));
}

function onlyHas({ mapping }: Level, keys: readonly string[]): boolean {
  return mapping?.entries.every(({ key }) => keys.includes(key.text)) ?? false;
}

function isWritten(level: Level, key: string): boolean {
  return text(level, key).state !== "absent";
}
