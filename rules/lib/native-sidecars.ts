import { type Container, type Edit, moveItem } from "#rule";

/**
 * What became of `restartPolicy` of a single container, by Kubernetes minor, with feature gates at their defaults.
 * Sources: SidecarContainers and ContainerRestartRules in pkg/features/kube_features.go; dropDisabledFields in pkg/api/pod/util.go;
 * validateContainers in pkg/apis/core/validation/validation.go.
 */
export const ownRestartPolicy = {
  /** An init container with `Always` goes on beside the others: beta and on. The field exists one minor longer, and is dropped there. */
  sidecarsFrom: "1.29",
  /** The others may have one too, and the kubelet obeys: beta and on. One minor before it is dropped, before that refused. */
  anyContainerFrom: "1.35",
} as const;

/** Makes a main container a native sidecar. No edit where its lines cannot be moved as they are. */
export function toInitContainers(container: Container): readonly Edit[] {
  const { pod, restartPolicy } = container;
  const { containers } = pod;
  const index = containers.state === "present" ? containers.value.indexOf(container) : -1;
  if (index < 0 || restartPolicy.state === "unknown") return [];
  const add = restartPolicy.state === "absent" ? { add: "restartPolicy: Always" } : {};
  return moveItem(pod.spec, containers, index, { to: "initContainers", ...add });
}
