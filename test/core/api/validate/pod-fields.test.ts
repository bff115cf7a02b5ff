import { expect, test } from "vitest";
import { errorsOf } from "./errors-of.js";

test.each([
  ["a policy of DNS", "dnsPolicy: Default", []],
  ["one that is none", "dnsPolicy: default", ["NotSupported dnsPolicy at default"]],
  ["no preemption", "preemptionPolicy: Never", []],
  ["an empty one", 'preemptionPolicy: ""', ['Required preemptionPolicy at ""']],
  ["a template", 'preemptionPolicy: "{{ .Values.policy }}"', []],
  ["the shortest deadline", "activeDeadlineSeconds: 1", []],
  ["none at all", "activeDeadlineSeconds: 0", ["Invalid activeDeadlineSeconds at 0"]],
  ["the longest", "activeDeadlineSeconds: 2147483647", []],
  ["a longer one", "activeDeadlineSeconds: 2147483648", ["Invalid activeDeadlineSeconds at 2147483648"]],
  ["an account", "serviceAccountName: reports.team-a", []],
  ["a bad one", "serviceAccountName: Reports", ["Invalid serviceAccountName at Reports"]],
  ["a bad one under the former name", "serviceAccount: Reports", ["Invalid serviceAccountName at Reports"]],
  ["a former name that does not count", "serviceAccount: Reports\nserviceAccountName: reports", []],
  ["a node", "nodeName: Node_1", ["Invalid nodeName at Node_1"]],
  ["a host name", "hostname: a.b", ["Invalid hostname at a.b"]],
  ["an empty one", 'hostname: ""', []],
  ["a template in it", 'hostname: "{{ .Values.Host }}_1"', []],
  ["a subdomain", "subdomain: -a", ["Invalid subdomain at -a"]],
  ["a class of priority", "priorityClassName: very high", ["Invalid priorityClassName at very high"]],
  ["an empty runtime class", 'runtimeClassName: ""', ['Invalid runtimeClassName at ""']],
  ["a readiness gate", "readinessGates: [{ conditionType: example.com/ready }]", []],
  ["one without a type", "readinessGates: [{}]", ["Invalid readinessGates[0].conditionType at {}"]],
  ["scheduling gates", "schedulingGates: [{ name: example.com/a }, { name: b }]", []],
  ["one twice", "schedulingGates: [{ name: a }, { name: a }]", ["Duplicate schedulingGates[1] at a"]],
  ["a bad one", "schedulingGates: [{ name: a/b/c }]", ["Invalid schedulingGates[0] at a/b/c"]],
])("%s", (_, pod, expected) => {
  expect(errorsOf({ pod })).toEqual(expected);
});

test.each([
  ["by name", "{ name: gpu, resourceClaimName: gpus }", []],
  ["by template", "{ name: gpu, resourceClaimTemplateName: gpus }", []],
  ["by nothing", "{ name: gpu }", ["Invalid resourceClaims[0] at name"]],
  ["by both", "{ name: gpu, resourceClaimName: a, resourceClaimTemplateName: b }", ["Invalid resourceClaims[0] at name"]],
  ["without a name", "{ resourceClaimName: a }", ["Required resourceClaims[0].name at resourceClaimName"]],
  ["twice", "{ name: a, resourceClaimName: a }, { name: a, resourceClaimName: b }", ["Duplicate resourceClaims[1].name at a"]],
  ["with a bad name", "{ name: a.b, resourceClaimName: A }", ["Invalid resourceClaims[0].name at a.b", "Invalid resourceClaims[0].resourceClaimName at A"]],
])("a resource claim %s", (_, items, expected) => {
  const pod = `resourceClaims: [${items}]`;
  expect(errorsOf({ pod })).toEqual(expected);
  expect(errorsOf({ pod }, "1.33")).toEqual([]);
});
