import { readdirSync, readFileSync } from "node:fs";
import { load } from "js-yaml";
import { type Manifest, mutate } from "./mutate.js";
import { type Random, randomOf } from "./random.js";
import { oddText } from "./odd-text.js";
import { copy, raw, treeOf, written } from "./tree.js";

/** A question to a server: may this be made, or may the old one become this? */
export interface Question {
  readonly id: string;
  readonly mutation: string;
  readonly yaml: string;
  readonly old?: string;
}

function readBases(): Manifest[] {
  const folder = new URL("./bases/", import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const object = load(readFileSync(new URL(name, folder), "utf8")) as { readonly kind: string };
      return { kind: object.kind, root: treeOf(object) };
    });
}

const copied = ({ kind, root }: Manifest): Manifest => ({ kind, root: copy(root) });

function mutated(manifest: Manifest, times: number, others: readonly Manifest[], random: Random): string {
  return Array.from({ length: times }, () => mutate(manifest, others, random)).join("; ");
}

function creation(bases: readonly Manifest[], random: Random, id: string): Question {
  const manifest = copied(random.pick(bases));
  const mutation = mutated(manifest, random.pick([1, 1, 1, 2, 2, 3]), bases, random);
  const text = written(manifest.root, random);
  return { id, mutation, yaml: random.chance(0.08) ? oddText(text, random) : text };
}

const statuses = [
  "{active: 1, startTime: 2024-01-01T00:00:00Z, ready: 1}",
  "{conditions: [{type: Suspended, status: 'True'}]}",
  "{succeeded: 3, completedIndexes: 0-2, startTime: 2024-01-01T00:00:00Z, completionTime: 2024-01-01T01:00:00Z, conditions: [{type: Complete, status: 'True'}]}",
  "{startTime: 2024-01-01T00:00:00Z}",
  "{active: 0, terminating: 1}",
];

function update(bases: readonly Manifest[], random: Random, id: string): Question {
  const before = copied(random.pick(bases));
  const first = random.chance(0.3) ? mutated(before, 1, bases, random) : "";
  const after = copied(before);
  const mutation = mutated(after, random.pick([1, 1, 1, 2, 2, 3]), bases, random);
  if (before.root.kind === "map" && before.kind === "Job" && random.chance(0.3)) before.root.entries.push({ key: "status", value: raw(random.pick(statuses)) });
  return { id, mutation: first === "" ? mutation : `${first} → ${mutation}`, yaml: written(after.root, random), old: written(before.root, random) };
}

/** The same questions for the same seed. */
export function* questions(count: number, seed: number, kind: "create" | "update"): Generator<Question> {
  const bases = readBases();
  const make = kind === "create" ? creation : update;
  for (let index = 0; index < count; index++) {
    const random = randomOf(Math.imul(seed, 0x9e3779b1) + index * 7919 + (kind === "create" ? 0 : 0x5bd1e995));
    yield make(bases, random, `${kind}-${String(seed)}-${String(index)}`);
  }
}
