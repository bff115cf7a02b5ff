import { describe, expect, test } from "vitest";
import { containerErrors } from "./pod-errors.js";

const exec = "exec: { command: [a] }";

describe("probes", () => {
  test.each([
    ["livenessProbe", exec, []],
    ["livenessProbe", "", ["Required livenessProbe"]],
    ["livenessProbe", "'{{ .probe }}': {}", []],
    ["livenessProbe", "exec: {}", ["Required livenessProbe.exec.command"]],
    ["livenessProbe", `${exec}, tcpSocket: { port: 0 }`, ["Forbidden livenessProbe.tcpSocket"]],
    ["livenessProbe", "exec: '{{ .exec }}', tcpSocket: { port: 0 }", []],
    ["livenessProbe", "tcpSocket: { port: 0 }", ["Invalid livenessProbe.tcpSocket.port"]],
    ["livenessProbe", "httpGet: { port: '80' }", ["Invalid livenessProbe.httpGet.port"]],
    ["livenessProbe", "httpGet: { port: http, scheme: https }", ["NotSupported livenessProbe.httpGet.scheme"]],
    ["livenessProbe", "httpGet: { port: http, httpHeaders: [{ name: a b }] }", ["Invalid livenessProbe.httpGet.httpHeaders"]],
    ["livenessProbe", "grpc: { port: 70000 }", ["Invalid livenessProbe.grpc.port"]],
    ["livenessProbe", `${exec}, successThreshold: 2`, ["Invalid livenessProbe.successThreshold"]],
    ["readinessProbe", `${exec}, successThreshold: 2`, []],
    ["readinessProbe", `${exec}, terminationGracePeriodSeconds: 1`, ["Invalid readinessProbe.terminationGracePeriodSeconds"]],
    ["startupProbe", `${exec}, terminationGracePeriodSeconds: 0`, ["Invalid startupProbe.terminationGracePeriodSeconds"]],
    ["startupProbe", `${exec}, periodSeconds: -1`, ["Invalid startupProbe.periodSeconds"]],
  ])("%s: { %s }", (name, fields, errors) => {
    expect(containerErrors(`${name}: { ${fields} }`)).toEqual(errors);
  });
});

describe("hooks", () => {
  test.each([
    ["preStop: { sleep: { seconds: 30 } }", "1.30", []],
    ["preStop: { sleep: { seconds: 31 } }", "1.30", ["Invalid lifecycle.preStop.sleep"]],
    ["preStop: { sleep: { seconds: 0 } }", "1.32", ["Invalid lifecycle.preStop.sleep"]],
    ["preStop: { sleep: { seconds: 0 } }", "1.33", []],
    ["preStop: { sleep: { seconds: '{{ .seconds }}' } }", "1.36", []],
    ["preStop: { sleep: { seconds: 5 } }", "1.29", ["Required lifecycle.preStop"]],
    ["postStart: {}", "1.36", ["Required lifecycle.postStart"]],
    ["", "1.36", []],
  ])("lifecycle: { %s } in %s", (fields, version, errors) => {
    expect(containerErrors(`lifecycle: { ${fields} }`, version)).toEqual(errors);
  });

  test("a sleep within a longer grace period", () => {
    expect(containerErrors("lifecycle: { preStop: { sleep: { seconds: 31 } } }", "1.36", "terminationGracePeriodSeconds: 60")).toEqual([]);
  });
});
