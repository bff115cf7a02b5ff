import { describe, expect, test } from "vitest";
import { ipFault } from "../../../../src/core/api/validate/ip.js";
import { errorsOf } from "./errors-of.js";

describe("IP addresses", () => {
  test.each([
    ...["1.2.3.4", "255.255.255.255", "::", "::1", "1::", "2001:DB8::A", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::1.2.3.4", "1:2:3:4:5:6:1.2.3.4"],
  ])("%s is one", (text) => {
    expect(ipFault(text, true)).toBeUndefined();
  });

  test.each([
    ...["", "a", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4::", "1::2::3", ":::", ":1", "1:", "12345::", "g::", "1:2:3:4:5:6:7:8:9"],
    ...["1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.256", "fe80::1%eth0", " 1.2.3.4", "+1.2.3.4", "1::2:3.4", `${"1".repeat(100_000)}.1.1.1`],
  ])("%s is none", (text) => {
    expect(ipFault(text, false)).toBe("is no IP address");
  });

  test.each(["01.2.3.4", "0000001.2.3.4", "::ffff:1.2.3.4", "::ffff:102:304", "00001::", "::1.2.3.04"])("%s was one once", (text) => {
    expect(ipFault(text, false)).toBeUndefined();
    expect(ipFault(text, true)).toEqual(expect.any(String));
  });
});

const searches = (count: number, length = 1): string => `[${Array.from({ length: count }, () => "a".repeat(length)).join(", ")}]`;

describe("dnsConfig", () => {
  test.each([
    ["None with a server", "dnsPolicy: None\ndnsConfig: { nameservers: [10.9.8.7] }", []],
    ["None without a config", "dnsPolicy: None", ["Required dnsConfig at None"]],
    ["None without a server", "dnsPolicy: None\ndnsConfig: { searches: [A] }", ["Required dnsConfig.nameservers at dnsConfig"]],
    ["a server that is none", "dnsConfig: { nameservers: [dns] }", ["Invalid dnsConfig.nameservers[0] at dns"]],
    ["four servers", "dnsConfig: { nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4] }", ["Invalid dnsConfig.nameservers at 1.1.1.4"]],
    ["a template among them", 'dnsPolicy: None\ndnsConfig: { nameservers: ["{{ .Values.dns }}"] }', []],
    ["search domains", "dnsConfig: { searches: [a.b., svc_1.local, .] }", []],
    ["bad ones", "dnsConfig: { searches: [A, a..] }", ["Invalid dnsConfig.searches[0] at A", "Invalid dnsConfig.searches[1] at a.."]],
    ["as many as there may be", `dnsConfig: { searches: ${searches(32)} }`, []],
    ["one more", `dnsConfig: { searches: ${searches(33)} }`, [`Invalid dnsConfig.searches at ${searches(33)}`]],
    ["more than the longest list", `dnsConfig: { searches: ${searches(32, 63)} }`, []],
    ["an option without a name", "dnsConfig: { options: [{ value: '2' }] }", ["Required dnsConfig.options[0] at value"]],
  ])("%s", (_, pod, expected) => {
    expect(errorsOf({ pod })).toEqual(expected);
  });

  test("takes more from minor to minor", () => {
    const seven = `dnsConfig: { searches: ${searches(7)} }`;
    expect(errorsOf({ pod: seven }, "1.25")).toHaveLength(1);
    expect(errorsOf({ pod: seven }, "1.26")).toEqual([]);
    const underscore = "dnsConfig: { searches: [a_b] }";
    expect(errorsOf({ pod: underscore }, "1.32")).toHaveLength(1);
    expect(errorsOf({ pod: underscore }, "1.33")).toEqual([]);
    const zeros = "dnsConfig: { nameservers: [010.9.8.7] }";
    expect(errorsOf({ pod: zeros }, "1.35")).toEqual([]);
    expect(errorsOf({ pod: zeros }, "1.36")).toHaveLength(1);
  });
});

test.each([
  ["good", "{ ip: 10.9.8.7, hostnames: [db.local] }", "1.36", []],
  ["without an address", "{ hostnames: [db] }", "1.36", ["Invalid hostAliases[0].ip at hostnames"]],
  ["bad", "{ ip: db, hostnames: [DB] }", "1.36", ["Invalid hostAliases[0].ip at db", "Invalid hostAliases[0].hostnames[0] at DB"]],
  ["bad in older minors", "{ ip: db, hostnames: [DB] }", "1.29", ["Invalid hostAliases.ip at db", "Invalid hostAliases.hostnames at DB"]],
])("a host alias: %s", (_, alias, version, expected) => {
  expect(errorsOf({ pod: `hostAliases: [${alias}]` }, version)).toEqual(expected);
});
