import { type Container, type Field, flag, itemLevel, type Level, level, list, type PodTemplate, text, textAt } from "#rule";

/** A name in a pod that stands for another object. */
export interface Reference {
  readonly kind: string;
  readonly name: Field<string>;
}

/** The ConfigMaps, Secrets, claims and the ServiceAccount that a pod cannot do without. */
export function referencesOf(pod: PodTemplate): readonly Reference[] {
  const { spec } = pod;
  const account = { kind: "ServiceAccount", name: text(spec, "serviceAccountName") };
  return [...volumes(spec), ...pod.written.flatMap(ofContainer), account].filter(({ name }) => name.state !== "absent");
}

function items(parent: Level, key: string): readonly Level[] {
  return list(parent, key, (node, path) => itemLevel(node, path, parent)).value ?? [];
}

function volumes(spec: Level): readonly Reference[] {
  return items(spec, "volumes").flatMap((volume) => {
    const projected = items(level(volume, "projected"), "sources").flatMap((one) => [
      ...needed("ConfigMap", level(one, "configMap"), "name"),
      ...needed("Secret", level(one, "secret"), "name"),
    ]);
    return [
      ...needed("ConfigMap", level(volume, "configMap"), "name"),
      ...needed("Secret", level(volume, "secret"), "secretName"),
      ...needed("PersistentVolumeClaim", level(volume, "persistentVolumeClaim"), "claimName"),
      ...projected,
    ];
  });
}

function ofContainer({ level: own }: Container): readonly Reference[] {
  const sources = [
    ...items(own, "envFrom").map((from) => [level(from, "configMapRef"), level(from, "secretRef")] as const),
    ...items(own, "env").map((one) => {
      const from = level(one, "valueFrom");
      return [level(from, "configMapKeyRef"), level(from, "secretKeyRef")] as const;
    }),
  ];
  return sources.flatMap(([map, secret]) => [...needed("ConfigMap", map, "name"), ...needed("Secret", secret, "name")]);
}

/** What is optional, or may be, is not waited for. */
function needed(kind: string, source: Level, key: string): readonly Reference[] {
  const optional = flag(source, "optional");
  if (source.state !== "present" || optional.value === true || optional.state === "unknown") return [];
  return [{ kind, name: text(source, key) }];
}

/** What two names have in common that are surely equal: the name, or the template that gives it. */
export function sameName(name: Field<string>): string | undefined {
  if (name.state === "present") return name.value;
  const written = name.state === "unknown" ? textAt(name.place).trim().replace(/\s+/g, " ") : "";
  return written.includes("{{") ? written : undefined;
}
