import { releases } from "../../../schemas/kubernetes.js";

/** A set of Kubernetes minors: bit 0 is the first minor of the data. */
export type Versions = number;

/** The minors in the data, oldest first: "1.24". */
export const minors: readonly string[] = Object.keys(releases);

const firstMinor = minorNumber(minors[0] ?? "1.0");
export const allVersions: Versions = 2 ** minors.length - 1;
export const newestVersion: Versions = 1 << (minors.length - 1);

function minorNumber(version: string): number {
  return Number(version.slice(version.indexOf(".") + 1));
}

/** Minors that are not in the data are left out; none left means the newest. */
export function versionsOf(versions: readonly string[]): Versions {
  let found = 0;
  for (const version of versions) {
    const index = minors.indexOf(version);
    if (index >= 0) found |= 1 << index;
  }
  return found === 0 ? newestVersion : found;
}

/** "25-33" of the table: the minors 1.25 to 1.33. */
export function versionsBetween(range: string): Versions {
  const [first = 0, last = first] = range.split("-").map(Number);
  let found = 0;
  for (let minor = first; minor <= last; minor++) found |= 1 << (minor - firstMinor);
  return found & allVersions;
}

/** All minors before this one: "1.25". */
export function versionsBefore(version: string): Versions {
  const index = minorNumber(version) - firstMinor;
  return index <= 0 ? 0 : (2 ** index - 1) & allVersions;
}

export function minorsIn(versions: Versions): readonly string[] {
  return minors.filter((_, index) => (versions >> index) & 1);
}

/** "1.24 to 1.28 and 1.30". */
export function versionsText(versions: Versions): string {
  const runs: string[] = [];
  for (let index = 0; index < minors.length; index++) {
    if (!((versions >> index) & 1)) continue;
    const start = index;
    while ((versions >> (index + 1)) & 1) index++;
    const first = minors[start] ?? "";
    const last = minors[index] ?? "";
    runs.push(start === index ? first : start + 1 === index ? `${first} and ${last}` : `${first} to ${last}`);
  }
  if (runs.length < 2) return runs.join("");
  return `${runs.slice(0, -1).join(", ")} and ${runs.at(-1) ?? ""}`;
}

/** Whether a verb after these versions stands in the singular. */
export function isSingle(versions: Versions): boolean {
  return (versions & (versions - 1)) === 0;
}
