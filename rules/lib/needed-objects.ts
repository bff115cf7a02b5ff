import { type Container, type Field, flag, itemLevel, type Level, level, list, type PodTemplate, type Present, text } from "#rule";

export type Referred = "ConfigMap" | "Secret" | "ServiceAccount" | "PersistentVolumeClaim" | "PriorityClass";

/** A name in a pod that stands for another object. */
export interface Reference {
  readonly kind: Referred;
  readonly at: Present<string>;
  /** A key that the object must have. */
  readonly key?: Present<string>;
  /** The pod runs without it. */
  readonly lenient: boolean;
}

/** What a pod cannot do without; what is optional, or a template's, is left out. */
export function referencesOf(pod: PodTemplate): readonly Reference[] {
  const { spec } = pod;
  return [
    ...volumes(spec),
    ...pod.written.flatMap(ofContainer),
    ...named("ServiceAccount", text(spec, "serviceAccountName")),
    ...named("PriorityClass", text(spec, "priorityClassName")),
    ...items(spec, "imagePullSecrets").flatMap((own) => named("Secret", text(own, "name"), true)),
  ];
}

function items(parent: Level, key: string): readonly Level[] {
  return list(parent, key, (node, path) => itemLevel(node, path, parent)).value ?? [];
}

function named(kind: Referred, at: Field<string>, lenient = false): readonly Reference[] {
  return at.state === "present" && at.value !== "" ? [{ kind, at, lenient }] : [];
}

function volumes(spec: Level): readonly Reference[] {
  return items(spec, "volumes").flatMap((volume) => {
    const sources = items(level(volume, "projected"), "sources");
    return [
      ...mounted("ConfigMap", level(volume, "configMap"), "name"),
      ...mounted("Secret", level(volume, "secret"), "secretName"),
      ...named("PersistentVolumeClaim", text(level(volume, "persistentVolumeClaim"), "claimName")),
      ...sources.flatMap((one) => mounted("ConfigMap", level(one, "configMap"), "name")),
      ...sources.flatMap((one) => mounted("Secret", level(one, "secret"), "name")),
    ];
  });
}

function mounted(kind: Referred, source: Level, key: string): readonly Reference[] {
  if (isOptional(source)) return [];
  const whole = named(kind, text(source, key));
  return whole.flatMap((one) => [one, ...items(source, "items").flatMap((item) => withKey(one, text(item, "key")))]);
}

function ofContainer({ level: own }: Container): readonly Reference[] {
  const whole = items(own, "envFrom").flatMap((from) => {
    return [...mounted("ConfigMap", level(from, "configMapRef"), "name"), ...mounted("Secret", level(from, "secretRef"), "name")];
  });
  const single = items(own, "env").flatMap((variable) => {
    const from = level(variable, "valueFrom");
    return [...keyed("ConfigMap", level(from, "configMapKeyRef")), ...keyed("Secret", level(from, "secretKeyRef"))];
  });
  return [...whole, ...single];
}

function keyed(kind: Referred, from: Level): readonly Reference[] {
  if (isOptional(from)) return [];
  return named(kind, text(from, "name")).flatMap((one) => [one, ...withKey(one, text(from, "key"))]);
}

function withKey(one: Reference, key: Field<string>): readonly Reference[] {
  return key.state === "present" ? [{ ...one, key }] : [];
}

function isOptional(source: Level): boolean {
  const optional = flag(source, "optional");
  return optional.state === "unknown" || optional.value === true;
}
