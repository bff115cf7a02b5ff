import type { KubernetesObject } from "#rule";

/**
 * The namespace of an object; empty for the one that is chosen when it is applied, undefined when a template says it. Objects that
 * surely share a namespace have the same home: what has none may go to any.
 */
export function homeOf({ metadata: { namespace } }: Pick<KubernetesObject, "metadata">): string | undefined {
  return namespace.state === "unknown" ? undefined : (namespace.value ?? "");
}

/** The same in words: `in namespace shop`, or nothing. */
export function inHome(home: string): string {
  return home === "" ? "" : ` in namespace ${home}`;
}
