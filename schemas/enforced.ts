/**
 * What the API server enforces although its OpenAPI document does not say so. Data, each with the function of Kubernetes
 * that does it, in 1.36; a range of minors where it is not all of them. Fields are named by their Go type.
 */

const core = "pkg/apis/core/validation/validation.go";
const batch = "pkg/apis/batch/validation/validation.go";
const meta = "k8s.io/apimachinery/pkg/api/validation/objectmeta.go";

/** Values that a field may have; the empty text is left out: most fields take it for their default. */
export interface Enumeration {
  readonly fields: readonly string[];
  readonly values: readonly string[];
  readonly source: string;
}

export const enumerations: readonly Enumeration[] = [
  { fields: ["CronJobSpec.concurrencyPolicy"], values: ["Allow", "Forbid", "Replace"], source: `${batch} validateConcurrencyPolicy` },
  { fields: ["JobSpec.completionMode"], values: ["NonIndexed", "Indexed"], source: `${batch} validateJobSpec` },
  { fields: ["JobSpec.podReplacementPolicy"], values: ["TerminatingOrFailed", "Failed"], source: `${batch} validatePodReplacementPolicy` },
  {
    fields: ["PodFailurePolicyRule.action"],
    values: ["Ignore", "Count", "FailIndex", "FailJob"],
    source: `${batch} validatePodFailurePolicyRule`,
  },
  {
    fields: ["PodFailurePolicyOnExitCodesRequirement.operator", "ContainerRestartRuleOnExitCodes.operator"],
    values: ["In", "NotIn"],
    source: `${batch} validatePodFailurePolicyRuleOnExitCodes, ${core} validateContainerRestartPolicy`,
  },
  {
    fields: ["PodFailurePolicyOnPodConditionsPattern.status"],
    values: ["True", "False", "Unknown"],
    source: `${batch} validatePodFailurePolicyRuleOnPodConditions`,
  },
  // In the pods of a Job; other pods may also have Always.
  { fields: ["PodSpec.restartPolicy"], values: ["Never", "OnFailure"], source: `${batch} validateJobSpec` },
  {
    fields: ["PodSpec.dnsPolicy"],
    values: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
    source: `${core} validateDNSPolicy`,
  },
  { fields: ["PodSpec.preemptionPolicy"], values: ["PreemptLowerPriority", "Never"], source: `${core} ValidatePreemptionPolicy` },
  { fields: ["PodOS.name"], values: ["linux", "windows"], source: `${core} validateOS` },
  {
    fields: ["Container.imagePullPolicy", "EphemeralContainer.imagePullPolicy", "ImageVolumeSource.pullPolicy"],
    values: ["Always", "IfNotPresent", "Never"],
    source: `${core} validatePullPolicy`,
  },
  {
    fields: ["Container.terminationMessagePolicy", "EphemeralContainer.terminationMessagePolicy"],
    values: ["File", "FallbackToLogsOnError"],
    source: `${core} validateContainerCommon`,
  },
  { fields: ["ContainerPort.protocol"], values: ["TCP", "UDP", "SCTP"], source: `${core} validateContainerPorts` },
  { fields: ["HTTPGetAction.scheme"], values: ["HTTP", "HTTPS"], source: `${core} validateHTTPGetAction` },
  { fields: ["ContainerResizePolicy.resourceName"], values: ["cpu", "memory"], source: `${core} validateResizePolicy` },
  { fields: ["ContainerResizePolicy.restartPolicy"], values: ["NotRequired", "RestartContainer"], source: `${core} validateResizePolicy` },
  {
    fields: ["ContainerRestartRule.action"],
    values: ["Restart", "RestartAllContainers"],
    source: `${core} validateContainerRestartPolicy`,
  },
  {
    fields: ["VolumeMount.mountPropagation"],
    values: ["None", "HostToContainer", "Bidirectional"],
    source: `${core} validateMountPropagation`,
  },
  {
    fields: ["VolumeMount.recursiveReadOnly"],
    values: ["Disabled", "IfPossible", "Enabled"],
    source: `${core} validateMountRecursiveReadOnly`,
  },
  { fields: ["SecurityContext.procMount"], values: ["Default", "Unmasked"], source: `${core} ValidateProcMountType` },
  {
    fields: ["SeccompProfile.type", "AppArmorProfile.type"],
    values: ["RuntimeDefault", "Localhost", "Unconfined"],
    source: `${core} validateSeccompProfileField, ValidateAppArmorProfileField`,
  },
  {
    fields: ["PodSecurityContext.fsGroupChangePolicy"],
    values: ["OnRootMismatch", "Always"],
    source: `${core} validateFSGroupChangePolicy`,
  },
  {
    fields: ["PodSecurityContext.supplementalGroupsPolicy"],
    values: ["Merge", "Strict"],
    source: `${core} validateSupplementalGroupsPolicy`,
  },
  {
    fields: ["PodSecurityContext.seLinuxChangePolicy"],
    values: ["Recursive", "MountOption"],
    source: `${core} validatePodSpecSecurityContext`,
  },
  { fields: ["Toleration.operator"], values: ["Exists", "Equal", "Lt", "Gt"], source: `${core} ValidateTolerations` },
  { fields: ["Toleration.effect"], values: ["NoSchedule", "PreferNoSchedule", "NoExecute"], source: `${core} validateTaintEffect` },
  {
    fields: ["TopologySpreadConstraint.whenUnsatisfiable"],
    values: ["DoNotSchedule", "ScheduleAnyway"],
    source: `${core} ValidateWhenUnsatisfiable`,
  },
  {
    fields: ["TopologySpreadConstraint.nodeAffinityPolicy", "TopologySpreadConstraint.nodeTaintsPolicy"],
    values: ["Honor", "Ignore"],
    source: `${core} validateNodeInclusionPolicy`,
  },
  {
    fields: ["HostPathVolumeSource.type"],
    values: ["DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice"],
    source: `${core} validateHostPathType`,
  },
  { fields: ["AzureDiskVolumeSource.cachingMode"], values: ["None", "ReadOnly", "ReadWrite"], source: `${core} validateAzureDisk` },
  { fields: ["AzureDiskVolumeSource.kind"], values: ["Shared", "Dedicated", "Managed"], source: `${core} validateAzureDisk` },
  {
    fields: ["PersistentVolumeClaimSpec.volumeMode"],
    values: ["Filesystem", "Block"],
    source: `${core} ValidatePersistentVolumeClaimSpec`,
  },
  {
    fields: ["PersistentVolumeClaimSpec.accessModes"],
    values: ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
    source: `${core} ValidatePersistentVolumeClaimSpec`,
  },
  {
    fields: ["PodCertificateProjection.keyType"],
    values: ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"],
    source: `${core} validateProjectionSources`,
  },
  {
    fields: ["NodeSelectorRequirement.operator"],
    values: ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
    source: `${core} ValidateNodeSelectorRequirement`,
  },
  {
    fields: ["LabelSelectorRequirement.operator"],
    values: ["In", "NotIn", "Exists", "DoesNotExist"],
    source: "k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go ValidateLabelSelectorRequirement",
  },
];

