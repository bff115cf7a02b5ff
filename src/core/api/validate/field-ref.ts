import { amountOf, amountOfText } from "../amount.js";
import { type Check, clipped, forbidden, invalid, listed, notSupported, required } from "../check.js";
import { qualifiedNameFault } from "../names.js";
import { isBlank, spotOf, textOf, type TypedObject } from "../typed.js";

/** Where a pod's own field is asked for: in an environment variable or in a file of a volume. */
export type FieldRefUse = "env" | "volume";

/** Source: valid{Env,Volume}DownwardAPIFieldPathExpressions in pkg/apis/core/validation/validation.go */
const fieldPaths: Readonly<Record<FieldRefUse, readonly string[]>> = {
  env: [
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
    "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
  ],
  volume: ["metadata.name", "metadata.namespace", "metadata.labels", "metadata.annotations", "metadata.uid"],
};

/** Paths that a server can read but not show everywhere. Source: ConvertDownwardAPIFieldLabel in pkg/apis/core/pods/helpers.go */
const readablePaths: ReadonlySet<string> = new Set([
  ...fieldPaths.env, ...fieldPaths.volume, "spec.host", "spec.restartPolicy", "spec.schedulerName", "status.phase",
]);

/** Read from 1.28 on, behind PodHostIPs, which is on from 1.29 on. Source: the same, and validateDownwardAPIHostIPs */
const hostIPs = { path: "status.hostIPs", read: 28, on: 29 } as const;

/** Source: validContainerResourceFieldPathExpressions; hugepages-2Mi and the like come on top. */
const resources = ["limits", "requests"].flatMap((kind) => ["cpu", "memory", "ephemeral-storage"].map((name) => `${kind}.${name}`));
const hugePages = /^(?:limits|requests)\.hugepages-/;

const byteDivisors = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"] as const;
const cpuDivisors = ["1m", "1"] as const;

/** A fieldRef of an environment variable or a downward API file. Source: validateObjectFieldSelector, as above */
export function validateFieldRef(check: Check, ref: TypedObject, use: FieldRefUse): void {
  if (isBlank(ref, "apiVersion")) required(check, spotOf(ref, "apiVersion"), "a fieldRef needs an apiVersion; write v1");
  else if (isBlank(ref, "fieldPath")) {
    required(check, spotOf(ref, "fieldPath"), "a fieldRef needs a fieldPath; write one such as metadata.name");
  } else validateFieldPath(check, ref, use);
  if (check.minor < hostIPs.read || check.minor >= hostIPs.on || textOf(ref, "fieldPath") !== hostIPs.path) return;
  const fact = `fieldPath ${hostIPs.path} is behind the feature gate PodHostIPs, which is off by default before 1.${String(hostIPs.on)}`;
  forbidden(check, { path: ref.path, at: spotOf(ref, "fieldPath").at }, `${fact}; use status.hostIP`);
}

function validateFieldPath(check: Check, ref: TypedObject, use: FieldRefUse): void {
  const version = textOf(ref, "apiVersion");
  const path = textOf(ref, "fieldPath");
  if (version === undefined || path === undefined) return;
  const spot = spotOf(ref, "fieldPath");
  if (version !== "v1") return invalid(check, spot, `apiVersion ${clipped(version)} has no pods; write apiVersion: v1`);
  const subscript = subscriptOf(path);
  if (subscript) return validateSubscript(check, ref, subscript);
  if (!readablePaths.has(path) || (path === hostIPs.path && check.minor < hostIPs.read)) {
    invalid(check, spot, `fieldPath ${clipped(path)} is no field that a pod can read; use ${listed(fieldPaths[use])}`);
  } else if (!fieldPaths[use].includes(path === "spec.host" ? "spec.nodeName" : path)) {
    notSupported(check, spot, "fieldPath", fieldPaths[use]);
  }
}

interface Subscript {
  readonly path: string;
  readonly key: string;
}

/** `metadata.labels['app']`, split. Source: SplitMaybeSubscriptedPath in pkg/fieldpath/fieldpath.go */
function subscriptOf(path: string): Subscript | undefined {
  const open = path.indexOf("['");
  if (open <= 0 || !path.endsWith("']")) return undefined;
  const end = path.length - 2;
  return open + 2 <= end ? { path: path.slice(0, open), key: path.slice(open + 2, end) } : undefined;
}

function validateSubscript(check: Check, ref: TypedObject, { path, key }: Subscript): void {
  const spot = spotOf(ref, "fieldPath");
  if (path !== "metadata.labels" && path !== "metadata.annotations") {
    return invalid(check, spot, `${clipped(path)} has no parts to choose from; use metadata.labels['key'] or metadata.annotations['key']`);
  }
  const fault = qualifiedNameFault(path === "metadata.annotations" ? key.toLowerCase() : key);
  if (fault !== undefined) invalid(check, { path: ref.path, at: spot.at }, `the key ${clipped(key)} of ${path} ${fault}; correct it`);
}

/** A resourceFieldRef. Source: validateContainerResourceFieldSelector in pkg/apis/core/validation/validation.go */
export function validateResourceFieldRef(check: Check, ref: TypedObject, use: FieldRefUse): void {
  const resource = textOf(ref, "resource");
  if (use === "volume" && isBlank(ref, "containerName")) {
    required(check, spotOf(ref, "containerName"), "a resourceFieldRef of a volume needs a containerName; name the container it shows");
  } else if (isBlank(ref, "resource")) {
    required(check, spotOf(ref, "resource"), "a resourceFieldRef needs a resource; write one such as limits.memory");
  } else if (resource !== undefined && !resources.includes(resource) && !hugePages.test(resource)) {
    notSupported(check, spotOf(ref, "resource"), "resource", resources);
  }
  validateDivisor(check, ref, resource);
}

function validateDivisor(check: Check, ref: TypedObject, resource: string | undefined): void {
  const written = ref.fields.get("divisor");
  const amount = amountOf(written);
  if (written?.kind !== "scalar" || amount === undefined || amount === 0n) return;
  const allowed = divisorsOf(resource);
  if (!allowed || isOneOf(String(written.value), amount, allowed)) return;
  invalid(check, written, `divisor ${clipped(String(written.value))} is none for ${resource ?? ""}; use ${listed(allowed)}`);
}

function divisorsOf(resource: string | undefined): readonly string[] | undefined {
  if (resource === "limits.cpu" || resource === "requests.cpu") return cpuDivisors;
  const known = resource !== undefined && (resources.includes(resource) || hugePages.test(resource));
  return known ? byteDivisors : undefined;
}

/** The server compares the canonical text, so 1000 is 1k, but neither 1e3 nor 1024 is one of these. */
function isOneOf(text: string, amount: bigint, allowed: readonly string[]): boolean {
  // A 1 is kept as it is written, and neither +1 nor 1e0 is in the server's list.
  if (/^\+1[a-zA-Z]*$|^\+?1[eE][+-]?\d/.test(text.trim())) return false;
  if (amount === amountOfText("1")) return true;
  if (/[eE][+-]?\d+$/.test(text)) return false;
  const binary = text.trim().endsWith("i") && amount >= (amountOfText("1Ki") ?? 0n);
  return allowed.some((divisor) => divisor.endsWith("i") === binary && amountOfText(divisor) === amount);
}
