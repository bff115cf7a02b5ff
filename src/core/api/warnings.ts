import type { Place } from "../text/place.js";
import type { Check } from "./check.js";
import type { TypedObject } from "./typed.js";

/** A Warning header of an accepted request; the message begins as the server's does. */
export interface ApiWarning {
  readonly field: string;
  readonly at: Place;
  readonly message: string;
}

/** What the server warns about in an object that it accepts. */
export function warningsOf(_check: Check, _object: TypedObject): readonly ApiWarning[] {
  return [];
}
