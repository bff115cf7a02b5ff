import { timeZoneLinks } from "../../../schemas/time-zone-links.js";
import { timeZones } from "../../../schemas/time-zones.js";

/** Tables of zones are made when somebody first asks for one: most runs never do, and every run would pay. */
function once<Table>(make: () => Table): () => Table {
  let table: Table | undefined;
  return () => (table ??= make());
}

const known = once((): ReadonlySet<string> => new Set(timeZones));

/** A zone to write instead, and why, as one clause. */
export interface ZoneAdvice {
  readonly use: string;
  readonly why: string;
}

/**
 * Whether `timeZone` may hold this name: case counts, and neither `Local` nor an empty name passes:
 * https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/batch/validation/validation.go#L859
 */
export function isKnownZone(name: string): boolean {
  return known().has(name);
}

/** Whether Go loads a zone of this name, as it does for a `TZ=` prefix: empty means UTC, `Local` the controller's own. */
export function isLoadableZone(name: string): boolean {
  return name === "" || name === "Local" || known().has(name);
}

// Accepted names that are no places.
const abbreviations: ReadonlyMap<string, ZoneAdvice> = new Map([
  ["EST", { use: "America/Panama", why: "EST is UTC-5 all year, without the summer time of America/New_York" }],
  ["MST", { use: "America/Phoenix", why: "MST is UTC-7 all year, without the summer time of America/Denver" }],
  ["HST", { use: "Pacific/Honolulu", why: "HST is an abbreviation kept for old systems" }],
  ["EST5EDT", { use: "America/New_York", why: "EST5EDT is a name kept for old systems" }],
  ["CST6CDT", { use: "America/Chicago", why: "CST6CDT is a name kept for old systems" }],
  ["MST7MDT", { use: "America/Denver", why: "MST7MDT is a name kept for old systems" }],
  ["PST8PDT", { use: "America/Los_Angeles", why: "PST8PDT is a name kept for old systems" }],
  ["WET", { use: "Europe/Lisbon", why: "WET is an abbreviation, and means summer time as well" }],
  ["CET", { use: "Europe/Brussels", why: "CET is an abbreviation, and means summer time as well" }],
  ["MET", { use: "Europe/Brussels", why: "MET is an abbreviation, and means summer time as well" }],
  ["EET", { use: "Europe/Athens", why: "EET is an abbreviation, and means summer time as well" }],
  ["Factory", { use: "Etc/UTC", why: "Factory stands for a clock that nobody has set" }],
]);

/** What to write instead of a name that is accepted but old, an abbreviation, or has its sign turned round. */
export function legacyZone(name: string): ZoneAdvice | undefined {
  if (!known().has(name)) return undefined;
  const abbreviation = abbreviations.get(name);
  if (abbreviation) return abbreviation;
  const fixed = /^Etc\/GMT([+-])([1-9]\d?)$/u.exec(name);
  if (fixed) return invertedSign(name, fixed[1] === "+" ? "-" : "+", Number(fixed[2]));
  const use = timeZoneLinks.get(name);
  return use === undefined ? undefined : { use, why: `${name} is an old name of ${use}` };
}

function invertedSign(name: string, sign: "+" | "-", hours: number): ZoneAdvice | undefined {
  const use = `Etc/GMT${sign}${hours}`;
  // UTC+13 and UTC+14 have no counterpart that could be meant.
  if (!known().has(use)) return undefined;
  return { use, why: `${name} is UTC${sign}${hours}: its sign is turned round` };
}