/** Bounds of a number, both inclusive. */
export interface Bound {
  readonly fields: readonly string[];
  readonly minimum: number;
  readonly maximum?: number;
  readonly source: string;
}

export const bounds: readonly Bound[] = [
  {
    fields: ["CronJobSpec.startingDeadlineSeconds", "CronJobSpec.successfulJobsHistoryLimit", "CronJobSpec.failedJobsHistoryLimit"],
    minimum: 0,
    source: `${batch} validateCronJobSpec`,
  },
  {
    fields: [
      "JobSpec.parallelism",
      "JobSpec.completions",
      "JobSpec.activeDeadlineSeconds",
      "JobSpec.backoffLimit",
      "JobSpec.ttlSecondsAfterFinished",
      "JobSpec.backoffLimitPerIndex",
      "JobSpec.maxFailedIndexes",
      "SuccessPolicyRule.succeededCount",
    ],
    minimum: 0,
    source: `${batch} validateJobSpec, validateSuccessPolicyRule`,
  },
  { fields: ["PodSpec.activeDeadlineSeconds"], minimum: 1, maximum: 2147483647, source: `${core} ValidatePodSpec` },
  {
    fields: ["ContainerPort.containerPort", "GRPCAction.port", "HTTPGetAction.port", "TCPSocketAction.port"],
    minimum: 1,
    maximum: 65535,
    source: `${core} validateContainerPorts, validateGRPCAction, ValidatePortNumOrName`,
  },
  // 0 is the same as no host port.
  { fields: ["ContainerPort.hostPort"], minimum: 0, maximum: 65535, source: `${core} validateContainerPorts` },
  {
    fields: [
      "Probe.initialDelaySeconds",
      "Probe.timeoutSeconds",
      "Probe.periodSeconds",
      "Probe.successThreshold",
      "Probe.failureThreshold",
    ],
    minimum: 0,
    source: `${core} validateProbe`,
  },
  { fields: ["Probe.terminationGracePeriodSeconds"], minimum: 1, source: `${core} validateProbe` },
  {
    fields: ["PreferredSchedulingTerm.weight", "WeightedPodAffinityTerm.weight"],
    minimum: 1,
    maximum: 100,
    source: `${core} ValidatePreferredSchedulingTerms, validateWeightedPodAffinityTerms`,
  },
  {
    fields: ["TopologySpreadConstraint.maxSkew", "TopologySpreadConstraint.minDomains"],
    minimum: 1,
    source: `${core} validateTopologySpreadConstraints, validateMinDomains`,
  },
  {
    fields: [
      "PodSecurityContext.runAsUser",
      "PodSecurityContext.runAsGroup",
      "PodSecurityContext.fsGroup",
      "PodSecurityContext.supplementalGroups",
      "SecurityContext.runAsUser",
      "SecurityContext.runAsGroup",
    ],
    minimum: 0,
    maximum: 2147483647,
    source: "k8s.io/apimachinery/pkg/util/validation/validation.go IsValidUserID, IsValidGroupID",
  },
  {
    fields: ["ISCSIVolumeSource.lun", "FCVolumeSource.lun"],
    minimum: 0,
    maximum: 255,
    source: `${core} validateISCSIVolumeSource, validateFCVolumeSource`,
  },
  {
    fields: [
      "ConfigMapVolumeSource.defaultMode",
      "SecretVolumeSource.defaultMode",
      "DownwardAPIVolumeSource.defaultMode",
      "ProjectedVolumeSource.defaultMode",
      "KeyToPath.mode",
      "DownwardAPIVolumeFile.mode",
    ],
    minimum: 0,
    maximum: 511,
    source: `${core} validateConfigMapVolumeSource, validateKeyToPath`,
  },
  {
    fields: ["ServiceAccountTokenProjection.expirationSeconds"],
    minimum: 600,
    maximum: 4294967296,
    source: `${core} validateProjectionSources`,
  },
];

