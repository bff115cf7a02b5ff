import type { NameFault } from "../names.js";

const noAddress = "is no IP address";

/**
 * An IP address of a field that has taken loose forms for long. `strict` (the gate StrictIPCIDRValidation) ends that.
 * Source: IsValidIPForLegacyField in k8s.io/apimachinery/pkg/util/validation/ip.go
 */
export function ipFault(text: string, strict: boolean): NameFault {
  const [separator] = /[.:]/.exec(text.slice(0, 64)) ?? [];
  if (separator === undefined || text.length > 1000) return noAddress;
  if (separator === ".") return isV4(text) ? zeroFault(text, strict) : noAddress;
  const groups = v6Groups(text);
  if (!groups) return noAddress;
  if (!strict) return undefined;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return "is an IPv4 address written as IPv6";
  return zeroFault(text, strict) ?? (/[0-9a-f]{5}/i.test(text) ? "has a group of more than 4 digits" : undefined);
}

function zeroFault(text: string, strict: boolean): NameFault {
  const [octets = ""] = /[\d.]*$/.exec(text.includes(".") ? text : "") ?? [];
  return strict && octets.split(".").some((octet) => octet.length > 1 && octet.startsWith("0")) ? "has leading zeros" : undefined;
}

function isV4(text: string): boolean {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((octet) => /^\d+$/.test(octet) && Number(octet) <= 255);
}

/** The eight groups of an IPv6 address; undefined for what is none. */
function v6Groups(text: string): readonly number[] | undefined {
  const sides = text.split("::");
  if (sides.length > 2) return undefined;
  const parsed = sides.map((side, index) => sideGroups(side, index === sides.length - 1));
  const [left, right] = parsed;
  if (!left || parsed.includes(undefined)) return undefined;
  if (!right) return left.length === 8 ? left : undefined;
  const missing = 8 - left.length - right.length;
  return missing > 0 ? [...left, ...Array<number>(missing).fill(0), ...right] : undefined;
}

function sideGroups(side: string, last: boolean): readonly number[] | undefined {
  if (side === "") return [];
  const parts = side.split(":");
  const tail = last ? (parts.at(-1) ?? "") : "";
  const groups = (isV4(tail) ? parts.slice(0, -1) : parts).map((part) => (/^[0-9a-f]+$/i.test(part) ? parseInt(part, 16) : NaN));
  if (isV4(tail)) {
    const [a = 0, b = 0, c = 0, d = 0] = tail.split(".").map(Number);
    groups.push(a * 256 + b, c * 256 + d);
  }
  return groups.every((group) => group <= 0xffff) ? groups : undefined;
}
