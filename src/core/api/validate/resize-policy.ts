import { type Check, clipped, duplicate, invalid, notSupported, required } from "../check.js";
import { textOrEmpty } from "../known.js";
import { isAbsent, listOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";

const allowed = { resourceName: ["cpu", "memory"], restartPolicy: ["NotRequired", "RestartContainer"] } as const;
/** From this minor on an init container that ends is not restarted for a resize: validateInitContainers. */
const initCheckedFrom = 36;

/**
 * Whether a container is restarted when its resources change. The server names the list, not the field.
 * Source: validateResizePolicy in pkg/apis/core/validation/validation.go
 */
export function validateResizePolicy(check: Check, container: TypedObject, podRestartPolicy: string | undefined): void {
  const list = listOf(container, "resizePolicy");
  if (!list) return;
  const seen = new Set<string>();
  for (const policy of objectsOf(container, "resizePolicy")) {
    const resource = textOrEmpty(policy, "resourceName");
    if (resource !== undefined) {
      if (seen.has(resource)) duplicate(check, policy, `${clipped(resource)} has a resizePolicy already; remove one`);
      seen.add(resource);
    }
    checkField(check, policy, "resourceName", list.path);
    checkField(check, policy, "restartPolicy", list.path);
    const restart = textOrEmpty(policy, "restartPolicy");
    if (podRestartPolicy !== "Never" || restart === undefined || restart === "NotRequired") continue;
    const spot = { path: list.path, at: spotOf(policy, "restartPolicy").at };
    invalid(check, spot, "a container is never restarted where the pod's restartPolicy is Never; write NotRequired");
  }
}

function checkField(check: Check, policy: TypedObject, name: keyof typeof allowed, path: string): void {
  const text = textOrEmpty(policy, name);
  const values: readonly string[] = allowed[name];
  if (text === undefined || values.includes(text)) return;
  if (text === "") required(check, { path, at: spotOf(policy, name).at }, `a resizePolicy needs ${name}; write ${values.join(" or ")}`);
  else notSupported(check, { ...(policy.fields.get(name) ?? spotOf(policy, name)), path }, name, values);
}

/** Source: validateInitContainers in pkg/apis/core/validation/validation.go */
export function checkInitResizePolicy(check: Check, container: TypedObject): void {
  const policy = textOf(container, "restartPolicy");
  const ends = policy === undefined ? isAbsent(container, "restartPolicy") : policy !== "Always";
  if (check.minor < initCheckedFrom || !ends) return;
  for (const item of objectsOf(container, "resizePolicy")) {
    if (textOf(item, "restartPolicy") !== "RestartContainer") continue;
    invalid(check, spotOf(item, "restartPolicy"), "an init container that ends is not restarted; write NotRequired");
  }
}
