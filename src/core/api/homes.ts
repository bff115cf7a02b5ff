import { entryOf, type MappingNode, type Node } from "../read/node.js";
import type { Home } from "./finding.js";
import { childPath, type Frame, type Walk } from "./frame.js";
import { fieldsOf, hasField, type ObjectType, typeNamed } from "./table.js";

/** The levels between which fields get mixed up, outermost first; a step into a list takes its only item. */
const jobLevels = [
  ["JobSpec", "spec"],
  ["PodTemplateSpec", "spec.template"],
  ["PodSpec", "spec.template.spec"],
  ["Container", "spec.template.spec.containers[]"],
  ["PodSecurityContext", "spec.template.spec.securityContext"],
  ["SecurityContext", "spec.template.spec.containers[].securityContext"],
  ["ResourceRequirements", "spec.template.spec.containers[].resources"],
] as const;

const levels = {
  Job: jobLevels,
  CronJob: [
    ["CronJobSpec", "spec"],
    ["JobTemplateSpec", "spec.jobTemplate"],
    ...jobLevels.map(([type, path]) => [type, `spec.jobTemplate.${path}`] as const),
  ],
} as const;

/** Levels where people write fields of `metadata`. */
const metadataLevels: ReadonlySet<string> = new Set("CronJob Job CronJobSpec JobTemplateSpec JobSpec PodTemplateSpec PodSpec".split(" "));
const metadataNames: ReadonlySet<string> = new Set("name namespace generateName labels annotations ownerReferences finalizers".split(" "));

/** Names that so many objects have that they tell nothing about where one belongs. */
const everywhere: ReadonlySet<string> = new Set(
  ["apiVersion kind metadata spec status name namespace", "key value values type path items optional selector operator mode port host"]
    .flatMap((names) => names.split(" ")),
);

/** Fields that two levels have on purpose: only the author knows which was meant. */
const twoHomes: ReadonlySet<string> = new Set(["suspend", "activeDeadlineSeconds", "securityContext"]);
/** The outermost home is the rarer one. */
const innermostHome: ReadonlySet<string> = new Set(["resources"]);

function step(node: Node | undefined, name: string): Node | undefined {
  if (node?.kind !== "mapping") return undefined;
  const value = entryOf(node, name.replace("[]", ""))?.value;
  if (!name.endsWith("[]")) return value;
  return value?.kind === "sequence" && value.items.length === 1 && !value.open ? value.items[0] : undefined;
}

function mappingAt(root: MappingNode, path: string): MappingNode | undefined {
  let node: Node | undefined = root;
  for (const name of path.split(".")) node = step(node, name);
  return node?.kind === "mapping" && !node.open ? node : undefined;
}

function home(path: string, name: string, mapping: MappingNode | undefined): Home {
  const taken = mapping !== undefined && entryOf(mapping, name) !== undefined;
  return mapping ? { path, mapping, taken } : { path, taken };
}

/** A level by its path; the only container is named by its index. */
function homeAt(root: MappingNode, path: string, name: string): Home {
  const end = path.indexOf("[]") + 2;
  const only = end > 1 && mappingAt(root, path.slice(0, end)) !== undefined;
  return home(only ? path.replace("[]", "[0]") : path, name, mappingAt(root, path));
}

function inMetadata(frame: Frame, name: string): readonly Home[] {
  if (!metadataNames.has(name) || !metadataLevels.has(frame.type.name)) return [];
  let owner: Frame | undefined = frame;
  while (owner && !hasField(owner.type, "metadata")) owner = owner.parent;
  if (!owner || (name === "name" && owner !== frame)) return [];
  const value = entryOf(owner.mapping, "metadata")?.value;
  return [home(childPath(owner.path, "metadata"), name, value?.kind === "mapping" && !value.open ? value : undefined)];
}

function inLevels(walk: Walk, frame: Frame, name: string): readonly Home[] {
  if (everywhere.has(name)) return [];
  const found = levels[walk.kind].filter(([type]) => type !== frame.type.name && hasField(typeNamed(type), name));
  const chosen = twoHomes.has(name) ? found.slice(0, 2) : innermostHome.has(name) ? found.slice(-1) : found.slice(0, 1);
  return chosen.map(([, path]) => homeAt(walk.root, path, name));
}

function inAncestors(frame: Frame, name: string): readonly Home[] {
  if (everywhere.has(name)) return [];
  for (let outer = frame.parent; outer; outer = outer.parent) {
    if (hasField(outer.type, name)) return [home(outer.path, name, outer.mapping)];
  }
  return [];
}

function objectsIn(type: ObjectType): readonly (readonly [string, ObjectType])[] {
  return fieldsOf(type).flatMap((field) => (field.type.shape === "object" ? [[field.name, typeNamed(field.type.name)] as const] : []));
}

/** One level too shallow: a single object of this one, or a single one that is written, has the field. */
function inChildren(frame: Frame, name: string): readonly Home[] {
  if (everywhere.has(name)) return [];
  const all = objectsIn(frame.type).filter(([, type]) => hasField(type, name));
  const written = all.filter(([key]) => entryOf(frame.mapping, key)?.value.kind === "mapping");
  const [key] = (all.length === 1 ? all[0] : written.length === 1 ? written[0] : undefined) ?? [];
  if (key === undefined) return [];
  const value = entryOf(frame.mapping, key)?.value;
  return [home(childPath(frame.path, key), name, value?.kind === "mapping" ? value : undefined)];
}

/** The levels of the same workload that have a field of this name, the likeliest alone unless two are as likely. */
export function homesOf(walk: Walk, frame: Frame, name: string): readonly Home[] {
  const outer = metadataLevels.has(frame.type.name) || frame.type.name === "Container";
  const searches = outer ? [inMetadata, inLevelsOf, inChildren] : [inChildren, inAncestors, inLevelsOf];
  for (const search of searches) {
    const found = search(frame, name, walk);
    if (found.length > 0) return found;
  }
  return [];
}

function inLevelsOf(frame: Frame, name: string, walk: Walk): readonly Home[] {
  return inLevels(walk, frame, name);
}
