import type { MappingNode, Node } from "../read/node.js";
import { type GivenLayer, inlineLayer, named, noValues, type PathDeployment, unknownLayer } from "./given-layers.js";
import { itemsAt, mappingAt, nodeAt, scalarAt, textAt } from "./field-at.js";

/** https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
export function applicationDeployments(root: MappingNode): readonly PathDeployment[] {
  const found = sourcesOf(root).flatMap((from): readonly PathDeployment[] => {
    const path = textAt(from, "path");
    return path === undefined ? [] : [{ path, values: valuesOf(root, from) }];
  });
  // A patch of a kustomization has no source, or only what it changes there.
  const isPart = ["server", "name"].every((key) => nodeAt(root, "spec", "destination", key) === undefined);
  return found.length === 0 && isPart && nodeAt(root, "spec") ? [{ path: undefined, values: noValues }] : found;
}

/**
 * Its template is an Application with holes, so of the values only those without any are known; of the paths, those that a generator
 * looks for.
 */
export function applicationSetDeployments(root: MappingNode): readonly PathDeployment[] {
  const template = mappingAt(root, "spec", "template");
  const generators = itemsAt(root, "spec", "generators");
  const isChanged = nodeAt(root, "spec", "templatePatch") !== undefined || generators.some((one) => hasTemplate(one));
  const found = sourcesOf(template).flatMap((from): readonly PathDeployment[] => {
    const known = valuesOf(template, from);
    const values = isChanged ? { ...known, layers: [...known.layers, unknownLayer] } : known;
    const path = nodeAt(from, "path");
    if (path?.kind === "scalar" && !path.text.includes("{{")) return [{ path: path.text, values }];
    return path ? generators.flatMap(directoriesOf).map((one) => ({ ...one, values })) : [];
  });
  return found;
}

function sourcesOf(root: MappingNode | undefined): readonly Node[] {
  const one = nodeAt(root, "spec", "source");
  const several = itemsAt(root, "spec", "sources");
  // Argo CD takes `sources` where both are there.
  return several.length > 0 ? several : one ? [one] : [];
}

/** A generator may bring a template of its own, whose fields win. */
function hasTemplate(generator: Node): boolean {
  if (generator.kind !== "mapping") return false;
  return generator.entries.some(({ value }) => (mappingAt(value, "template")?.entries.length ?? 0) > 0);
}

function directoriesOf(generator: Node): readonly Pick<PathDeployment, "path" | "without">[] {
  const nested = ["matrix", "merge"].flatMap((kind) => itemsAt(generator, kind, "generators")).flatMap(directoriesOf);
  const folders = itemsAt(generator, "git", "directories");
  const isLeftOut = (folder: Node): boolean => textAt(folder, "exclude") === "true";
  const pathsOf = (some: readonly Node[]): readonly string[] => some.flatMap((folder) => textAt(folder, "path") ?? []);
  const without = pathsOf(folders.filter(isLeftOut));
  return [...pathsOf(folders.filter((folder) => !isLeftOut(folder))).map((path) => ({ path, without })), ...nested];
}

function valuesOf(root: MappingNode | undefined, from: Node): PathDeployment["values"] {
  const releaseName = nodeAt(from, "helm", "releaseName") ?? nodeAt(root, "metadata", "name");
  const namespace = nodeAt(from, "helm", "namespace") ?? nodeAt(root, "spec", "destination", "namespace");
  const text = (node: Node | undefined): string | undefined => (node?.kind === "scalar" && node.text !== "" ? node.text : undefined);
  return { layers: layersOf(from), withoutOwn: false, ...named(text(releaseName), text(namespace)) };
}

/** Files, then values, then parameters: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-value-precedence */
function layersOf(from: Node): readonly GivenLayer[] {
  const node = nodeAt(from, "helm");
  if (!node) return [];
  const helm = mappingAt(from, "helm");
  if (!helm || helm.open) return [unknownLayer];
  const optional = textAt(helm, "ignoreMissingValueFiles") === "true";
  const files = listAt(helm, "valueFiles").map((file): GivenLayer => {
    const isKnown = file?.kind === "scalar" && !/^\w+:\/\/|[$*?[{]/.test(file.text);
    return isKnown ? { kind: "path", path: file.text, optional } : unknownLayer;
  });
  const parameters = listAt(helm, "parameters").map(parameterLayer);
  const fromFiles = listAt(helm, "fileParameters").map((item): GivenLayer => setLayer(textAt(item, "name"), undefined, true));
  const later = (layer: GivenLayer): boolean => layer.kind === "set" && layer.asText;
  const set = [...parameters.filter((one) => !later(one)), ...parameters.filter(later), ...fromFiles];
  // An object wins over a text: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values
  return [...files, ...inlineLayer(nodeAt(helm, "valuesObject") ?? nodeAt(helm, "values")), ...set];
}

/** Undefined stands for what may be there besides. */
function listAt(helm: MappingNode, key: string): readonly (Node | undefined)[] {
  const node = nodeAt(helm, key);
  if (node?.kind === "sequence") return node.open ? [...node.items, undefined] : node.items;
  return node === undefined || node.kind === "scalar" ? [] : [undefined];
}

function parameterLayer(item: Node | undefined): GivenLayer {
  const forced = nodeAt(item, "forceString");
  return setLayer(textAt(item, "name"), scalarAt(item, "value"), forced?.kind === "scalar" && forced.text === "true");
}

function setLayer(name: string | undefined, value: ReturnType<typeof scalarAt>, asText: boolean): GivenLayer {
  return name === undefined ? unknownLayer : { kind: "set", name, value, asText };
}
