import { lineOf, type RelatedPlace, type RunTime } from "#rule";
import { duration } from "./duration.js";

/** What says how long a run takes, with its line: `the script sleeps 100 s (line 18)`. */
export function because({ evidence, least }: RunTime): string {
  const strongest = [...evidence].sort((a, b) => b.seconds - a.seconds).slice(0, 2);
  const parts = strongest.map(({ text, place }) => (place ? `${text} (line ${String(lineOf(place))})` : text));
  const said = parts.map((part, index) => (index > 0 ? part.replace(/^the script /, "") : part)).join(" and ");
  const total = strongest.reduce((sum, { seconds }) => sum + seconds, 0);
  if (least < total) return `${said} until a deadline ends it after ${duration(least)}`;
  // Also several pods one after another.
  return Number.isFinite(total) && (parts.length > 1 || least > total + 1) ? `${said}, ${duration(least)} in all` : said;
}

/** Seconds that a run may take though none need to, where a script or the user says so and not just a deadline. */
export function longestKnown({ bounds, least, most }: RunTime): number | undefined {
  if (most === null || most <= least || !Number.isFinite(most) || bounds.length === 0) return undefined;
  return bounds.some(({ text }) => text.startsWith("activeDeadlineSeconds")) ? undefined : most;
}

/** Seconds that a run may take when attempts fail and are made again, where a script bounds each; a deadline says it by itself. */
export function longestRetried({ worst, most, least, succeeds, from }: RunTime): number | undefined {
  const { seconds, evidence } = worst;
  if (from !== "script" || succeeds || most === null || seconds === null || !Number.isFinite(least) || seconds <= most) return undefined;
  return evidence.some(({ text }) => text.startsWith("activeDeadlineSeconds")) ? undefined : seconds;
}

/** What may take longer than the gap: a run, or a run that fails with its retries. */
export function longer(run: RunTime, gap: number): string | undefined {
  if ((longestKnown(run) ?? 0) > gap) return becauseOfMost(run);
  const retried = longestRetried(run) ?? 0;
  return retried > gap ? `if it fails, a run with its retries takes up to ${duration(retried)}` : undefined;
}

/** What says how long a run may take, with its line: `the script takes up to 600 s (line 18)`. */
export function becauseOfMost({ bounds, most }: RunTime): string {
  const [first] = [...bounds].sort((a, b) => b.seconds - a.seconds);
  if (!first || bounds.length > 1 || first.seconds !== most) return `a run takes up to ${duration(most ?? 0)}`;
  return first.place ? `${first.text} (line ${String(lineOf(first.place))})` : first.text;
}

/** The places of the evidence, for a finding's `related`. */
export function evidencePlaces({ evidence }: RunTime): readonly RelatedPlace[] {
  return evidence.flatMap(({ place, text }) => (place ? [{ at: place, message: text }] : []));
}

/** Whether the run goes on until a deadline, a tick or somebody ends it. */
export function neverEnds({ evidence }: RunTime): boolean {
  return evidence.some(({ seconds }) => seconds === Infinity);
}

/** Whether scripts alone say it, and no deadline cuts it: the start of the pod then comes on top. */
export function isFromScript({ evidence, least }: RunTime): boolean {
  const longest = Math.max(0, ...evidence.map(({ seconds }) => seconds));
  return least >= longest && evidence.length > 0 && evidence.every(({ text }) => text.startsWith("the script "));
}
