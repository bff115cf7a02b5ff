import { lineOf, type RunTime } from "#rule";

/** What says how long a run takes, with its line: `the script sleeps 100 s (line 18)`. */
export function because({ evidence }: RunTime): string {
  const strongest = [...evidence].sort((a, b) => b.seconds - a.seconds).slice(0, 2);
  return strongest.map(({ text, place }) => (place ? `${text} (line ${String(lineOf(place))})` : text)).join(", ");
}

/** The places of the evidence, for a finding's `related`. */
export function evidencePlaces({ evidence }: RunTime): readonly { readonly at: NonNullable<RunTime["evidence"][number]["place"]>; readonly message: string }[] {
  return evidence.flatMap(({ place, text }) => (place ? [{ at: place, message: text }] : []));
}
