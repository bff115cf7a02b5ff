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
