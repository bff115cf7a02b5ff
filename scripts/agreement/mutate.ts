import { type FieldType, fieldsOf, typeNamed } from "../../src/core/api/table.js";
import { grow, growEntry, type Manner } from "./grow.js";
import { type Place, placesIn, put, remove } from "./places.js";
import type { Random } from "./random.js";
import { copy, quoted, raw, type Tree } from "./tree.js";
import { poolOf } from "./values.js";

/** A manifest of a kind; mutations change it where it stands. */
export interface Manifest {
  readonly kind: string;
  readonly root: Tree;
}

/** What a mutation works with. `others` are manifests to take parts from. */
interface Work {
  readonly random: Random;
  readonly places: readonly Place[];
  readonly others: readonly Manifest[];
}

const below = ({ places }: Work): readonly Place[] => places.slice(1);
const mannerOf = (random: Random): Manner => ({ random, odd: random.pick([0, 0.02, 0.1, 0.4]), optional: random.pick([0.02, 0.1, 0.25]) });
const maps = ({ places }: Work): readonly Place[] => places.filter(({ value }) => value.kind === "map");
const entriesOf = ({ value }: Place): { key: string; value: Tree }[] => (value.kind === "map" ? value.entries : []);
const itemsOf = ({ value }: Place): Tree[] => (value.kind === "list" ? value.items : []);

function removeOne(work: Work): string {
  const place = work.random.pick(below(work));
  remove(place);
  return `${place.field} removed`;
}

function nullOne(work: Work): string {
  const place = work.random.pick(below(work));
  put(place, raw(work.random.pick(["null", "null", "~", "", "Null"])));
  return `${place.field} null`;
}

function otherValue(work: Work): string {
  const scalars = work.places.filter(({ type, value }) => type.shape === "scalar" && value.kind === "scalar");
  const place = work.random.pick(scalars);
  if (place.type.shape !== "scalar") return "";
  const { good, odd } = poolOf(place.owner, place.field, place.type.name);
  const value = work.random.pick(work.random.chance(0.6) ? odd : good);
  put(place, value);
  return `${place.owner}.${place.field} = ${value.kind === "scalar" ? value.text.slice(0, 40) : ""}`;
}

function wrongShape(work: Work): string {
  const place = work.random.pick(below(work));
  const text = work.random.pick(["{}", "[]", "text", "1", "true", "[{}]", "{a: b}", "[a]", "[null]", '""', "[[]]", "{a: {}}", "1.5", "2024-01-01"]);
  put(place, raw(text));
  return `${place.field} = ${text}`;
}

/** Fields of an object, absent ones rather than those that are there. */
function addTo(place: Place, work: Work, count: number): string {
  const { type } = place;
  if (type.shape === "scalar" || type.shape === "list") return "";
  const entries = entriesOf(place);
  const manner = mannerOf(work.random);
  const names: string[] = [];
  for (let added = 0; added < count; added++) {
    if (type.shape === "map") {
      entries.push(growEntry(type.of, place.owner, place.field, manner));
      continue;
    }
    const specs = fieldsOf(typeNamed(type.name));
    if (specs.length === 0) continue;
    const spec = work.random.pick(specs);
    const value = grow(spec.type, type.name, spec.name, manner);
    const present = entries.find(({ key }) => key === spec.name);
    if (present) present.value = value;
    else entries.push({ key: spec.name, value });
    names.push(spec.name);
  }
  return `${place.field} with ${names.join(", ")}`;
}

const addField = (work: Work): string => addTo(work.random.pick(maps(work)), work, 1);
const addFields = (work: Work): string => addTo(work.random.pick(maps(work)), work, 2 + work.random.below(4));

/** Fields of the parts that check most across their fields. */
function crossFields(work: Work): string {
  const names = new Set(["JobSpec", "PodSpec", "Container", "CronJobSpec", "SecurityContext", "PodSecurityContext", "ObjectMeta", "Probe", "VolumeMount"]);
  const busy = maps(work).filter(({ type }) => type.shape === "object" && names.has(type.name));
  return addTo(work.random.pick(busy), work, 1 + work.random.below(4));
}

function addItem(work: Work): string {
  const lists = work.places.filter(({ value }) => value.kind === "list");
  if (lists.length === 0) return "";
  const place = work.random.pick(lists);
  if (place.type.shape !== "list") return "";
  itemsOf(place).push(grow(place.type.of, place.owner, place.field, mannerOf(work.random)));
  return `${place.field} one more`;
}

function repeatItem(work: Work): string {
  const lists = work.places.filter((place) => itemsOf(place).length > 0);
  if (lists.length === 0) return "";
  const place = work.random.pick(lists);
  const items = itemsOf(place);
  if (work.random.chance(0.2)) items.reverse();
  else items.push(copy(work.random.pick(items)));
  return `${place.field} repeated`;
}

function empty(work: Work): string {
  const place = work.random.pick(maps(work));
  const holders = work.places.filter(({ value }) => value.kind !== "scalar");
  const chosen = work.random.chance(0.5) ? place : work.random.pick(holders);
  put(chosen, raw(chosen.value.kind === "list" ? "[]" : "{}"));
  return `${chosen.field} emptied`;
}

