/** How Kustomize calls its file: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

const patchFields = /^(?:patches|patchesStrategicMerge)[ \t]*:(.*)$/;
const baseFields = /^(?:resources|bases|components)[ \t]*:(.*)$/;

/**
 * The files that a kustomization lists as patches, as written there. It is read by lines: all that matters is which paths
 * stand under two fields, and a path that is no file does no harm.
 */
export function listedPatches(text: string): readonly string[] {
  return listedUnder(patchFields, text);
}

/** The files and folders that it builds upon, as written there; URLs are among them. */
export function listedBases(text: string): readonly string[] {
  return listedUnder(baseFields, text);
}

function listedUnder(fields: RegExp, text: string): readonly string[] {
  const paths: string[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const field = fields.exec(line);
    if (field) inside = true;
    else if (/^[^\s#-]/.test(line)) inside = false;
    if (inside) paths.push(...pathsIn(field ? (field[1] ?? "") : line));
  }
  return paths;
}

function pathsIn(line: string): readonly string[] {
  const named = [...line.matchAll(/(?:^|[\s{,-])path[ \t]*:[ \t]*["']?([^\s"',}\]]+)/g)].map(([, path]) => path ?? "");
  if (named.length > 0) return named;
  const item = /^[ \t]*-[ \t]+["']?([^\s"':{]+)["']?[ \t]*(?:#.*)?$/.exec(line);
  if (item?.[1] !== undefined) return [item[1]];
  return [...line.matchAll(/[[,][ \t]*["']?([^\s"',:{}\]]+)/g)].map(([, path]) => path ?? "");
}
