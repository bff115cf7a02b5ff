import { expect, test } from "vitest";
import { errorsOf } from "./errors-of.js";

const cost = "controller.kubernetes.io/pod-deletion-cost";
const seccomp = "container.seccomp.security.alpha.kubernetes.io/report";
const appArmor = "container.apparmor.security.beta.kubernetes.io/";
const tolerations = "scheduler.alpha.kubernetes.io/tolerations";

test.each([
  ["a cost", `${cost}: "-12"`, []],
  ["the largest", `${cost}: "2147483647"`, []],
  ["a larger one", `${cost}: "2147483648"`, [`Invalid annotations[${cost}] at "2147483648"`]],
  ["a leading zero", `${cost}: "012"`, [`Invalid annotations[${cost}] at "012"`]],
  ["a plus", `${cost}: "+1"`, [`Invalid annotations[${cost}] at "+1"`]],
  ["a template's", `${cost}: "{{ .Values.cost }}"`, []],
  ["a mirror pod without a node", "kubernetes.io/config.mirror: a", ["Invalid annotations[kubernetes.io/config.mirror] at a"]],
  ["a seccomp profile", `${seccomp}: runtime/default`, []],
  ["one that is none", `${seccomp}: default`, [`Invalid annotations.${seccomp} at default`]],
  ["one that leaves its folder", `${seccomp}: localhost/../a`, [`Invalid annotations.${seccomp} at localhost/../a`]],
  ["an AppArmor profile", `${appArmor}report: localhost/a`, []],
  ["one that is none", `${appArmor}report: default`, [`Invalid annotations[${appArmor}report] at default`]],
  ["one of no container", `${appArmor}reports: unconfined`, [`Invalid annotations[${appArmor}reports] at unconfined`]],
  ["tolerations", `${tolerations}: '[{"key": "a", "operator": "Exists"}]'`, []],
  ["none", `${tolerations}: ""`, []],
  ["no JSON", `${tolerations}: "[{"`, ['Invalid annotations at "[{"']],
  ["no list", `${tolerations}: "{}"`, ['Invalid annotations at "{}"']],
  ["a wrong type", `${tolerations}: '[{"key": 1}]'`, [`Invalid annotations at '[{"key": 1}]'`]],
  ["an effect that is none", `${tolerations}: '[{"Key": "a", "effect": "X"}]'`, [`NotSupported annotations.${tolerations}[0].effect at '[{"Key": "a", "effect": "X"}]'`]],
])("%s", (_, annotations, expected) => {
  expect(errorsOf({ annotations })).toEqual(expected);
});

test.each([
  ["the same", `${seccomp}: runtime/default`, "seccompProfile: { type: RuntimeDefault }", []],
  ["another", `${seccomp}: unconfined`, "seccompProfile: { type: RuntimeDefault }", ["Forbidden containers[0].securityContext.seccompProfile.type at RuntimeDefault"]],
  ["another path", `${seccomp}: localhost/a`, "seccompProfile: { type: Localhost, localhostProfile: b }", ["Forbidden containers[0].securityContext.seccompProfile.localhostProfile at b"]],
  ["the same of AppArmor", `${appArmor}report: unconfined`, "appArmorProfile: { type: Unconfined }", []],
  ["another of AppArmor", `${appArmor}report: unconfined`, "appArmorProfile: { type: RuntimeDefault }", ["Forbidden containers[0].securityContext.appArmorProfile.type at RuntimeDefault"]],
])("an annotation says %s", (_, annotations, context, expected) => {
  expect(errorsOf({ annotations, container: `securityContext: { ${context} }` })).toEqual(expected);
});

test("a pod's AppArmor profile is its containers', but on Windows", () => {
  const annotations = `${appArmor}report: unconfined`;
  const pod = "securityContext: { appArmorProfile: { type: RuntimeDefault } }";
  const field = "containers[0].securityContext.appArmorProfile.type";
  expect(errorsOf({ annotations, pod })).toEqual([`Forbidden ${field} at RuntimeDefault`]);
  expect(errorsOf({ annotations, pod: `${pod}\nos: { name: "{{ .Values.os }}" }` })).toEqual([]);
});
