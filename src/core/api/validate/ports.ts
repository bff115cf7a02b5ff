import { type Check, clipped, duplicate, invalid, required } from "../check.js";
import { isPort, portNameFault } from "../names.js";
import { isAbsent, numberOf, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { checkChoice } from "./plain-field.js";

const protocols = ["TCP", "UDP", "SCTP"] as const;

/** The ports of one container. Source: validateContainerPorts in pkg/apis/core/validation/validation.go */
export function validatePorts(check: Check, container: TypedObject): void {
  const names = new Set<string>();
  for (const port of objectsOf(container, "ports")) {
    checkPortName(check, port, names);
    checkContainerPort(check, port);
    const onHost = numberOf(port, "hostPort") ?? 0;
    if (onHost !== 0 && !isPort(onHost)) invalid(check, spotOf(port, "hostPort"), outOfRange("hostPort", onHost));
    checkChoice(check, port, "protocol", protocols, "missing");
  }
}

function outOfRange(name: string, number: number): string {
  return `${name} is ${String(number)}, but must be between 1 and 65535; write a number in that range`;
}

function checkPortName(check: Check, port: TypedObject, names: Set<string>): void {
  const name = textOf(port, "name") ?? "";
  if (name === "") return;
  const fault = portNameFault(name);
  if (fault !== undefined) invalid(check, spotOf(port, "name"), `the port's name ${clipped(name)} ${fault}; correct it`);
  else if (names.has(name)) duplicate(check, spotOf(port, "name"), `another port of the container is named ${name} too; rename one`);
  else names.add(name);
}

function checkContainerPort(check: Check, port: TypedObject): void {
  const number = isAbsent(port, "containerPort") ? 0 : numberOf(port, "containerPort");
  const spot = spotOf(port, "containerPort");
  if (number === undefined || isPort(number)) return;
  if (number === 0) required(check, spot, "a port needs containerPort; write the number that the program listens on");
  else invalid(check, spot, outOfRange("containerPort", number));
}

/** A port's number or name, as probes and hooks have it. Source: ValidatePortNumOrName in pkg/apis/core/validation/validation.go */
export function checkPortNumberOrName(check: Check, action: TypedObject): void {
  const field = action.fields.get("port");
  const number = isAbsent(action, "port") ? 0 : numberOf(action, "port");
  if (number !== undefined && !isPort(number)) invalid(check, spotOf(action, "port"), outOfRange("port", number));
  if (field?.kind !== "scalar" || typeof field.value !== "string") return;
  const fault = portNameFault(field.value);
  const remedy = /^\d+$/.test(field.value) ? "remove the quotes" : "correct it";
  if (fault !== undefined) invalid(check, field, `the port's name ${clipped(field.value)} ${fault}; ${remedy}`);
}
