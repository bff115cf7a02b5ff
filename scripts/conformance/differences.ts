import { type Compared, differenceIn, type Subject } from "./compared.js";

/** A recorded case that is answered otherwise, in all versions in which it is. */
export interface Difference {
  readonly subject: Subject;
  readonly id: string;
  readonly about: string;
  readonly versions: readonly string[];
  /** As in the newest of the versions. */
  readonly difference: string;
  /** Why it is so, by people. */
  readonly reason: string;
}

/** What differs, each case once, with the reasons that are known. */
export function differencesOf(compared: Iterable<Compared>, known: readonly Difference[]): readonly Difference[] {
  const found = new Map<string, Difference>();
  for (const one of compared) {
    const difference = differenceIn(one);
    if (difference === undefined || one.skipped === true) continue;
    const { subject, id, about, version } = one;
    const key = `${subject} ${id}`;
    const reason = known.find((other) => other.subject === subject && other.id === id)?.reason ?? "";
    found.set(key, { subject, id, about, versions: [...(found.get(key)?.versions ?? []), version], difference, reason });
  }
  return [...found.values()];
}

export function differencesJson(differences: readonly Difference[]): string {
  return `${JSON.stringify(differences, undefined, 2)}\n`;
}
