import { type Check, clipped, forbidden, invalid, required } from "../check.js";
import { numberOrZero, textOrEmpty } from "../known.js";
import { isBlank, isEmpty, numberOf, objectOf, objectsOf, spotOf, type TypedObject } from "../typed.js";
import { checkChoice } from "./plain-field.js";
import { checkPortNumberOrName } from "./ports.js";

/** The ways in which a probe or a hook acts, in the order in which the server looks for them. */
const kinds = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;
type Kind = (typeof kinds)[number];

const schemes = ["HTTP", "HTTPS"] as const;

/** A probe or a hook does one thing; `pod` is that of a hook. Source: validateHandler in pkg/apis/core/validation/validation.go */
export function validateHandler(check: Check, pod: TypedObject | undefined, handler: TypedObject): void {
  const found = kinds.filter((kind) => handler.fields.has(kind));
  if (found.length === 0 && handler.whole) required(check, handler, "nothing says what to do; add exec, httpGet or tcpSocket");
  const [first] = found;
  // A template may leave the first one out, and then the next is the one.
  if (first === undefined || !objectOf(handler, first)) return;
  for (const kind of found) {
    const action = objectOf(handler, kind);
    if (!action) continue;
    if (kind === first) validateAction(check, pod, kind, action);
    else forbidden(check, action, `${first} and ${kind} are both set, but one thing can be done; remove one`);
  }
}

function validateAction(check: Check, pod: TypedObject | undefined, kind: Kind, action: TypedObject): void {
  if (kind === "exec" && isEmpty(action, "command")) required(check, spotOf(action, "command"), "exec needs a command; add one");
  if (kind === "httpGet") validateHttpGet(check, action);
  if (kind === "httpGet" || kind === "tcpSocket" || kind === "grpc") checkPortNumberOrName(check, action);
  if (kind === "sleep" && pod) checkSleep(check, pod, action);
}

function validateHttpGet(check: Check, action: TypedObject): void {
  if (isBlank(action, "path")) required(check, spotOf(action, "path"), "httpGet needs a path; write one such as /");
  checkChoice(check, action, "scheme", schemes);
  for (const header of objectsOf(action, "httpHeaders")) {
    const name = textOrEmpty(header, "name");
    if (name === undefined || /^[-A-Za-z0-9]+$/.test(name)) continue;
    // The server names the list, not the header.
    const spot = { path: spotOf(action, "httpHeaders").path, at: spotOf(header, "name").at };
    invalid(check, spot, `the header's name ${clipped(name)} must be letters, digits and -; correct it`);
  }
}

/** Source: validateSleepAction in pkg/apis/core/validation/validation.go */
function checkSleep(check: Check, pod: TypedObject, sleep: TypedObject): void {
  const seconds = numberOrZero(sleep, "seconds");
  const grace = numberOf(pod, "terminationGracePeriodSeconds");
  if (seconds === undefined || grace === undefined) return;
  const least = check.on("PodLifecycleSleepActionAllowZero") ? 0 : 1;
  if (seconds >= least && seconds <= grace) return;
  const range = `between ${String(least)} and the pod's terminationGracePeriodSeconds of ${String(grace)}`;
  const spot = { path: sleep.path, at: spotOf(sleep, "seconds").at };
  invalid(check, spot, `sleep is ${String(seconds)} s, but must be ${range}; write a number in that range`);
}
