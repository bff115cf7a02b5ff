import { describe, expect, test } from "vitest";
import { byteLength } from "../../../../src/core/api/validate/byte-length.js";
import { errorsOf } from "./errors-of.js";

const inPod = (context: string, version?: string) => errorsOf({ pod: `securityContext: { ${context} }` }, version);
const inContainer = (context: string, pod = "") => errorsOf({ pod, container: `securityContext: { ${context} }` });

describe("a pod's securityContext", () => {
  test.each([
    ["users and groups", "runAsUser: 0, runAsGroup: 2147483647, fsGroup: 1, supplementalGroups: [5]", []],
    ["ids out of range", "runAsUser: -1, fsGroup: 2147483648", ["Invalid securityContext.fsGroup at 2147483648", "Invalid securityContext.runAsUser at -1"]],
    ["a group out of range", "supplementalGroups: [1, -1]", ["Invalid securityContext.supplementalGroups[1] at -1"]],
    ["policies", "fsGroupChangePolicy: Always, supplementalGroupsPolicy: Strict, seLinuxChangePolicy: Recursive", []],
    ["a policy that is none", "fsGroupChangePolicy: always", ["NotSupported securityContext.fsGroupChangePolicy at always"]],
    ["a template", 'fsGroupChangePolicy: "{{ .Values.policy }}", fsGroup: "{{ .Values.group }}"', []],
  ])("%s", (_, context, expected) => {
    expect(inPod(context)).toEqual(expected);
  });

  test.each(["1.33", "1.36"])("MountOption needs SELinuxMount, which is off in %s", (version) => {
    expect(inPod("seLinuxChangePolicy: MountOption", version)).toEqual(["NotSupported securityContext.seLinuxChangePolicy at MountOption"]);
    expect(inPod("seLinuxChangePolicy: Recursive", version)).toEqual([]);
  });
});

describe("sysctls", () => {
  const sysctl = (name: string) => `securityContext: { sysctls: [{ name: ${name}, value: "1" }] }`;
  const wrong = (name: string) => [`Invalid securityContext.sysctls[0].name at ${name}`];
  test.each([
    ["a name", sysctl("net.core.somaxconn"), "1.36", []],
    ["one with /", sysctl("net/ipv4/conf"), "1.36", []],
    ["one with / of old", sysctl("net/ipv4/conf"), "1.24", wrong("net/ipv4/conf")],
    ["a capital", sysctl("Net.core"), "1.36", wrong("Net.core")],
    ["none", "securityContext: { sysctls: [{}] }", "1.36", ["Required securityContext.sysctls[0].name at {}"]],
    ["one twice", "securityContext: { sysctls: [{ name: vm.a }, { name: vm.a }] }", "1.36", ["Duplicate securityContext.sysctls[1].name at vm.a"]],
    ["the host's network", `hostNetwork: true\n${sysctl("net.core.a")}`, "1.36", wrong("net.core.a")],
    ["the host's network, with /", `hostNetwork: true\n${sysctl("net/core/a.b")}`, "1.29", wrong("net/core/a.b")],
    ["the host's network, of old", `hostNetwork: true\n${sysctl("net.core.a")}`, "1.28", []],
    ["the host's memory", `hostIPC: true\n${sysctl("kernel.shmmax")}`, "1.36", wrong("kernel.shmmax")],
    ["not the host's", `hostIPC: true\n${sysctl("net.core.a")}`, "1.36", []],
  ])("%s", (_, pod, version, expected) => {
    expect(errorsOf({ pod }, version)).toEqual(expected);
  });
});