// What Go refuses; the zone is the one that most people who write it mean.
const refused = once((): ReadonlyMap<string, ZoneAdvice> => new Map(
  [
    "PST America/Los_Angeles",
    "PDT America/Los_Angeles",
    "PT America/Los_Angeles",
    "MDT America/Denver",
    "MT America/Denver",
    "CDT America/Chicago",
    "CT America/Chicago",
    "EDT America/New_York",
    "ET America/New_York",
    "AKST America/Anchorage",
    "BST Europe/London",
    "WEST Europe/Lisbon",
    "CEST Europe/Berlin",
    "MESZ Europe/Berlin",
    "MEZ Europe/Berlin",
    "EEST Europe/Athens",
    "MSK Europe/Moscow",
    "TRT Europe/Istanbul",
    "JST Asia/Tokyo",
    "KST Asia/Seoul",
    "HKT Asia/Hong_Kong",
    "SGT Asia/Singapore",
    "PKT Asia/Karachi",
    "WIB Asia/Jakarta",
    "BRT America/Sao_Paulo",
    "AEST Australia/Sydney",
    "AEDT Australia/Sydney",
    "ACST Australia/Adelaide",
    "AWST Australia/Perth",
    "NZST Pacific/Auckland",
    "NZDT Pacific/Auckland",
    "SAST Africa/Johannesburg",
    "WAT Africa/Lagos",
    "EAT Africa/Nairobi",
    "Z Etc/UTC",
  ].map((line) => {
    const [abbreviation = "", use = ""] = line.split(" ");
    return [abbreviation, { use, why: `${abbreviation} is an abbreviation; a zone is named after a city` }] as const;
  }),
));

const ambiguous: ReadonlyMap<string, ZoneAdvice> = new Map([
  ["IST", { use: "Asia/Kolkata", why: "IST may be India, Israel or Ireland" }],
  ["CST", { use: "America/Chicago", why: "CST may be the United States, China or Cuba" }],
  ["AST", { use: "America/Halifax", why: "AST may be Canada or Arabia" }],
]);

const byLowerCase = once((): ReadonlyMap<string, string> => new Map(timeZones.map((name) => [name.toLowerCase(), name])));
const byCity = once((): ReadonlyMap<string, string> => new Map(
  timeZones.filter((name) => name.includes("/") && !timeZoneLinks.has(name)).map((name) => [cityOf(name).toLowerCase(), name]),
));

function cityOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** What the author of a name that Go refuses most likely means. */
export function suggestZone(name: string): ZoneAdvice | undefined {
  if (known().has(name) || name.length > 60) return undefined;
  const plain = name.trim().replaceAll(/\s+/gu, "_");
  if (/^local$/iu.test(plain) || plain === "") return { use: "Etc/UTC", why: "the zone must be named; controllers mostly run in UTC" };
  const cased = byLowerCase().get(plain.toLowerCase());
  if (cased === name.trim()) return { use: cased, why: "there are blanks around the name" };
  if (cased !== undefined) return { use: cased, why: cased === plain ? "a name has _ for a blank" : "the case of a name counts" };
  const upper = plain.toUpperCase();
  return ambiguous.get(upper) ?? refused().get(upper) ?? fixedOffset(plain) ?? nearName(plain.toLowerCase());
}

// GMT+5 means five hours ahead to its author, which the Etc zones write with a minus.
function fixedOffset(name: string): ZoneAdvice | undefined {
  const match = /^(?:Etc\/)?(?:GMT|UTC)?([+-])0?(\d{1,2})(?::?(00|30|45))?$/iu.exec(name);
  if (!match) return undefined;
  const [, sign, hours, minutes = "00"] = match;
  if (Number(hours) === 0 && minutes === "00") return { use: "Etc/UTC", why: "an offset is no zone" };
  const use = `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`;
  if (minutes !== "00" || !known().has(use)) return undefined;
  return { use, why: "an offset is no zone, and the Etc zones turn its sign round" };
}

function nearName(name: string): ZoneAdvice | undefined {
  const city = byCity().get(cityOf(name));
  if (city !== undefined) return { use: city, why: `the name of that zone is ${city}` };
  const near = [...byLowerCase().keys()].filter((other) => name.length > 4 && isNear(name, other));
  const [only] = near;
  const use = near.length === 1 && only !== undefined ? byLowerCase().get(only) : undefined;
  return use === undefined ? undefined : { use, why: "the name is misspelt" };
}

// Whether two words differ in one letter: left out, put in, changed, or swapped with its neighbour.
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  return Math.max(restA.length, restB.length) <= 1 || (restA.length === 2 && restA === restB.charAt(1) + restB.charAt(0));
}
