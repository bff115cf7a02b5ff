/**
 * By which fields a strategic merge tells the items of a list from each other; a list that is not named here is replaced whole. Their
 * names alone decide, which is enough for pods and what holds them. From the API's `x-kubernetes-patch-merge-key`:
 * https://github.com/kubernetes-sigs/kustomize/tree/master/kyaml/openapi/kubernetesapi
 */
const keys: ReadonlyMap<string, readonly string[]> = new Map([
  ["containers", ["name"]],
  ["initContainers", ["name"]],
  ["ephemeralContainers", ["name"]],
  ["env", ["name"]],
  ["volumes", ["name"]],
  ["imagePullSecrets", ["name"]],
  ["secrets", ["name"]],
  ["ports", ["containerPort", "protocol"]],
  ["volumeDevices", ["devicePath"]],
  ["volumeMounts", ["mountPath"]],
  ["hostAliases", ["ip"]],
  ["topologySpreadConstraints", ["topologyKey", "whenUnsatisfiable"]],
  ["ownerReferences", ["uid"]],
]);

/** `parent` is the path of keys to the list, without it. */
export function listKeys(parent: readonly string[], key: string): readonly string[] | undefined {
  if (key === "ports" && parent.at(-1) === "ephemeralContainers") return undefined;
  // A Service's ports, which are not a container's.
  if (key === "ports" && parent.at(-1) === "spec") return ["port", "protocol"];
  return keys.get(key);
}

/** Lists of plain texts that grow by a merge. */
export function isGrowing(key: string): boolean {
  return key === "finalizers";
}
