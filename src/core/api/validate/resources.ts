import { type Amount, amountOf, amountOfText, isWhole } from "../amount.js";
import { type Check, clipped, crash, forbidden, invalid, notSupported, required } from "../check.js";
import { entrySpot, mapOf, type Spot, spotOf, type Typed, type TypedMap, type TypedObject } from "../typed.js";
import { validateClaims } from "./resource-claims.js";
import { canOvercommit, isCounted, isHugePages, type ResourceFault } from "./resource-names.js";

type FaultOf = (name: string) => ResourceFault | undefined;

/**
 * Requests and limits of a container or a pod; `claims` are the pod's.
 * Source: validateResourceRequirements in pkg/apis/core/validation/validation.go
 */
export function validateResources(check: Check, resources: TypedObject, faultOf: FaultOf, claims: ReadonlySet<string> | undefined): void {
  const limits = mapOf(resources, "limits");
  const requests = mapOf(resources, "requests");
  if (limits) validateList(check, limits, faultOf);
  if (requests) {
    validateList(check, requests, faultOf);
    for (const name of requests.entries.keys()) checkRequest(check, resources, requests, name);
  }
  checkHugePages(check, resources);
  validateClaims(check, resources, claims);
}

/** Names and amounts of one list. */
function validateList(check: Check, list: TypedMap, faultOf: FaultOf): void {
  for (const [name, quantity] of list.entries) {
    const spot = entrySpot(list, name);
    const fault = faultOf(name);
    const key: Spot = { path: spot.path, at: list.keys.get(name) ?? spot.at };
    if (fault?.type === "invalid") invalid(check, key, `resource ${clipped(name)} ${fault.text}; correct the name`);
    else if (fault) notSupported(check, key, `resource ${clipped(name)} of a pod`, ["cpu", "memory", "hugepages-<size>"]);
    const amount = kept(amountOf(quantity));
    if (amount === undefined) continue;
    checkAmount(check, spot, name, amount);
    if (isHugePages(name)) checkPages(check, spot, name, wholeUnits(amount, writtenIn(quantity)));
  }
}

/** Resources are kept in thousandths, rounded up: SetDefaults_ResourceList in pkg/apis/core/v1/defaults.go */
const milli = 10n ** 6n;

/** The amount of a resource that the server keeps of what is written. */
export function kept(amount: Amount | undefined): Amount | undefined {
  if (amount === undefined || amount % milli === 0n) return amount;
  return amount > 0n ? amount + milli - (amount % milli) : amount - milli - (amount % milli);
}

function checkAmount(check: Check, spot: Spot, name: string, amount: Amount): void {
  if (amount < 0n) invalid(check, spot, `${clipped(name)} is less than 0; write 0 or more`);
  if (isCounted(name) && !isWhole(amount)) invalid(check, spot, `${clipped(name)} comes in whole numbers; write one`);
}

/** The text that the server parses; a number is in JSON as it is here. */
function writtenIn(quantity: Typed): string {
  return quantity.kind === "scalar" ? String(quantity.value) : "";
}

/** Source: IsHugePageResourceValueDivisible in pkg/apis/core/helper/helpers.go */
function checkPages(check: Check, spot: Spot, name: string, units: bigint): void {
  const written = name.slice("hugepages-".length);
  const page = amountOfText(written);
  const whole = page !== undefined && page > 0n && isWhole(kept(page) ?? page);
  const size = whole ? wholeUnits(page, written) : undefined;
  if (size === 0n) crash(check, spot, `the page size in ${clipped(name)} is too large, and the server divides by 0; correct it`);
  else if (size === undefined || units % size !== 0n) {
    invalid(check, spot, `${clipped(name)} comes in pages of the size in its name; write a multiple of it`);
  }
}

const nano = 10n ** 9n;

/** With more digits than these a server counts without a limit, and cuts the result to its last 64 bits. */
const fewDigits = 18;

/**
 * Rounded away from 0. What 64 bits do not hold is 0 to the server where few digits are written, such as 1e19.
 * Source: ParseQuantity and Quantity.Value in k8s.io/apimachinery/pkg/api/resource
 */
function wholeUnits(amount: Amount, written: string): bigint {
  const cut = amount / nano;
  const units = amount % nano === 0n ? cut : amount > 0n ? cut + 1n : cut - 1n;
  const low = BigInt.asIntN(64, units);
  const digits = /^[\d.]*/.exec(written.replace(/^[ +-]*0*/, ""))?.[0].replace(".", "") ?? "";
  return low === units || digits.length > fewDigits ? low : 0n;
}

function checkRequest(check: Check, resources: TypedObject, requests: TypedMap, name: string): void {
  const limits = resources.fields.get("limits");
  const limit = limits?.kind === "map" ? limits.entries.get(name) : undefined;
  // The server names the list, not the entry.
  const spot: Spot = { path: requests.path, at: entrySpot(requests, name).at };
  if (!limit) {
    const certain = limits ? limits.kind === "map" && limits.whole : resources.whole;
    if (!certain || canOvercommit(name)) return;
    const { path } = spotOf(resources, "limits");
    required(check, { path, at: spot.at }, `a request of ${clipped(name)} needs a limit of the same amount; add it`);
    return;
  }
  const asked = kept(amountOf(requests.entries.get(name)));
  const most = kept(amountOf(limit));
  if (asked === undefined || most === undefined || asked === most) return;
  if (!canOvercommit(name)) invalid(check, spot, `the request of ${clipped(name)} differs from its limit; write the same amount`);
  else if (asked > most) invalid(check, spot, `the request of ${clipped(name)} is more than its limit; lower it, or raise the limit`);
}

/** Nobody can have huge pages alone. */
function checkHugePages(check: Check, resources: TypedObject): void {
  const lists = ["limits", "requests"].map((name) => resources.fields.get(name));
  const known = resources.whole && lists.every((list) => !list || (list.kind === "map" && list.whole));
  const names = lists.flatMap((list) => (list?.kind === "map" ? [...list.entries.keys()] : []));
  if (!known || !names.some(isHugePages) || names.includes("cpu") || names.includes("memory")) return;
  forbidden(check, resources, "huge pages need cpu or memory beside them; add a request or limit of one");
}
