import { isDeepStrictEqual } from "node:util";
import { simulate } from "../../src/core/time/controller/simulate.js";
import { sameZones, type TraceCase } from "./cases.js";
import type { Compared } from "./compared.js";

/** A recorded scenario of the CronJob controller. */
export function comparedTrace(recorded: TraceCase, version: string): Compared {
  const { id, trace, final, summary, ...scenario } = recorded;
  const ours = simulate(scenario);
  const differ = (part: string, theirs: unknown, own: unknown): string | undefined => (isDeepStrictEqual(theirs, own) ? undefined : `${part} differs`);
  const parts = {
    trace: traceDifference(trace, ours.trace),
    final: differ("final", final, ours.final),
    summary: differ("summary", summary, ours.summary),
  };
  const { schedule, concurrencyPolicy } = recorded.cronjob.spec;
  const about = `${schedule}, ${concurrencyPolicy}`;
  return { subject: "traces", version, stage: kindOfScenario(id), id, about, parts, skipped: traceNeedsOtherZones(recorded) };
}

/** The id says which kind of trouble the scenario is about: `open-dst-0012`. */
export function kindOfScenario(id: string): string {
  return id.replace(/^open-|-\d+$/g, "");
}

function traceDifference(theirs: TraceCase["trace"], ours: TraceCase["trace"]): string | undefined {
  const length = Math.max(theirs.length, ours.length);
  for (let index = 0; index < length; index++) {
    const [recorded, own] = [theirs[index], ours[index]];
    if (!isDeepStrictEqual(recorded, own)) return `trace, entry ${index}: ${JSON.stringify(recorded)}, ours ${JSON.stringify(own)}`;
  }
  return undefined;
}

/** Whether this machine's zones are not those of the recording, and count. */
export function traceNeedsOtherZones({ cronjob, edits = [] }: TraceCase): boolean {
  return !sameZones && [cronjob, ...edits].some(({ spec }) => spec.timeZone !== undefined || spec.schedule.includes("Europe"));
}
