/**
 * What the API server warns about although it accepts it, because it is deprecated or has no effect any more. Data, each with the
 * function of Kubernetes that does it. `from` is the first minor whose server warns (31 of 1.31), where that is not 1.24.
 */

const pod = "pkg/api/pod/warnings.go warningsForPodSpecAndMeta";
const node = "pkg/api/node/util.go deprecatedNodeLabels";

/** Labels of nodes that gave way to others. */
export interface DeprecatedLabel {
  readonly label: string;
  readonly since?: string;
  readonly instead?: string;
  readonly from?: number;
  readonly source: string;
}

export const nodeLabels: readonly DeprecatedLabel[] = [
  { label: "beta.kubernetes.io/arch", since: "1.14", instead: "kubernetes.io/arch", source: node },
  { label: "beta.kubernetes.io/os", since: "1.14", instead: "kubernetes.io/os", source: node },
  { label: "failure-domain.beta.kubernetes.io/region", since: "1.17", instead: "topology.kubernetes.io/region", source: node },
  { label: "failure-domain.beta.kubernetes.io/zone", since: "1.17", instead: "topology.kubernetes.io/zone", source: node },
  { label: "beta.kubernetes.io/instance-type", since: "1.17", instead: "node.kubernetes.io/instance-type", source: node },
  { label: "app.kubernetes.io/created-by", since: "1.9", from: 31, source: node },
  { label: "scheduler.alpha.kubernetes.io/preferAvoidPods", since: "1.22", instead: "taints and tolerations", from: 31, source: node },
  { label: "node-role.kubernetes.io/master", instead: "node-role.kubernetes.io/control-plane", from: 31, source: node },
];

/** Annotations of pods whose meaning moved to a field. */
export interface DeprecatedAnnotation {
  readonly annotation: string;
  /** From this release on it does nothing. */
  readonly ended: string;
  /** The field of a pod that took over. */
  readonly field: string;
  readonly source: string;
}

export const annotations: readonly DeprecatedAnnotation[] = [
  { annotation: "scheduler.alpha.kubernetes.io/critical-pod", ended: "1.16", field: "priorityClassName", source: pod },
  { annotation: "security.alpha.kubernetes.io/sysctls", ended: "1.11", field: "sysctls", source: pod },
  { annotation: "security.alpha.kubernetes.io/unsafe-sysctls", ended: "1.11", field: "sysctls", source: pod },
];

/** Annotations that name a profile, for the pod or with a container's name behind the slash. */
export const profileAnnotations = {
  seccompPod: { annotation: "seccomp.security.alpha.kubernetes.io/pod", ended: "1.27", source: pod },
  seccompContainer: { prefix: "container.seccomp.security.alpha.kubernetes.io/", ended: "1.27", source: pod },
  appArmor: { prefix: "container.apparmor.security.beta.kubernetes.io/", since: "1.30", from: 30, source: pod },
} as const;

/** Volumes whose driver left Kubernetes. */
export interface DeprecatedVolume {
  readonly field: string;
  /** How the server writes the field, where not as in a manifest. */
  readonly path?: string;
  readonly since: string;
  /** From this release on pods with it do not start, unless somebody turns it on again. */
  readonly ended: string;
  readonly instead: string;
  readonly from?: number;
  readonly source: string;
}

const driver = "a CSI driver";

export const volumes: readonly DeprecatedVolume[] = [
  { field: "photonPersistentDisk", since: "1.11", ended: "1.16", instead: driver, source: pod },
  { field: "gitRepo", since: "1.11", ended: "1.33", instead: "an emptyDir and an init container that clones", source: pod },
  { field: "scaleIO", since: "1.16", ended: "1.22", instead: driver, source: pod },
  { field: "flocker", since: "1.22", ended: "1.25", instead: driver, source: pod },
  { field: "storageos", path: "storageOS", since: "1.22", ended: "1.25", instead: driver, source: pod },
  { field: "quobyte", since: "1.22", ended: "1.25", instead: driver, source: pod },
  { field: "glusterfs", since: "1.25", ended: "1.26", instead: driver, from: 25, source: pod },
  { field: "cephfs", since: "1.28", ended: "1.31", instead: driver, from: 28, source: pod },
  { field: "rbd", since: "1.28", ended: "1.31", instead: driver, from: 28, source: pod },
];
