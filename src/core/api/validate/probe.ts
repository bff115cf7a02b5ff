import { type Check, checkBounds, invalid } from "../check.js";
import { isSet, numberOf, objectOf, spotOf, type TypedObject } from "../typed.js";
import { validateHandler } from "./handler.js";

const names = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const counts = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] as const;

/** The probes of one container. Source: validateProbe, validateLivenessProbe and the like in pkg/apis/core/validation/validation.go */
export function validateProbes(check: Check, container: TypedObject): void {
  for (const name of names) {
    const probe = objectOf(container, name);
    if (probe) validateProbe(check, name, probe);
  }
}

function validateProbe(check: Check, name: (typeof names)[number], probe: TypedObject): void {
  validateHandler(check, undefined, probe);
  for (const count of counts) checkBounds(check, probe, count, 0);
  checkBounds(check, probe, "terminationGracePeriodSeconds", 1);
  const grace = spotOf(probe, "terminationGracePeriodSeconds");
  if (name === "readinessProbe") {
    const known = numberOf(probe, "terminationGracePeriodSeconds") !== undefined;
    if (known) invalid(check, grace, "a readinessProbe stops nothing, so it has no terminationGracePeriodSeconds; remove it");
  } else checkSuccesses(check, name, probe);
}

function checkSuccesses(check: Check, name: string, probe: TypedObject): void {
  const successes = numberOf(probe, "successThreshold");
  if (successes === undefined || successes === 1 || !isSet(probe, "successThreshold")) return;
  invalid(check, spotOf(probe, "successThreshold"), `successThreshold of a ${name} is ${String(successes)}, but must be 1; remove it`);
}