/** Fields that must be there, and not empty, although the OpenAPI document does not require them. */
export const required: readonly { readonly fields: readonly string[]; readonly source: string }[] = [
  { fields: ["Job.metadata", "CronJob.metadata"], source: `${meta} ValidateObjectMeta: a name or a generateName` },
  { fields: ["Job.spec", "CronJob.spec", "JobTemplateSpec.spec", "PodTemplateSpec.spec"], source: `${core} ValidatePodSpec: containers` },
  { fields: ["PodSpec.restartPolicy"], source: `${batch} validateJobSpec: the default Always is refused` },
  { fields: ["Container.image", "EphemeralContainer.image"], source: `${core} validateContainers` },
  { fields: ["HostAlias.ip"], source: `${core} ValidateHostAliases` },
  { fields: ["ExecAction.command"], source: `${core} validateExecAction` },
  { fields: ["EphemeralVolumeSource.volumeClaimTemplate"], source: `${core} validateEphemeralVolumeSource` },
  { fields: ["PersistentVolumeClaimSpec.accessModes"], source: `${core} ValidatePersistentVolumeClaimSpec` },
  { fields: ["SecretVolumeSource.secretName"], source: `${core} validateSecretVolumeSource` },
  { fields: ["ConfigMapVolumeSource.name"], source: `${core} validateConfigMapVolumeSource` },
];

/** Fields that the OpenAPI document requires and the server does not: their zero value is accepted. */
export const notRequired: readonly { readonly fields: readonly string[]; readonly source: string }[] = [
  { fields: ["HTTPHeader.value"], source: `${core} validateHTTPGetAction checks the name only` },
  { fields: ["Sysctl.value"], source: `${core} validateSysctls checks the name only` },
  { fields: ["ISCSIVolumeSource.lun"], source: `${core} validateISCSIVolumeSource: 0 is a unit` },
  { fields: ["PodFailurePolicy.rules"], source: `${batch} validatePodFailurePolicy: an empty policy passes` },
  { fields: ["PreferredSchedulingTerm.preference"], source: `${core} ValidateNodeSelectorTerm: an empty term passes` },
  { fields: ["SleepAction.seconds"], source: `${core} validateSleepAction: 0 passes` },
];

