/** An accepted IP address as RFC 5952 wants it; undefined if it is written so, or is no address. */
export function preferredAddress(text: string): string | undefined {
  if (text.length > 100) return undefined;
  const better = text.includes(":") ? preferredV6(text) : preferredV4(text);
  return better === text ? undefined : better;
}

function preferredV4(text: string): string | undefined {
  return /^\d+(?:\.\d+){3}$/.test(text) ? text.split(".").map(Number).join(".") : undefined;
}

function preferredV6(text: string): string | undefined {
  const groups = groupsOf(text);
  if (!groups) return undefined;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]).join(".");
  const [start, length] = longestZeros(groups);
  if (length < 2) return hexadecimal(groups);
  return `${hexadecimal(groups.slice(0, start))}::${hexadecimal(groups.slice(start + length))}`;
}

function hexadecimal(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}

function groupsOf(text: string): readonly number[] | undefined {
  const [left = [], right, ...more] = text.split("::").map((side) => (side === "" ? [] : side.split(":").flatMap(partGroups)));
  if (more.length > 0) return undefined;
  const groups = right ? [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right] : left;
  return groups.length === 8 && groups.every((group) => group >= 0 && group <= 0xffff) ? groups : undefined;
}

/** One group, or the two of a dotted part. */
function partGroups(part: string): readonly number[] {
  if (!part.includes(".")) return [/^[0-9a-f]+$/i.test(part) ? parseInt(part, 16) : NaN];
  const [a = NaN, b = NaN, c = NaN, d = NaN] = part.split(".").map(Number);
  return [a * 256 + b, c * 256 + d];
}

/** Where the longest run of zeros begins, the first of equals, and how many groups it has. */
function longestZeros(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best[1]) best = [index - length + 1, length];
  }
  return best;
}