function regrow(work: Work): string {
  const place = work.random.pick(below(work));
  put(place, grow(place.type, place.owner, place.field, mannerOf(work.random)));
  return `${place.field} made anew`;
}

function unknownField(work: Work): string {
  const place = work.random.pick(maps(work));
  const key = work.random.pick(["extra", "Spec", "images", "enviroment", "schedule", "restartPolicy", "é", "a.b", "name ", "", "0", "apiversion", "x".repeat(70)]);
  entriesOf(place).push({ key, value: raw(work.random.pick(["x", "1", "{}", "null", "[a]"])) });
  return `${place.field} with ${key}`;
}

function otherCase(work: Work): string {
  const { entry } = work.random.pick(below(work).filter((place) => place.entry));
  if (!entry) return "";
  const { key } = entry;
  entry.key = work.random.pick([key.toUpperCase(), key.toLowerCase(), `${key.charAt(0).toUpperCase()}${key.slice(1)}`, `${key}s`, key.slice(0, -1)]);
  return `${key} written ${entry.key}`;
}

function moveField(work: Work): string {
  const place = work.random.pick(below(work).filter(({ entry }) => entry));
  const target = work.random.pick(maps(work));
  if (!place.entry) return "";
  if (work.random.chance(0.5)) remove(place);
  entriesOf(target).push({ key: place.entry.key, value: copy(place.value) });
  return `${place.field} in ${target.field}`;
}

function repeatKey(work: Work): string {
  const place = work.random.pick(below(work).filter(({ entry }) => entry));
  if (!place.entry || !place.among) return "";
  const value = work.random.chance(0.5) ? copy(place.value) : grow(place.type, place.owner, place.field, mannerOf(work.random));
  place.among.splice(work.random.below(place.among.length + 1), 0, { key: place.entry.key, value });
  return `${place.field} twice`;
}

const sameType = (left: FieldType, right: FieldType): boolean => JSON.stringify(left) === JSON.stringify(right);

/** A part of another manifest in the place of one of the same type. */
function crossOver(work: Work): string {
  const other = work.random.pick(work.others);
  const place = work.random.pick(below(work).filter(({ type }) => type.shape !== "scalar"));
  const donors = placesIn(other.root, other.kind).filter(({ type }) => sameType(type, place.type));
  if (donors.length === 0) return "";
  const donor = work.random.pick(donors);
  const { value } = place;
  if (value.kind === "list" && donor.value.kind === "list" && work.random.chance(0.6)) value.items.push(...donor.value.items.map(copy));
  else put(place, copy(donor.value));
  return `${place.field} of another`;
}

/** A text of this manifest in another place of it: names that meet. */
function sameText(work: Work): string {
  const scalars = work.places.filter(({ type, value }) => type.shape === "scalar" && type.name === "string" && value.kind === "scalar");
  const [from, to] = [work.random.pick(scalars), work.random.pick(scalars)];
  put(to, copy(from.value));
  return `${to.field} = ${from.field}`;
}

const manyOf: readonly (readonly [string, number])[] = [["containers", 300], ["tolerations", 300], ["env", 1200], ["volumes", 300], ["rules", 21], ["hostnames", 70], ["values", 256], ["searches", 33], ["searches", 7], ["nameservers", 4], ["onPodConditions", 21]];

/** More items than a list may have. */
function tooMany(work: Work): string {
  const lists = work.places.filter((place) => itemsOf(place).length > 0);
  if (lists.length === 0) return "";
  const place = work.random.pick(lists);
  const count = manyOf.find(([name]) => name === place.field)?.[1] ?? 40;
  const items = itemsOf(place);
  const [first] = items;
  for (let index = 0; first && index < count; index++) items.push(numbered(first, index));
  return `${place.field} ${String(count)} more`;
}

function numbered(tree: Tree, index: number): Tree {
  if (tree.kind === "list") return copy(tree);
  if (tree.kind === "map") {
    return { kind: "map", entries: tree.entries.map(({ key, value }) => ({ key, value: key === "name" ? numbered(value, index) : copy(value) })) };
  }
  return /^"?[a-z]/.test(tree.text) ? quoted(`${tree.text.replaceAll('"', "")}-${String(index)}`) : tree;
}

const mutations: readonly (readonly [number, (work: Work) => string])[] = [
  [8, removeOne], [5, nullOne], [26, otherValue], [5, wrongShape], [14, addField], [8, addFields], [16, crossFields], [6, addItem], [5, repeatItem],
  [3, empty], [10, regrow], [2, unknownField], [2, otherCase], [3, moveField], [2, repeatKey], [8, crossOver], [4, sameText], [1, tooMany],
];
const drawn = mutations.flatMap(([weight, mutation]) => Array.from({ length: weight }, () => mutation));

/** Changes a manifest at random, and says how. */
export function mutate({ root, kind }: Manifest, others: readonly Manifest[], random: Random): string {
  return random.pick(drawn)({ random, places: placesIn(root, kind), others });
}