/**
 * `onPodConditions[].status` is defaulted on a Job (pkg/apis/batch/v1/defaults.go SetDefaults_Job); inside a CronJob only
 * since 1.34, when the defaulter began to be generated for the field itself.
 */
export const requiredInCronJob = { field: "PodFailurePolicyOnPodConditionsPattern.status", minors: "25-33" } as const;

/** Parts that are decoded and then not validated: status is reset before it is stored, a template's metadata is only copied. */
export const unvalidated: readonly { readonly fields: readonly string[]; readonly minors?: string; readonly source: string }[] = [
  { fields: ["Job.status", "CronJob.status"], source: "pkg/registry/batch/{job,cronjob}/strategy.go PrepareForCreate" },
  { fields: ["JobTemplateSpec.metadata"], source: `${batch} ValidateJobTemplateSpec` },
  { fields: ["PodTemplateSpec.metadata"], source: `${core} ValidatePodTemplateSpec: labels and annotations only` },
  { fields: ["PersistentVolumeClaimTemplate.metadata"], source: `${core} ValidatePersistentVolumeClaimTemplate` },
  { fields: ["TopologySpreadConstraint.labelSelector"], minors: "24-26", source: `${core} validateTopologySpreadConstraints of 1.26` },
  { fields: ["ObjectMeta.managedFields"], source: "k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go ValidateManagedFields" },
];

/**
 * API versions of the two kinds, and the minors that serve them.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
export const served: readonly { readonly kind: "Job" | "CronJob"; readonly apiVersion: string; readonly removed?: string }[] = [
  { kind: "Job", apiVersion: "batch/v1" },
  { kind: "CronJob", apiVersion: "batch/v1" },
  { kind: "CronJob", apiVersion: "batch/v1beta1", removed: "1.25" },
  { kind: "CronJob", apiVersion: "batch/v2alpha1", removed: "1.21" },
];

/** What a server does with a field, or a value of it, while the gate is off. */
export interface Gated {
  readonly fields: readonly string[];
  /** Only these values of the fields. */
  readonly values?: readonly string[];
  readonly effect: "dropped" | "refused";
  /** The name of the gate in the minors before its own. */
  readonly formerly?: string;
  /** Dropped from Jobs alone: a jobTemplate keeps it, and each Job loses it. */
  readonly jobsOnly?: true;
}

