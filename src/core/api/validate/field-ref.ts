import { amountOf } from "../amount.js";
import { type Check, clipped, forbidden, invalid, notSupported, required } from "../check.js";
import { textOrEmpty } from "../known.js";
import { qualifiedNameFault } from "../names.js";
import { spotOf, type Typed, type TypedObject } from "../typed.js";
import { checkNameAt } from "./plain-field.js";

/** What of a pod has a name in the API. Source: ConvertDownwardAPIFieldLabel in pkg/apis/core/pods/helpers.go */
const convertible: ReadonlySet<string> = new Set([
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.restartPolicy",
  "spec.serviceAccountName",
  "spec.schedulerName",
  "status.phase",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
]);
/** `status.hostIPs` has a name from this minor on; its gate, PodHostIPs, was off in it: validateDownwardAPIHostIPs. */
const hostIps = { path: "status.hostIPs", named: 28, allowed: 29 } as const;

/** `metadata.labels['app']`: the path before it and the key in it. Source: SplitMaybeSubscriptedPath in pkg/fieldpath/fieldpath.go */
function subscripted(path: string): readonly [path: string, key: string] | undefined {
  const start = path.indexOf("['");
  return path.endsWith("']") && start > 0 && start <= path.length - 4 ? [path.slice(0, start), path.slice(start + 2, -2)] : undefined;
}

/**
 * A field of the pod that becomes a value; `paths` are those that may.
 * Source: validateObjectFieldSelector in pkg/apis/core/validation/validation.go
 */
export function validateFieldRef(check: Check, ref: TypedObject, paths: readonly string[]): void {
  const version = textOrEmpty(ref, "apiVersion");
  const path = textOrEmpty(ref, "fieldPath");
  if (version === "") required(check, spotOf(ref, "apiVersion"), "the reference needs an apiVersion; write v1");
  else if (path === "") required(check, spotOf(ref, "fieldPath"), "the reference needs a fieldPath; write one such as metadata.name");
  else if (version !== undefined && path !== undefined) checkFieldPath(check, ref, { version, path, paths });
}

function checkFieldPath(
  check: Check,
  ref: TypedObject,
  { version, path, paths }: { readonly version: string; readonly path: string; readonly paths: readonly string[] },
): void {
  const spot = spotOf(ref, "fieldPath");
  const [base, key] = subscripted(path) ?? [];
  const keyed = base === "metadata.annotations" || base === "metadata.labels";
  if (version !== "v1") {
    invalid(check, spot, `fields of a pod are known in v1 only, not in ${clipped(version)}; remove apiVersion`);
  } else if (keyed && key !== undefined) {
    const name = base === "metadata.annotations" ? key.toLowerCase() : key;
    checkNameAt(check, { path: ref.path, at: spot.at }, "the key", name, qualifiedNameFault);
  } else if (!isConvertible(check, path)) {
    invalid(check, spot, `a pod has no field ${clipped(path)} to take a value from; use one such as ${String(paths[0])}`);
  } else if (!paths.includes(path) && path !== "spec.host") notSupported(check, ref.fields.get("fieldPath") ?? spot, "fieldPath", paths);
  else if (path === hostIps.path && check.minor < hostIps.allowed) {
    forbidden(check, { path: ref.path, at: spot.at }, `${path} needs a gate that is off here; use status.hostIP`);
  }
}

function isConvertible(check: Check, path: string): boolean {
  if (path === "spec.host") return true;
  return convertible.has(path) && (path !== hostIps.path || check.minor >= hostIps.named);
}

const resourcePaths = [
  "limits.cpu",
  "limits.memory",
  "limits.ephemeral-storage",
  "requests.cpu",
  "requests.memory",
  "requests.ephemeral-storage",
] as const;

/**
 * A request or limit of a container that becomes a value.
 * Source: validateContainerResourceFieldSelector in pkg/apis/core/validation/validation.go
 */
export function validateResourceFieldRef(check: Check, ref: TypedObject): void {
  const resource = textOrEmpty(ref, "resource");
  if (resource === undefined) return;
  const huge = /^(?:limits|requests)\.hugepages-/.test(resource);
  const known = huge || resourcePaths.some((path) => path === resource);
  if (resource === "") required(check, spotOf(ref, "resource"), "the reference needs a resource; write one such as limits.memory");
  else if (!known) notSupported(check, ref.fields.get("resource") ?? spotOf(ref, "resource"), "resource", resourcePaths);
  else checkDivisor(check, ref, resource);
}

const nano = 10n ** 9n;
const decimals: ReadonlySet<bigint> = new Set([0, 3, 6, 9, 12, 15, 18].map((power) => nano * 10n ** BigInt(power)));
const binaries: ReadonlySet<bigint> = new Set([10n, 20n, 30n, 40n, 50n, 60n].map((power) => nano * 2n ** power));

/** One unit of the resource, in the server's own spelling: 1Ki and 1024Ki, but not 1024. Source: validateContainerResourceDivisor */
function checkDivisor(check: Check, ref: TypedObject, resource: string): void {
  const divisor = ref.fields.get("divisor");
  const amount = amountOf(divisor);
  if (amount === undefined || amount === 0n) return;
  const cpu = resource.endsWith(".cpu");
  const text = spelling(divisor);
  const one = amount === nano;
  const good = cpu ? one || (text === "decimal" && amount * 1000n === nano) : one || isUnit(amount, text);
  if (good) return;
  const units = cpu ? "1m or 1" : "1 or a unit such as 1Ki, 1Mi or 1M";
  invalid(check, spotOf(ref, "divisor"), `the divisor of ${resource} must be one unit; write ${units}`);
}

type Spelling = "decimal" | "binary" | "exponent";

function spelling(divisor: Typed | undefined): Spelling {
  const text = divisor?.kind === "scalar" ? String(divisor.value).trim() : "";
  if (text.endsWith("i")) return "binary";
  return /[eE][+-]?\d/.test(text) ? "exponent" : "decimal";
}

function isUnit(amount: bigint, text: Spelling): boolean {
  if (text === "exponent") return false;
  return text === "decimal" ? decimals.has(amount) : binaries.has(amount);
}
