import { type Check, clipped, duplicate, invalid, listed, required } from "../check.js";
import { textOrEmpty } from "../known.js";
import { dnsLabelFault } from "../names.js";
import { isBlank, objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { validateEnv } from "./env.js";
import { validateEnvFrom } from "./env-from.js";
import { checkChoice, checkName } from "./plain-field.js";
import { validatePorts } from "./ports.js";
import { validateResizePolicy } from "./resize-policy.js";
import { containerResourceFault } from "./resource-names.js";
import { validateResources } from "./resources.js";
import { validateSecurityContext } from "./security-context.js";
import { validateVolumeMounts } from "./volume-mounts.js";
import type { Volumes } from "./volumes.js";

/** A pod whose containers are validated. */
export interface Pod {
  readonly spec: TypedObject;
  readonly volumes: Volumes;
  /** Names of its resource claims; undefined where a template may bring more. */
  readonly claims: ReadonlySet<string> | undefined;
}

const pullPolicies = ["Always", "IfNotPresent", "Never"] as const;
const messagePolicies = ["File", "FallbackToLogsOnError"] as const;
/** Before this minor validateContainers called an unknown terminationMessagePolicy invalid, since then not supported. */
const messagePolicyListedFrom = 25;

/** What all three kinds of containers have in common. Source: validateContainerCommon in pkg/apis/core/validation/validation.go */
export function validateContainer(check: Check, pod: Pod, container: TypedObject): void {
  if (isBlank(container, "name")) required(check, spotOf(container, "name"), "a container needs a name; add one");
  else checkName(check, container, "name", dnsLabelFault);
  if (isBlank(container, "image")) required(check, spotOf(container, "image"), "a container needs an image; add one");
  checkMessagePolicy(check, container);
  validatePorts(check, container);
  validateEnv(check, container);
  validateEnvFrom(check, container);
  validateVolumeMounts(check, container, pod.volumes);
  checkChoice(check, container, "imagePullPolicy", pullPolicies, "missing");
  const resources = objectOf(container, "resources");
  if (resources) validateResources(check, resources, containerResourceFault, pod.claims);
  validateResizePolicy(check, container, textOf(pod.spec, "restartPolicy"));
  validateSecurityContext(check, pod.spec, container);
}

function checkMessagePolicy(check: Check, container: TypedObject): void {
  const name = "terminationMessagePolicy";
  const policy = textOf(container, name);
  if (check.minor >= messagePolicyListedFrom || policy === "") checkChoice(check, container, name, messagePolicies, "missing");
  else if (policy !== undefined && !messagePolicies.some((known) => known === policy)) {
    invalid(check, spotOf(container, name), `${name} is ${clipped(policy)}; use ${listed(messagePolicies)}`);
  }
}

/** A container's name as Go holds it, to tell it from others; undefined for what a template hides. */
export function containerName(container: TypedObject): string | undefined {
  return textOrEmpty(container, "name");
}

/** Adds the container's name to the names of those before it, where it must not be. */
export function checkUnique(check: Check, container: TypedObject, names: Set<string>): void {
  const name = containerName(container);
  if (name === undefined) return;
  if (names.has(name)) duplicate(check, spotOf(container, "name"), `another container is named ${clipped(name)} too; rename one`);
  else names.add(name);
}
