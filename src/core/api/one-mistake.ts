import type { MappingNode, Node } from "../read/node.js";
import type { Place } from "../text/place.js";
import type { ApiError } from "./check.js";
import { nodeAt } from "./node-at.js";
import type { Versions } from "./versions.js";

/** An error, and the minors that give it. */
export interface HeardError {
  readonly said: ApiError;
  readonly versions: Versions;
}

/**
 * The errors with one for each mistake: what is wrong with one value may be refused several times, as itself and as what the server makes
 * of it, and a field may be refused by some minors for one reason and by others for another.
 */
export function oneForEach(errors: readonly HeardError[], root: MappingNode): readonly HeardError[] {
  const places = grouped(errors);
  if (places.size === errors.length) return errors;
  const values = scalarsOf(root, new Set(), new Set());
  return [...places.values()].flatMap((alike) => {
    const [first] = alike;
    if (alike.length < 2 || !first) return alike;
    return values.has(first.said.at.start) ? [together(alike, root)] : apart(alike, root);
  });
}

/** In the order of the first at each place. */
function grouped(errors: readonly HeardError[]): ReadonlyMap<string, readonly HeardError[]> {
  const places = new Map<string, HeardError[]>();
  for (const error of errors) {
    const key = keyOf(error.said.at);
    const known = places.get(key);
    if (known) known.push(error);
    else places.set(key, [error]);
  }
  return places;
}

function keyOf({ start, end }: Place): string {
  return `${String(start)} ${String(end)}`;
}

/** That it is missing says most, else what is said of the field where it is written, else of the innermost. */
function together(alike: readonly HeardError[], root: MappingNode): HeardError {
  const missing = alike.find((one) => one.said.type === "FieldValueRequired");
  const written = missing ?? alike.find((one) => isWrittenThere(root, one.said));
  return alike.reduce((all, one) => {
    const { said } = written ?? (one.said.field.length > all.said.field.length ? one : all);
    return { said, versions: all.versions | one.versions };
  });
}

function isWrittenThere(root: MappingNode, { field, at }: ApiError): boolean {
  const place = nodeAt(root, field)?.place;
  return place !== undefined && place.start <= at.start && at.end <= place.end;
}

/** At a key, several things may be wrong. */
function apart(alike: readonly HeardError[], root: MappingNode): readonly HeardError[] {
  const kept: HeardError[] = [];
  for (const error of alike) {
    const same = kept.findIndex((one) => isSame(one, error));
    const known = kept[same];
    if (known) kept[same] = together([known, error], root);
    else kept.push(error);
  }
  return kept;
}

function isSame(one: HeardError, other: HeardError): boolean {
  if (one.said.message === other.said.message) return true;
  if (one.said.field !== other.said.field) return false;
  // No minor says both; or it is missing, and the server looks for what is named "" besides.
  return (one.versions & other.versions) === 0 || [one, other].some(({ said }) => said.type === "FieldValueRequired");
}

/** Where single values begin. What an anchor shares is looked at once. */
function scalarsOf(node: Node, seen: Set<Node>, starts: Set<number>): ReadonlySet<number> {
  if (node.kind === "scalar") return starts.add(node.place.start);
  if (node.kind === "unknown" || seen.has(node)) return starts;
  seen.add(node);
  const inside = node.kind === "sequence" ? node.items : node.entries.map(({ value }) => value);
  for (const one of inside) scalarsOf(one, seen, starts);
  return starts;
}
