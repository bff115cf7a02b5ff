import { type Check, clipped, forbidden, invalid, notFound, required } from "../check.js";
import { relocatedObject } from "../relocate.js";
import { isFullyKnown, listOf, objectsOf, spotOf, textOf, type Typed, type TypedObject } from "../typed.js";
import { checkUnique, containerName, type Pod, validateContainer } from "./container.js";
import { validateLifecycle } from "./lifecycle.js";
import { checkHostPorts } from "./host-ports.js";
import { validateProbes } from "./probe.js";

/** allowedEphemeralContainerFields in pkg/apis/core/validation/validation.go lacks these. */
const refused = [
  "ports",
  "resources",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
] as const;
/**
 * Before this minor each one was validated as a list of main containers with one item, `ephemeralContainers[0][0]`, and not at all
 * without a name; ephemeral containers before it could be its target.
 */
const firstOnItsOwn = 25;

/**
 * Debuggers; a template is not the place for them, but may have them.
 * Source: validateEphemeralContainers in pkg/apis/core/validation/validation.go
 */
export function validateEphemeralContainers(check: Check, pod: Pod): void {
  const containers = objectsOf(pod.spec, "ephemeralContainers");
  if (containers.length === 0) return;
  const targets = new Set(others(pod.spec).flatMap((container) => containerName(container) ?? []));
  const certain = namesAreKnown(pod.spec);
  const names = new Set(targets);
  for (const container of containers) {
    const named = containerName(container);
    if (check.minor < firstOnItsOwn) {
      if (certain) checkTarget(check, container, names);
      if (named === "") {
        required(check, { path: container.path, at: container.anchor }, "an ephemeral container needs a name; add one");
        continue;
      }
      validateAsList(check, pod, container);
    } else {
      validateContainer(check, pod, container);
      checkImage(check, container);
      if (certain) checkTarget(check, container, targets);
    }
    checkUnique(check, container, names);
    checkRefused(check, container);
  }
}

function others(pod: TypedObject): readonly TypedObject[] {
  return [...objectsOf(pod, "containers"), ...objectsOf(pod, "initContainers")];
}

function validateAsList(check: Check, pod: Pod, container: TypedObject): void {
  const only = relocatedObject(container, `${container.path}[0]`);
  validateContainer(check, pod, only);
  validateLifecycle(check, pod.spec, only);
  validateProbes(check, only);
  checkHostPorts(check, only, new Set());
  checkImage(check, only);
}

/** Source: validateContainerOnlyForPod */
function checkImage(check: Check, container: TypedObject): void {
  const image = textOf(container, "image") ?? "";
  if (!/^[^\S\uFEFF]|[^\S\uFEFF]$|^\u0085|\u0085$/.test(image)) return;
  invalid(check, spotOf(container, "image"), "image has blanks around it; remove them");
}

function checkTarget(check: Check, container: TypedObject, names: ReadonlySet<string>): void {
  const target = textOf(container, "targetContainerName") ?? "";
  if (target === "" || names.has(target)) return;
  notFound(check, spotOf(container, "targetContainerName"), `the pod has no container named ${clipped(target)}; correct the name`);
}

function namesAreKnown(pod: TypedObject): boolean {
  const lists = ["containers", "initContainers"].map((name) => listOf(pod, name) ?? pod.fields.get(name));
  const known = (list: Typed | undefined): boolean => (list ? list.kind === "list" && isFullyKnown(list) : pod.whole);
  return lists.every(known) && others(pod).every((container) => containerName(container) !== undefined);
}

function checkRefused(check: Check, container: TypedObject): void {
  for (const name of refused) {
    const field = container.fields.get(name);
    // Go holds resources by value, and cannot tell an empty one from none.
    const empty = name === "resources" && field?.kind === "object" && field.fields.size === 0;
    if (!field || field.kind === "unknown" || empty) continue;
    forbidden(check, field, `an ephemeral container has no ${name}; remove it`);
  }
  for (const mount of objectsOf(container, "volumeMounts")) {
    for (const name of ["subPath", "subPathExpr"]) {
      if ((textOf(mount, name) ?? "") === "") continue;
      forbidden(check, spotOf(mount, name), `a mount of an ephemeral container has no ${name}; remove it`);
    }
  }
}
