import { describe, expect, test } from "vitest";
import { errorsOf } from "./errors-of.js";

describe("the host's namespaces", () => {
  test.each([
    ["own users", "hostUsers: false", []],
    ["own users and the host's", "hostUsers: false\nhostPID: true\nhostIPC: true", ["Forbidden HostPID at true", "Forbidden HostIPC at true"]],
    ["own users in the host's network", "hostUsers: false\nhostNetwork: true", ["Forbidden hostNetwork at true"]],
    ["processes shared twice", "shareProcessNamespace: true\nhostPID: true", ["Invalid securityContext.shareProcessNamespace at true"]],
    ["processes shared once", "shareProcessNamespace: true\nhostPID: false", []],
    ["another host name", "hostnameOverride: a.b", []],
    ["a bad one", "hostnameOverride: A", ["Invalid hostnameOverride at A"]],
    ["a long one", `hostnameOverride: ${"a.".repeat(32)}a`, [`TooLong hostnameOverride at ${"a.".repeat(32)}a`]],
    ["one and the domain's", "hostnameOverride: a\nsetHostnameAsFQDN: true", ["Forbidden hostnameOverride at a"]],
    ["one and a template", 'hostnameOverride: a\nsetHostnameAsFQDN: "{{ .Values.fqdn }}"', []],
  ])("%s", (_, pod, expected) => {
    expect(errorsOf({ pod })).toEqual(expected);
  });

  test("minors without user namespaces lose hostUsers first", () => {
    const pod = "hostUsers: false\nhostPID: true";
    for (const version of ["1.25", "1.27", "1.28", "1.32"]) expect(errorsOf({ pod }, version)).toEqual([]);
    expect(errorsOf({ pod }, "1.33")).toEqual(["Forbidden HostPID at true"]);
  });

  test.each([
    ["80", "80", "1.36", []],
    ["80", "81", "1.36", ["Invalid containers[0].ports[0].hostPort at 81"]],
    ["80", "81", "1.27", ["Invalid containers[0].ports[0].containerPort at 81"]],
    ["80", "0", "1.36", []],
  ])("port %s is %s on the host in %s", (inside, outside, version, expected) => {
    const lines = { pod: "hostNetwork: true", container: `ports: [{ containerPort: ${inside}, hostPort: ${outside} }]` };
    expect(errorsOf(lines, version)).toEqual(expected);
  });
});

describe("hostProcess", () => {
  const host = "hostNetwork: true";
  const pod = (value: string) => `securityContext: { windowsOptions: { hostProcess: ${value} } }`;
  const second = (lines: string) => `initContainers: [{ name: first, image: first:1.0, ${lines} }]`;
  const own = "containers[0].securityContext.windowsOptions.hostProcess";
  test.each([
    ["for the pod", `${host}\n${pod("true")}`, "", []],
    ["without the host's network", pod("true"), "", ["Invalid hostNetwork at spec"]],
    ["with a template's network", `hostNetwork: "{{ .Values.host }}"\n${pod("true")}`, "", []],
    ["in one of two", `${host}\n${second("")}`, pod("true"), ["Invalid spec at spec"]],
    ["in one of two, the other a template's", `${host}\n${second(pod('"{{ .Values.host }}"'))}`, pod("true"), []],
    ["in two of two", `${host}\n${second(pod("true"))}`, pod("true"), []],
    ["otherwise than in the pod", `${host}\n${pod("true")}`, pod("false"), [`Invalid ${own} at false`]],
    ["nowhere", pod("false"), "", []],
  ])("%s", (_, lines, container, expected) => {
    expect(errorsOf({ pod: lines, container })).toEqual(expected);
  });
});

describe("os", () => {
  const forbidden = (...fields: string[]) => fields.map((field) => expect.stringContaining(`Forbidden ${field} at`) as string);
  test.each([
    ["linux", "os: { name: linux }\nsecurityContext: { runAsUser: 1 }", "", []],
    ["Windows' options on linux", "os: { name: linux }\nsecurityContext: { windowsOptions: {} }", "", forbidden("securityContext.windowsOptions")],
    ["a user on windows", "os: { name: windows }\nsecurityContext: { runAsUser: 1 }", "", forbidden("securityContext.runAsUser")],
    ["a template's user on windows", 'os: { name: windows }\nsecurityContext: { runAsUser: "{{ .Values.user }}" }', "", []],
    ["the host's processes on windows", "os: { name: windows }\nhostPID: true\nhostIPC: false", "", forbidden("hostPID")],
    ["no sysctls on windows", "os: { name: windows }\nsecurityContext: { sysctls: [] }", "", []],
    ["capabilities on windows", "os: { name: windows }", "securityContext: { capabilities: {} }", forbidden("containers[0].securityContext.capabilities")],
    ["another system", "os: { name: Linux }", "", ["NotSupported os at Linux"]],
    ["no name", "os: {}", "", ["Required os.name at os"]],
    ["a template's", 'os: { name: "{{ .Values.os }}" }\nhostPID: true', "", []],
  ])("%s", (_, pod, container, expected) => {
    expect(errorsOf({ pod, container })).toEqual(expected);
  });
});