/** By the gate's name; its stages per minor stand in kubernetes.ts. Sources: the strategies of batch, pkg/api/pod/util.go, validation. */
export const gates: Readonly<Record<string, Gated>> = {
  CronJobTimeZone: { fields: ["CronJobSpec.timeZone"], effect: "dropped" },
  JobManagedBy: { fields: ["JobSpec.managedBy"], effect: "dropped", jobsOnly: true },
  JobSuccessPolicy: { fields: ["JobSpec.successPolicy"], effect: "dropped", jobsOnly: true },
  JobBackoffLimitPerIndex: { fields: ["JobSpec.backoffLimitPerIndex", "JobSpec.maxFailedIndexes"], effect: "dropped", jobsOnly: true },
  JobPodReplacementPolicy: { fields: ["JobSpec.podReplacementPolicy"], effect: "dropped", jobsOnly: true },
  JobPodFailurePolicy: { fields: ["JobSpec.podFailurePolicy"], effect: "dropped", jobsOnly: true },
  ContainerRestartRules: { fields: ["Container.restartPolicyRules"], effect: "dropped" },
  RestartAllContainersOnContainerExits: { fields: ["ContainerRestartRule.action"], values: ["RestartAllContainers"], effect: "refused" },
  ContainerStopSignals: { fields: ["Lifecycle.stopSignal"], effect: "dropped" },
  PodLifecycleSleepAction: { fields: ["LifecycleHandler.sleep"], effect: "dropped" },
  InPlacePodVerticalScaling: { fields: ["Container.resizePolicy"], effect: "dropped" },
  DynamicResourceAllocation: { fields: ["PodSpec.resourceClaims", "ResourceRequirements.claims"], effect: "dropped" },
  PodLevelResources: { fields: ["PodSpec.resources"], effect: "dropped" },
  GenericWorkload: { fields: ["PodSpec.schedulingGroup", "PodSpec.workloadRef"], effect: "dropped" },
  PodSchedulingReadiness: { fields: ["PodSpec.schedulingGates"], effect: "dropped" },
  HostnameOverride: { fields: ["PodSpec.hostnameOverride"], effect: "dropped" },
  EnvFiles: { fields: ["EnvVarSource.fileKeyRef"], effect: "dropped" },
  ImageVolume: { fields: ["Volume.image"], effect: "dropped" },
  ClusterTrustBundleProjection: { fields: ["VolumeProjection.clusterTrustBundle"], effect: "dropped" },
  PodCertificateRequest: { fields: ["VolumeProjection.podCertificate"], effect: "dropped" },
  RecursiveReadOnlyMounts: { fields: ["VolumeMount.recursiveReadOnly"], effect: "dropped" },
  UserNamespacesSupport: { fields: ["PodSpec.hostUsers"], formerly: "UserNamespacesStatelessPodsSupport", effect: "dropped" },
  ProcMountType: { fields: ["SecurityContext.procMount"], effect: "dropped" },
  SupplementalGroupsPolicy: { fields: ["PodSecurityContext.supplementalGroupsPolicy"], effect: "dropped" },
  SELinuxChangePolicy: { fields: ["PodSecurityContext.seLinuxChangePolicy"], effect: "dropped" },
  SELinuxMount: { fields: ["PodSecurityContext.seLinuxChangePolicy"], values: ["MountOption"], effect: "refused" },
  MatchLabelKeysInPodAffinity: { fields: ["PodAffinityTerm.matchLabelKeys", "PodAffinityTerm.mismatchLabelKeys"], effect: "dropped" },
  MatchLabelKeysInPodTopologySpread: { fields: ["TopologySpreadConstraint.matchLabelKeys"], effect: "dropped" },
  NodeInclusionPolicyInPodTopologySpread: {
    fields: ["TopologySpreadConstraint.nodeAffinityPolicy", "TopologySpreadConstraint.nodeTaintsPolicy"],
    effect: "dropped",
  },
  MinDomainsInPodTopologySpread: { fields: ["TopologySpreadConstraint.minDomains"], effect: "dropped" },
  ProbeTerminationGracePeriod: { fields: ["Probe.terminationGracePeriodSeconds"], effect: "dropped" },
  TaintTolerationComparisonOperators: { fields: ["Toleration.operator"], values: ["Lt", "Gt"], effect: "refused" },
  ReadWriteOncePod: { fields: ["PersistentVolumeClaimSpec.accessModes"], values: ["ReadWriteOncePod"], effect: "refused" },
  // Containers and init containers share a type and differ in gate: `restartPolicies` below.
  SidecarContainers: { fields: [], effect: "dropped" },
};

/** `restartPolicy` of a single container: which gate lets a list of containers have it, and which values. */
export const restartPolicies = {
  initContainers: { gate: "SidecarContainers", values: ["Always"] },
  containers: { gate: "ContainerRestartRules", values: [] },
  /** Once ContainerRestartRules is on, both lists take all three (core/validation.go validateContainerRestartPolicy). */
  later: { gate: "ContainerRestartRules", values: ["Always", "Never", "OnFailure"] },
} as const;

/** Gates that no field is lost by, and that validation asks: what they let pass is written where they are asked. */
export const validationGates: readonly string[] = [
  "AnyVolumeDataSource",
  "AppArmor",
  "AppArmorFields",
  "CrossNamespaceVolumeDataSource",
  "ElasticIndexedJob",
  "ExpandedDNSConfig",
  "IdentifyPodOS",
  "InPlacePodLevelResourcesVerticalScaling",
  "JobMutableNodeSchedulingDirectives",
  "JobReadyPods",
  "JobTrackingWithFinalizers",
  "LocalStorageCapacityIsolation",
  "MatchLabelKeysInPodTopologySpreadSelectorMerge",
  "MutablePodResourcesForSuspendedJobs",
  "MutableSchedulingDirectivesForSuspendedJobs",
  "PodLifecycleSleepActionAllowZero",
  "RelaxedDNSSearchValidation",
  "RelaxedEnvironmentVariableValidation",
  "SeccompDefault",
  "StrictIPCIDRValidation",
  "SuspendJob",
  "UserNamespacesHostNetworkSupport",
  "UserNamespacesPodSecurityStandards",
  "VolumeAttributesClass",
  "WindowsHostProcessContainers",
];
