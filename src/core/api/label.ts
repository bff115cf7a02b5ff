import { entryOf } from "../read/node.js";
import type { Frame } from "./frame.js";

/** Names that many objects have, so that a message has to say whose they are. */
const vague: ReadonlySet<string> = new Set(["name", "value", "key", "path", "mode", "port", "host", "type", "operator", "items"]);
/** Maps whose entries have a word of their own. */
const entryWords: Readonly<Record<string, string>> = { labels: "label", annotations: "annotation", nodeSelector: "nodeSelector label" };

function nameIn(frame: Frame): string | undefined {
  const name = entryOf(frame.mapping, "name")?.value;
  return name?.kind === "scalar" && typeof name.value === "string" && name.value.length <= 40 ? name.value : undefined;
}

/** How a message calls a field: `backoffLimit`; of a variable `the value of env RETRIES`; else with its owner, `port of httpGet`. */
export function fieldLabel(frame: Frame, name: string): string {
  if (!vague.has(name)) return name;
  const called = frame.type.name === "EnvVar" && name === "value" ? nameIn(frame) : undefined;
  if (called !== undefined) return `the value of env ${called}`;
  const owner = frame.path.slice(frame.path.lastIndexOf(".") + 1);
  return owner === "" || owner === "metadata" ? name : `${name} of ${owner}`;
}

/** An entry of a map: `annotation example.com/owner`, `requests.cpu`. */
export function entryLabel(label: string, key: string): string {
  const word = Object.hasOwn(entryWords, label) ? entryWords[label] : undefined;
  return word === undefined ? `${label}.${clipped(key)}` : `${word} ${clipped(key)}`;
}

function clipped(key: string): string {
  return key.length > 60 ? `${key.slice(0, 59)}…` : key;
}
