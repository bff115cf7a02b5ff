type Version = readonly [number, number, number, string];

/**
 * Whether a version lies in a range such as `>=1.21-0` or `^1.2.0 || 2.x`; undefined for what is none. A version before a release only
 * lies in ranges that name one: https://github.com/Masterminds/semver
 */
export function semverMatches(range: string, version: string): boolean | undefined {
  const found = versionOf(version);
  if (!found) return undefined;
  const ways = range.split("||").map((way) => allHold(way, found.version));
  return ways.includes(undefined) ? undefined : ways.includes(true);
}

function allHold(way: string, version: Version): boolean | undefined {
  const parts = way.trim().replace(/([<>=!~^]+)\s+/g, "$1").split(/[\s,]+/).filter((part) => part !== "");
  const answers = parts.map((part) => holds(part, version));
  return answers.length === 0 || answers.includes(undefined) ? undefined : !answers.includes(false);
}

function holds(part: string, version: Version): boolean | undefined {
  const [, mark = "", text = ""] = /^([<>=!~^]*)(.*)$/.exec(part) ?? [];
  if (/^[*xX]$/.test(text)) return true;
  const limit = versionOf(text);
  if (!limit) return undefined;
  if (version[3] !== "" && limit.version[3] === "") return false;
  const order = compared(version, limit.version);
  const { parts } = limit;
  switch (mark) {
    case "": case "=":
      return parts === 3 ? order === 0 : sameStart(version, limit.version, parts);
    case "!=":
      return parts === 3 ? order !== 0 : !sameStart(version, limit.version, parts);
    case ">":
      return parts === 3 ? order > 0 : order > 0 && !sameStart(version, limit.version, parts);
    case ">=": case "=>":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=": case "=<":
      return order <= 0 || (parts < 3 && sameStart(version, limit.version, parts));
    case "~":
      return order >= 0 && sameStart(version, limit.version, Math.min(2, parts));
    case "^":
      return order >= 0 && sameStart(version, limit.version, limit.version[0] > 0 ? 1 : limit.version[1] > 0 ? 2 : 3);
    default:
      return undefined;
  }
}

function sameStart(a: Version, b: Version, parts: number): boolean {
  return a.slice(0, parts).every((number, index) => number === b[index]);
}

function versionOf(text: string): { readonly version: Version; readonly parts: number } | undefined {
  const found = /^v?(\d{1,9})(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(?:-([\w.-]+))?(?:\+[\w.-]*)?$/.exec(text.trim());
  if (!found) return undefined;
  const [, major = "0", minor, patch, before = ""] = found;
  const isNumber = (one: string | undefined): boolean => one !== undefined && /^\d/.test(one);
  const parts = isNumber(minor) ? (isNumber(patch) ? 3 : 2) : 1;
  return { version: [Number(major), isNumber(minor) ? Number(minor) : 0, isNumber(patch) ? Number(patch) : 0, before], parts };
}

function compared(a: Version, b: Version): number {
  for (const index of [0, 1, 2] as const) if (a[index] !== b[index]) return a[index] - b[index];
  if (a[3] === b[3]) return 0;
  if (a[3] === "" || b[3] === "") return a[3] === "" ? 1 : -1;
  return a[3] < b[3] ? -1 : 1;
}
