/**
 * Lists whose items are put together by a key; other lists are replaced as a whole.
 * Source: patchStrategy and patchMergeKey in k8s.io/api/core/v1/types.go and apimachinery's meta/v1/types.go
 */
export const mergeKeys: Readonly<Record<string, string | undefined>> = {
  "PodSpec.containers": "name",
  "PodSpec.initContainers": "name",
  "PodSpec.ephemeralContainers": "name",
  "PodSpec.volumes": "name",
  "PodSpec.resourceClaims": "name",
  "PodSpec.imagePullSecrets": "name",
  "PodSpec.schedulingGates": "name",
  "PodSpec.hostAliases": "ip",
  "PodSpec.topologySpreadConstraints": "topologyKey",
  "Container.ports": "containerPort",
  "Container.env": "name",
  "Container.volumeMounts": "mountPath",
  "Container.volumeDevices": "devicePath",
  "EphemeralContainer.ports": "containerPort",
  "EphemeralContainer.env": "name",
  "EphemeralContainer.volumeMounts": "mountPath",
  "EphemeralContainer.volumeDevices": "devicePath",
  "ObjectMeta.ownerReferences": "uid",
};
/** Where an item loses the keys that the new manifest does not write. */
export const exactItems: ReadonlySet<string> = new Set(["PodSpec.volumes", "PodSpec.resourceClaims"]);
/** A list of texts that is put together. */
export const mergedTexts = "ObjectMeta.finalizers";
