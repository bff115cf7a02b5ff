/**
 * Scalars that are pointers in Go: a written 0, false or "" differs from an absent field. In all other fields it does not.
 * Source: k8s.io/api/{batch,core}/v1/types.go of v0.24.17 to v0.36.3
 */
const names: Readonly<Record<string, string>> = {
  AppArmorProfile: "localhostProfile",
  AzureDiskVolumeSource: "cachingMode fsType kind readOnly",
  CSIVolumeSource: "fsType readOnly",
  ClaimSource: "resourceClaimName resourceClaimTemplateName",
  ClusterTrustBundleProjection: "name optional signerName",
  ConfigMapEnvSource: "optional",
  ConfigMapKeySelector: "optional",
  ConfigMapProjection: "optional",
  ConfigMapVolumeSource: "defaultMode optional",
  Container: "restartPolicy",
  CronJobSpec: "failedJobsHistoryLimit startingDeadlineSeconds successfulJobsHistoryLimit suspend timeZone",
  DownwardAPIVolumeFile: "mode",
  DownwardAPIVolumeSource: "defaultMode",
  EmptyDirVolumeSource: "sizeLimit",
  EphemeralContainer: "restartPolicy",
  FCVolumeSource: "lun",
  FileKeySelector: "optional",
  GRPCAction: "service",
  HostPathVolumeSource: "type",
  ISCSIVolumeSource: "initiatorName",
  JobSpec:
    "activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector maxFailedIndexes " +
    "parallelism podReplacementPolicy suspend ttlSecondsAfterFinished",
  KeyToPath: "mode",
  Lifecycle: "stopSignal",
  ObjectMeta: "deletionGracePeriodSeconds deletionTimestamp",
  OwnerReference: "blockOwnerDeletion controller",
  PersistentVolumeClaimSpec: "storageClassName volumeAttributesClassName volumeMode",
  PodCertificateProjection: "maxExpirationSeconds",
  PodDNSConfigOption: "value",
  PodFailurePolicyOnExitCodesRequirement: "containerName",
  PodResourceClaim: "resourceClaimName resourceClaimTemplateName",
  PodSchedulingGroup: "podGroupName",
  PodSecurityContext: "fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxChangePolicy supplementalGroupsPolicy",
  PodSpec:
    "activeDeadlineSeconds automountServiceAccountToken enableServiceLinks hostUsers hostnameOverride preemptionPolicy priority " +
    "runtimeClassName setHostnameAsFQDN shareProcessNamespace terminationGracePeriodSeconds",
  Probe: "terminationGracePeriodSeconds",
  ProjectedVolumeSource: "defaultMode",
  SeccompProfile: "localhostProfile",
  SecretEnvSource: "optional",
  SecretKeySelector: "optional",
  SecretProjection: "optional",
  SecretVolumeSource: "defaultMode optional",
  SecurityContext: "allowPrivilegeEscalation privileged procMount readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser",
  ServiceAccountTokenProjection: "expirationSeconds",
  SuccessPolicyRule: "succeededCount succeededIndexes",
  Toleration: "tolerationSeconds",
  TopologySpreadConstraint: "minDomains nodeAffinityPolicy nodeTaintsPolicy",
  TypedLocalObjectReference: "apiGroup",
  TypedObjectReference: "apiGroup namespace",
  VolumeMount: "mountPropagation recursiveReadOnly",
  WindowsSecurityContextOptions: "gmsaCredentialSpec gmsaCredentialSpecName hostProcess runAsUserName",
};

const pointers: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(names).map(([type, fields]) => [type, new Set(fields.split(" "))]),
);

export function isPointer(type: string, field: string): boolean {
  return pointers.get(type)?.has(field) ?? false;
}

/** Structs within structs: empty is the same as absent. Source: as above */
const inlineStructs: ReadonlySet<string> = new Set([
  "metadata",
  "spec",
  "template",
  "jobTemplate",
  "resources",
  "preference",
  "podAffinityTerm",
  "source",
]);

/** An empty object in such a field is the same as none. A pod's own resources are a pointer. */
export function isInline(type: string, field: string): boolean {
  return inlineStructs.has(field) && !(type === "PodSpec" && field === "resources");
}
