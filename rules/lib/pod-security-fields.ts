import { type Field, itemLevel, type Level, level, list, type PodTemplate, scalar, text } from "#rule";

type Scalar = ReturnType<typeof scalar>;

interface Contexts {
  readonly pod: Level;
  readonly containers: readonly Level[];
  /** Those of them that stand there, for checks that what is missing passes. */
  readonly written: readonly Level[];
  readonly writtenInContainers: readonly Level[];
}

/** Nearly every check asks. */
const known = new WeakMap<PodTemplate, Contexts>();

/** The `securityContext` of a pod and of each container that is written. */
export function contexts(template: PodTemplate): Contexts {
  const found = known.get(template);
  if (found) return found;
  const { spec, written } = template;
  const pod = level(spec, "securityContext");
  const containers = written.map((one) => level(one.level, "securityContext"));
  const isWritten = ({ state }: Level): boolean => state === "present";
  const made = { pod, containers, written: [pod, ...containers].filter(isWritten), writtenInContainers: containers.filter(isWritten) };
  known.set(template, made);
  return made;
}

/** One field of each container's `securityContext`. */
export function namedFields(pod: PodTemplate, key: string): readonly Scalar[] {
  return contexts(pod).containers.map((own) => scalar(own, key));
}

export function isTrue({ value }: Scalar): boolean {
  return value?.value === true;
}

export function volumesOf({ spec }: PodTemplate): readonly Level[] {
  return list(spec, "volumes", (node, path) => itemLevel(node, path, spec)).value ?? [];
}

/** Where probes and lifecycle hooks name a host. */
export function probeHosts({ written }: PodTemplate): readonly Field<string>[] {
  return written.flatMap(({ level: own }) => {
    const hooks = level(own, "lifecycle");
    const probes = ["livenessProbe", "readinessProbe", "startupProbe"].map((key) => level(own, key));
    const handlers = [...probes, level(hooks, "postStart"), level(hooks, "preStop")].filter(({ state }) => state === "present");
    return handlers.flatMap((handler) => [text(level(handler, "httpGet"), "host"), text(level(handler, "tcpSocket"), "host")]);
  });
}
