import { type OtherObject, texts } from "#rule";

/** Resources that are kept of one kustomization: plain data must stay small. */
const most = 40;

/** A kustomization.yaml, not the object of Flux that has the same kind. */
export function isKustomization({ apiVersion }: OtherObject): boolean {
  return apiVersion.value?.startsWith("kustomize.config.k8s.io/") ?? false;
}

/** The files of its own folder that it lists; what another folder holds, a kustomization there may change again. */
export function listedFiles({ root }: OtherObject): readonly string[] {
  const listed = texts(root, "resources").value ?? [];
  return listed.flatMap(({ value = "" }) => value.replace(/^\.\//, "")).slice(0, most);
}

/** Whether the file of a path is among those listed. */
export function lists(files: readonly string[], path: string): boolean {
  return files.includes(path.slice(path.lastIndexOf("/") + 1));
}
