import type { TypedScalar } from "./typed.js";

/** A value that the server always fills in for one field. */
export interface FixedDefault {
  readonly name: string;
  readonly value: TypedScalar["value"];
  /** The field is no pointer in Go: a written 0 or "" counts as absent. */
  readonly overZero: boolean;
}

/** The field is a pointer in Go: 0 and "" stay as they are written. */
function whenNil(name: string, value: TypedScalar["value"]): FixedDefault {
  return { name, value, overZero: false };
}

function whenZero(name: string, value: TypedScalar["value"]): FixedDefault {
  return { name, value, overZero: true };
}

/** 0644, of files from ConfigMaps, Secrets and the like. */
const fileMode = whenNil("defaultMode", 420);

const container: readonly FixedDefault[] = [
  whenZero("terminationMessagePath", "/dev/termination-log"),
  whenZero("terminationMessagePolicy", "File"),
];

/** By type. Source: SetDefaults_* in pkg/apis/batch/v1/defaults.go and pkg/apis/core/v1/defaults.go, and `+default=` in the API's types. */
export const fixedDefaults: Readonly<Record<string, readonly FixedDefault[] | undefined>> = {
  CronJobSpec: [
    whenZero("concurrencyPolicy", "Allow"),
    whenNil("suspend", false),
    whenNil("successfulJobsHistoryLimit", 3),
    whenNil("failedJobsHistoryLimit", 1),
  ],
  PodSpec: [
    whenZero("dnsPolicy", "ClusterFirst"),
    whenZero("restartPolicy", "Always"),
    whenNil("terminationGracePeriodSeconds", 30),
    whenZero("schedulerName", "default-scheduler"),
  ],
  Container: container,
  EphemeralContainer: container,
  ContainerPort: [whenZero("protocol", "TCP")],
  Probe: [
    whenZero("timeoutSeconds", 1),
    whenZero("periodSeconds", 10),
    whenZero("successThreshold", 1),
    whenZero("failureThreshold", 3),
  ],
  HTTPGetAction: [whenZero("path", "/"), whenZero("scheme", "HTTP")],
  GRPCAction: [whenNil("service", "")],
  ObjectFieldSelector: [whenZero("apiVersion", "v1")],
  FileKeySelector: [whenNil("optional", false)],
  SecretVolumeSource: [fileMode],
  ConfigMapVolumeSource: [fileMode],
  DownwardAPIVolumeSource: [fileMode],
  ProjectedVolumeSource: [fileMode],
  ServiceAccountTokenProjection: [whenNil("expirationSeconds", 3600)],
  HostPathVolumeSource: [whenNil("type", "")],
  ISCSIVolumeSource: [whenZero("iscsiInterface", "default")],
  RBDVolumeSource: [whenZero("pool", "rbd"), whenZero("user", "admin"), whenZero("keyring", "/etc/ceph/keyring")],
  AzureDiskVolumeSource: [
    whenNil("cachingMode", "ReadWrite"),
    whenNil("fsType", "ext4"),
    whenNil("readOnly", false),
    whenNil("kind", "Shared"),
  ],
  ScaleIOVolumeSource: [whenZero("storageMode", "ThinProvisioned"), whenZero("fsType", "xfs")],
  PersistentVolumeClaimSpec: [whenNil("volumeMode", "Filesystem")],
};

/** Structs that are no pointers in Go, and a pod's security context, which the server always makes: by type, the field and its type. */
export const structs: Readonly<Record<string, readonly (readonly [name: string, type: string])[] | undefined>> = {
  Job: [
    ["metadata", "ObjectMeta"],
    ["spec", "JobSpec"],
  ],
  CronJob: [
    ["metadata", "ObjectMeta"],
    ["spec", "CronJobSpec"],
  ],
  CronJobSpec: [["jobTemplate", "JobTemplateSpec"]],
  JobTemplateSpec: [
    ["metadata", "ObjectMeta"],
    ["spec", "JobSpec"],
  ],
  JobSpec: [["template", "PodTemplateSpec"]],
  PodTemplateSpec: [
    ["metadata", "ObjectMeta"],
    ["spec", "PodSpec"],
  ],
  PodSpec: [["securityContext", "PodSecurityContext"]],
  PersistentVolumeClaimTemplate: [
    ["metadata", "ObjectMeta"],
    ["spec", "PersistentVolumeClaimSpec"],
  ],
  PreferredSchedulingTerm: [["preference", "NodeSelectorTerm"]],
  WeightedPodAffinityTerm: [["podAffinityTerm", "PodAffinityTerm"]],
};
