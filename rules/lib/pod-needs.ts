import { flag, itemLevel, level, type Level, list, type PodTemplate, type Present, text, textAt, type Unknown } from "#rule";

export type NeededKind = "ConfigMap" | "Secret" | "ServiceAccount" | "PersistentVolumeClaim";

/** An object without which no pod of the template starts. */
export interface PodNeed {
  readonly kind: NeededKind;
  /** Unknown when a template makes it: in a chart it can still be compared. */
  readonly name: Present<string> | Unknown;
}

/** All that is not optional, in writing order, also what templates name. */
export function needsOf({ spec, serviceAccountName, written }: PodTemplate): readonly PodNeed[] {
  return [
    ...named("ServiceAccount", serviceAccountName),
    ...written.flatMap(({ level: container }) => ofContainer(container)),
    ...items(spec, "volumes").flatMap(ofVolume),
  ];
}

function items(parent: Level, key: string): readonly Level[] {
  return list(parent, key, (node, path) => itemLevel(node, path, parent)).value ?? [];
}

function ofContainer(container: Level): readonly PodNeed[] {
  return [
    ...items(container, "envFrom").flatMap((source) => [
      ...required("ConfigMap", level(source, "configMapRef")),
      ...required("Secret", level(source, "secretRef")),
    ]),
    ...items(container, "env").flatMap((variable) => [
      ...required("ConfigMap", level(level(variable, "valueFrom"), "configMapKeyRef")),
      ...required("Secret", level(level(variable, "valueFrom"), "secretKeyRef")),
    ]),
  ];
}

function ofVolume(volume: Level): readonly PodNeed[] {
  return [
    ...required("ConfigMap", level(volume, "configMap")),
    ...required("Secret", level(volume, "secret"), "secretName"),
    ...required("PersistentVolumeClaim", level(volume, "persistentVolumeClaim"), "claimName"),
    ...items(level(volume, "projected"), "sources").flatMap((source) => [
      ...required("ConfigMap", level(source, "configMap")),
      ...required("Secret", level(source, "secret")),
    ]),
  ];
}

function required(kind: NeededKind, source: Level, key = "name"): readonly PodNeed[] {
  const optional = flag(source, "optional");
  if (source.state !== "present" || optional.state === "unknown" || optional.value === true) return [];
  return named(kind, text(source, key));
}

function named(kind: NeededKind, name: ReturnType<typeof text>): readonly PodNeed[] {
  return name.state === "absent" ? [] : [{ kind, name }];
}

const action = /\{\{-?(.{0,300}?)-?\}\}/gs;
/** Means the same wherever it stands in a chart. */
const global = /^\s*\(?\s*(?:(?:include|template|printf)\s+"[^"]{0,200}"\s+(?:\$|\.|\()|\$?\.(?:Values|Release|Chart)\.)/;
const longest = 300;

/**
 * What two names of one chart must share to be the same: the text itself, or that of the template that makes it. Undefined where
 * the same template may make another text.
 */
export function sameName(name: Present<string> | Unknown): string | undefined {
  if (name.state === "present") return name.value;
  const written = textAt(name.place).replace(/^(["'])(.*)\1$/s, "$2");
  if (written.length > longest) return undefined;
  const bodies = [...written.matchAll(action)].map(([, body = ""]) => body);
  if (bodies.length === 0 || bodies.some((body) => !global.test(body))) return undefined;
  return written.replaceAll(/\s+/g, " ").replaceAll(/\{\{-? ?/g, "{{ ").replaceAll(/ ?-?\}\}/g, " }}");
}