describe("profiles", () => {
  const seccomp = "containers[0].securityContext.seccompProfile";
  const appArmor = "containers[0].securityContext.appArmorProfile";
  test.each([
    ["the runtime's", "seccompProfile: { type: RuntimeDefault }, appArmorProfile: { type: RuntimeDefault }", []],
    ["local ones", "seccompProfile: { type: Localhost, localhostProfile: a/b.json }, appArmorProfile: { type: Localhost, localhostProfile: a }", []],
    ["no type", "seccompProfile: {}, appArmorProfile: {}", [`Required ${seccomp}.type at seccompProfile`, `Required ${appArmor}.type at appArmorProfile`]],
    ["a type that is none", "seccompProfile: { type: runtime }", [`NotSupported ${seccomp}.type at runtime`]],
    ["a local one without its path", "seccompProfile: { type: Localhost }", [`Required ${seccomp}.localhostProfile at seccompProfile`]],
    ["an absolute path", "seccompProfile: { type: Localhost, localhostProfile: /a }", [`Invalid ${seccomp}.localhostProfile at /a`]],
    ["a path upwards", "seccompProfile: { type: Localhost, localhostProfile: a/../b }", [`Invalid ${seccomp}.localhostProfile at a/../b`]],
    ["dots in a name", "seccompProfile: { type: Localhost, localhostProfile: a..b }", []],
    ["a path without need", "seccompProfile: { type: Unconfined, localhostProfile: a }", [`Invalid ${seccomp}.localhostProfile at a`]],
    ["a type of a template", 'seccompProfile: { type: "{{ .Values.type }}", localhostProfile: /a }', []],
    ["blanks around a name", 'appArmorProfile: { type: Localhost, localhostProfile: "a " }', [`Invalid ${appArmor}.localhostProfile at "a "`]],
    ["an empty name", 'appArmorProfile: { type: Localhost, localhostProfile: "" }', [`Required ${appArmor}.localhostProfile at ""`]],
  ])("%s", (_, context, expected) => {
    expect(inContainer(context)).toEqual(expected);
  });

  test("an AppArmor profile has no more bytes than a path", () => {
    const named = (name: string) => inContainer(`appArmorProfile: { type: Localhost, localhostProfile: ${name} }`).map((error) => error.slice(0, 7));
    expect(named("a".repeat(4095))).toEqual([]);
    expect(named("ä".repeat(2048))).toEqual(["TooLong"]);
  });
});

describe("a container's securityContext", () => {
  const context = "containers[0].securityContext";
  test.each([
    ["privileged", "privileged: true", "", []],
    ["privileged without escalation", "privileged: true, allowPrivilegeEscalation: false", "", [`Invalid ${context} at false`]],
    ["CAP_SYS_ADMIN", "allowPrivilegeEscalation: false, capabilities: { add: [CAP_SYS_ADMIN] }", "", [`Invalid ${context} at false`]],
    ["SYS_ADMIN, which slips through", "allowPrivilegeEscalation: false, capabilities: { add: [SYS_ADMIN] }", "", []],
    ["Unmasked with the host's users", "procMount: Unmasked", "", [`Invalid ${context}.procMount at Unmasked`]],
    ["Unmasked with its own", "procMount: Unmasked", "hostUsers: false", []],
    ["Unmasked with a template's", "procMount: Unmasked", 'hostUsers: "{{ .Values.users }}"', []],
    ["no procMount", 'procMount: ""', "", [`NotSupported ${context}.procMount at ""`]],
  ])("%s", (_, own, pod, expected) => {
    expect(inContainer(own, pod)).toEqual(expected);
  });
});

describe("windowsOptions", () => {
  test.each(["me", "DOMAIN\\me", "corp.example.com\\me", "a".repeat(104), "ContainerUser$"])("%s is a user", (name) => {
    expect(inPod(`windowsOptions: { runAsUserName: '${name}' }`)).toEqual([]);
  });

  test.each(["", "a\\b\\c", "\\a", "a\\", "...", "a/b", "a".repeat(105), ".a\\b", "-ten-characters-or-more\\b", "u@x"])("%s is none", (name) => {
    expect(inPod(`windowsOptions: { runAsUserName: '${name}' }`)).toEqual([`Invalid securityContext.windowsOptions.runAsUserName at '${name}'`]);
  });

  test("a credential spec is neither empty nor long", () => {
    const spec = (length: number) => inPod(`windowsOptions: { gmsaCredentialSpec: '${"a".repeat(length)}' }`).length;
    expect([0, 1, 65536, 65537].map(spec)).toEqual([1, 0, 0, 1]);
    expect(inPod("windowsOptions: { gmsaCredentialSpecName: A }")).toEqual(["Invalid securityContext.windowsOptions.gmsaCredentialSpecName at A"]);
  });
});

test.each([["", 0], ["a", 1], ["ä", 2], ["€", 3], ["😀", 4], ["a😀ä", 7]])("%s has %i bytes", (text, bytes) => {
  expect(byteLength(text)).toBe(bytes);
});
