import { parseAsController } from "../cron.js";
import { nextOccurrence, zoneFor } from "../occurrences.js";
import { isLoadableZone } from "../zone.js";
import { zeroTime } from "./missed.js";
import type { Next } from "./missed.js";
import type { CronJobSpec } from "./scenario.js";

/** What the controller makes of the schedule and time zone of a spec. */
export interface ScheduleUse {
  readonly zoneKnown: boolean;
  /** Undefined when it cannot parse the schedule. */
  readonly next: Next | undefined;
}

// Every sync asks for the same few ticks again; after a long pause, for some thousand.
const mostRemembered = 8000;

/** With an unknown zone, the schedule is read in the controller's: so it is when the controller looks at an edit. */
export function scheduleUse({ schedule: text, timeZone }: CronJobSpec, controllerZone: string): ScheduleUse {
  const zoneKnown = timeZone === undefined || isLoadableZone(timeZone);
  const named = zoneKnown ? timeZone : undefined;
  const result = parseAsController(text, named);
  if (!result.ok) return { zoneKnown, next: undefined };
  const { schedule } = result;
  const inControllerZone = named === undefined || named === "Local" || text.includes("TZ");
  const zone = zoneFor(schedule, inControllerZone ? controllerZone : named);
  return { zoneKnown, next: remembering((after) => nextOccurrence(schedule, zone, after) ?? zeroTime) };
}

function remembering(next: Next): Next {
  const known = new Map<number, number>();
  return (after) => {
    const answer = known.get(after);
    if (answer !== undefined) return answer;
    if (known.size >= mostRemembered) known.clear();
    const found = next(after);
    known.set(after, found);
    return found;
  };
}
