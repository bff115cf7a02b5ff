import { scheduleCreateProblems } from "../../time/create.js";
import type { Place } from "../../text/place.js";
import { type Check, crash, invalid, required } from "../check.js";
import { isBlank, isSet, spotOf, textOf, type TypedObject } from "../typed.js";

/** From this minor on a schedule may hold no TZ; before, not together with timeZone. Source: validateScheduleFormat of 1.28 and 1.29 */
const zoneRefusedFrom = 29;
/** From this minor on the server survives what its parser does not. Source: ParseCronScheduleWithPanicRecovery in pkg/util/parsers */
const crashEnds = 35;
/** The parser looks for the blank behind the zone and cuts the text there, also when there is none. */
const zoneAlone = /^(?:CRON_)?TZ=[^ ]*$/;

/** schedule and timeZone. Source: validateCronJobSpec in pkg/apis/batch/validation/validation.go */
export function validateSchedule(check: Check, spec: TypedObject): void {
  const schedule = isBlank(spec, "schedule") ? "" : textOf(spec, "schedule");
  const spot = spotOf(spec, "schedule");
  if (schedule === "") required(check, spot, "a CronJob needs a schedule; add one such as \"0 3 * * *\"");
  else if (schedule !== undefined) validateText(check, spec, schedule);
  const zone = textOf(spec, "timeZone");
  if (zone === undefined) return;
  for (const { field, reason } of scheduleCreateProblems("* * * * *", zone)) {
    if (field === "timeZone") invalid(check, spotOf(spec, "timeZone"), withRemedy(reason, "write a name such as Europe/Berlin"));
  }
}

function validateText(check: Check, spec: TypedObject, schedule: string): void {
  const spot = spotOf(spec, "schedule");
  if (check.minor < crashEnds && zoneAlone.test(schedule)) {
    const fact = "a schedule that is a time zone and nothing else crashes the server's parser";
    return crash(check, spot, `${fact}; write five fields, and the zone to timeZone`);
  }
  for (const { kind, reason, start, end } of scheduleCreateProblems(schedule)) {
    const at = within(spec, start, end) ?? spot.at;
    if (kind !== "zone-in-schedule") invalid(check, { ...spot, at }, withRemedy(reason, "correct the schedule"));
    else if (check.minor >= zoneRefusedFrom) invalid(check, { ...spot, at }, withRemedy(reason, "move it there"));
    else if (isSet(spec, "timeZone")) {
      invalid(check, { ...spot, at }, "the schedule holds a time zone and timeZone is set; remove the one in the schedule");
    }
  }
}

/** A reason may already say what to do. */
function withRemedy(reason: string, remedy: string): string {
  return reason.includes("; ") ? reason : `${reason}; ${remedy}`;
}

function within(spec: TypedObject, start: number, end: number): Place | undefined {
  const field = spec.fields.get("schedule");
  return field?.kind === "scalar" && start < end ? field.node?.slice(start, end) : undefined;
}
