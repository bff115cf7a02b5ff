/** One recorded case beside kronlint's answer. */
export interface Compared {
  readonly subject: Subject;
  readonly version: string;
  /** Where the request ends, or another kind of case. */
  readonly stage: string;
  readonly id: string;
  /** What the case is about, for people. */
  readonly about: string;
  /** Each part of the answer; with what differs, or nothing. */
  readonly parts: Readonly<Record<string, string | undefined>>;
  /** This machine cannot answer: its zones are others. */
  readonly skipped?: boolean;
}

export const subjects = ["creates", "updates", "lint", "fire times", "traces"] as const;
export type Subject = (typeof subjects)[number];

/** What differs in the whole answer, in words; undefined where nothing does. */
export function differenceIn({ parts }: Compared): string | undefined {
  const said = Object.values(parts).filter((difference) => difference !== undefined);
  return said.length === 0 ? undefined : said.join("; ");
}

/** What stands in one list only; undefined where both are equal. */
export function between(name: string, theirs: readonly string[], ours: readonly string[]): string | undefined {
  if (theirs.join("\n") === ours.join("\n")) return undefined;
  const lacking = theirs.filter((one) => !ours.includes(one));
  const extra = ours.filter((one) => !theirs.includes(one));
  return `${name}: missing [${lacking.join(", ")}], extra [${extra.join(", ")}]`;
}
