import { flagOf, isAbsent, isSet, numberOf, objectsOf, textOf, type TypedObject } from "../typed.js";

/** How far a live Job is; undefined where a template hides it. */
export interface Progress {
  readonly suspended: boolean | undefined;
  readonly started: boolean;
  /** The controller has taken its pods away. */
  readonly parked: boolean;
  readonly active: number;
}

/** Reads the live Job's spec and the status that was written with it. */
export function progressOf(spec: TypedObject, status: TypedObject | undefined): Progress {
  const suspended = isAbsent(spec, "suspend") ? false : flagOf(spec, "suspend");
  if (!status) return { suspended, started: false, parked: false, active: 0 };
  const parked = objectsOf(status, "conditions").some((one) => textOf(one, "type") === "Suspended" && textOf(one, "status") === "True");
  return { suspended, started: isSet(status, "startTime"), parked, active: numberOf(status, "active") ?? 0 };
}
