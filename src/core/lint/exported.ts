import { entryOf, type MappingNode, type Node } from "../read/node.js";
import type { Document } from "../read/document.js";
import { kindOf } from "../model/workload.js";

/** Whether a document is a Job that a CronJob started: what has run, and no manifest of anybody. */
export function isStartedByCronJob({ root }: Document): boolean {
  if (textIn(root, "kind") !== "Job") return false;
  const owners = valueIn(valueIn(root, "metadata"), "ownerReferences");
  if (owners?.kind !== "sequence") return false;
  // Whoever writes an owner by hand does not know its uid.
  return owners.items.some((owner) => textIn(owner, "kind") === "CronJob" && valueIn(owner, "uid") !== undefined);
}

/** Whether somebody deploys a Job or CronJob by it. */
export function isManifest(document: Document): boolean {
  return kindOf(document) !== undefined && !isNobodysObject(document);
}

/** Jobs and CronJobs that nobody sends to a cluster as they stand: there is nothing to mend in them. */
export function isNobodysObject(document: Document): boolean {
  if (isStartedByCronJob(document)) return true;
  return kindOf(document) !== undefined && (isAssertion(document) || isOnlyCalledSo(document));
}

/** What a test waits for: how an object stands, of which no specification is given. */
function isAssertion({ root }: Document): boolean {
  const status = valueIn(root, "status");
  const hasStatus = status?.kind === "mapping" ? status.open || status.entries.length > 0 : status?.kind === "unknown";
  return hasStatus && !root.open && valueIn(root, "spec") === undefined;
}

/** Values of a chart, say, that choose among kinds: it has much, and nothing that makes an object. */
function isOnlyCalledSo({ root }: Document): boolean {
  return !root.open && root.entries.length > 1 && ["apiVersion", "metadata", "spec"].every((key) => valueIn(root, key) === undefined);
}

function valueIn(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "mapping" ? entryOf(node, key)?.value : undefined;
}

function textIn(node: Node | MappingNode, key: string): string | undefined {
  const value = valueIn(node, key);
  return value?.kind === "scalar" ? value.text : undefined;
}

/** One object of an export, as a text of its own. */
export interface ExportedObject {
  /** `CronJob reports/nightly` */
  readonly name: string;
  readonly namespace: string;
  readonly text: string;
}

/** The objects of what `kubectl get -o json` prints, without what only the server knows; undefined for anything else. */
export function exportedObjects(json: string): readonly ExportedObject[] | undefined {
  const list = parsed(json);
  if (!isObject(list) || !Array.isArray(list["items"])) return undefined;
  const items: readonly unknown[] = list["items"];
  return items.filter(isObject).map(({ status: _, metadata, ...object }) => {
    const { managedFields: __, ...rest } = isObject(metadata) ? metadata : {};
    const namespace = wordOf(rest["namespace"]);
    const name = `${wordOf(object["kind"])} ${namespace}/${wordOf(rest["name"])}`;
    const { apiVersion, kind, ...parts } = object;
    return { name, namespace, text: JSON.stringify({ apiVersion, kind, metadata: rest, ...parts }, null, 2) };
  });
}

function wordOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
