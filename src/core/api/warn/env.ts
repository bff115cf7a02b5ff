import { type Check, clipped } from "../check.js";
import { textOrEmpty } from "../known.js";
import { isSet, listOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import type { Warn } from "./warn.js";

/** From this minor on a variable may build on one before it: `$(PATH):/opt`. Source: warningsForPodSpecAndMeta of 1.28 */
const firstWithReferences = 28;

/** Variables that hide others of the same name. */
export function warnOfEnv(check: Check, container: TypedObject, warn: Warn): void {
  const variables = objectsOf(container, "env");
  // Of two branches of a template only one is rendered.
  if (variables.length < 2 || listOf(container, "env")?.whole !== true) return;
  const names = new Set<string>();
  for (const variable of variables) {
    const name = textOf(variable, "name");
    if (name === undefined) continue;
    if (names.has(name)) warnOfRepeat(check, variable, name, warn);
    names.add(name);
  }
}

function warnOfRepeat(check: Check, variable: TypedObject, name: string, warn: Warn): void {
  const spot = spotOf(variable, "name");
  if (check.minor < firstWithReferences) {
    warn({ path: variable.path, at: spot.at }, `the variable ${clipped(name)} is set twice, and the later one counts; take one out`, spot.path);
    return;
  }
  const reference = `$(${name})`;
  const value = textOrEmpty(variable, "value");
  const builds = !isSet(variable, "valueFrom") && (value === undefined || (value !== reference && value.includes(reference)));
  if (builds) return;
  warn({ path: variable.path, at: spot.at }, `the variable ${clipped(name)} is set before, and kubectl apply may lose one; take one out`);
}
