import type { Field, Present, RelatedPlace } from "#rule";
import type { NodeRequirement } from "./node-requirements.js";

/** Why no node meets all of some requirements. */
export interface Contradiction {
  readonly at: Field<string>;
  readonly fact: string;
  readonly remedy: string;
  /** What was certainly meant in place of a value. */
  readonly instead?: { readonly value: Present<string>; readonly text: string };
  readonly related?: RelatedPlace;
}

/**
 * What the kubelet sets: the names that Go has for the systems and architectures that Kubernetes is built for.
 * https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch
 */
const systems = ["linux", "windows"];
const architectures = ["amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64", "loong64", "mips64le"];
const known: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/os": systems,
  "beta.kubernetes.io/os": systems,
  "kubernetes.io/arch": architectures,
  "beta.kubernetes.io/arch": architectures,
};
const otherNames: Readonly<Record<string, string>> = {
  ...{ x86_64: "amd64", "x86-64": "amd64", x64: "amd64", x86: "386", i386: "386" },
  ...{ aarch64: "arm64", arm64v8: "arm64", armv7: "arm", armv7l: "arm", armhf: "arm" },
};

/** Bounds the work: each is held against the others about its label. */
const mostRequirements = 200;

/** The first contradiction among requirements that a node has to meet together. */
export function contradictionIn(requirements: readonly NodeRequirement[]): Contradiction | undefined {
  const byKey = new Map<string, NodeRequirement[]>();
  for (const one of requirements.slice(0, mostRequirements)) {
    const same = byKey.get(one.key) ?? [];
    byKey.set(one.key, same);
    const found = impossible(one) ?? against(one, same);
    if (found) return found;
    same.push(one);
  }
  return undefined;
}

function impossible({ key, operator, values }: NodeRequirement): Contradiction | undefined {
  const possible = Object.hasOwn(known, key) ? known[key] : undefined;
  const [first] = values;
  if (!possible || operator !== "In" || !first || values.some(({ value }) => possible.includes(value))) return undefined;
  const lower = first.value.toLowerCase();
  const other = key.endsWith("/arch") && Object.hasOwn(otherNames, lower) ? otherNames[lower] : undefined;
  const instead = possible.includes(lower) ? lower : other;
  const fact = `no node has ${key}: ${clipped(first.value)}`;
  const remedy = `write ${instead ?? possible.slice(0, 2).join(" or ")}`;
  return { at: first, fact, remedy, ...(instead === undefined || values.length > 1 ? {} : { instead: { value: first, text: instead } }) };
}

/** One requirement against those before it about the same label. */
function against(one: NodeRequirement, before: readonly NodeRequirement[]): Contradiction | undefined {
  const other = before.find((earlier) => excludes(earlier, one) || excludes(one, earlier));
  if (!other) return undefined;
  const at: Field<string> = one.values[0] ?? { state: "unknown", path: one.path, place: one.keyPlace };
  const [first, second] = [said(other), said(one)];
  const place = other.values[0]?.place ?? other.keyPlace;
  const fact = `no node can have ${one.key} ${first} and ${second}`;
  return { at, fact, remedy: "take one of the two out", related: { at: place, message: `here it is to be ${first}` } };
}

function excludes(one: NodeRequirement, other: NodeRequirement): boolean {
  const others = new Set(other.values.map(({ value }) => value));
  if (one.operator === "In" && other.operator === "In") return one.values.every(({ value }) => !others.has(value));
  if (one.operator === "In" && other.operator === "NotIn") return one.values.every(({ value }) => others.has(value));
  return (one.operator === "In" || one.operator === "Exists") && other.operator === "DoesNotExist";
}

function said({ operator, values }: NodeRequirement): string {
  if (operator === "Exists") return "present";
  if (operator === "DoesNotExist") return "absent";
  const shown = values.slice(0, 3).map(({ value }) => clipped(value)).join(" or ");
  const list = values.length > 3 ? `${shown} or another` : shown;
  return operator === "In" ? list : `not ${list}`;
}

function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
