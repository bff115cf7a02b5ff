import { describe, expect, test } from "vitest";
import { containerErrors, podErrors } from "./pod-errors.js";

const main = "containers: [{ name: report, image: report:1.4 }]";
const named = (...names: readonly string[]) => names.map((name) => `{ name: ${name}, image: report:1.4 }`).join(", ");

describe("names", () => {
  test.each([
    ["none", "containers: []", ["Required containers"]],
    ["a template's list", "containers: {{ .Values.containers }}", []],
    ["two of one name", `containers: [${named("a", "a")}]`, ["Duplicate containers[1].name"]],
    ["an init container's", `containers: [${named("a")}]\ninitContainers: [${named("a")}]`, ["Duplicate initContainers[0].name"]],
    ["two of a template", `containers: [${named("'{{ .a }}'", "'{{ .b }}'")}]`, []],
    ["capitals", `containers: [${named("Report")}]`, ["Invalid containers[0].name"]],
    ["no name and no image", "containers: [{ command: [a] }]", ["Required containers[0].name", "Required containers[0].image"]],
    ["an item that is null", "containers: [null]", ["Required containers[0].name", "Required containers[0].image"]],
    ["an empty name twice", `containers: [${named("''", "''")}]`, [
      "Required containers[0].name",
      "Required containers[1].name",
      "Duplicate containers[1].name",
    ]],
  ])("%s", (_, pod, errors) => {
    expect(podErrors(pod)).toEqual(errors);
  });

  test("init containers without a name are the same to the oldest minors only", () => {
    const pod = `${main}\ninitContainers: [{ image: a }, { image: b }]`;
    expect(podErrors(pod, "1.24")).toContain("Duplicate initContainers[1].name");
    expect(podErrors(pod, "1.25")).toEqual(["Required initContainers[0].name", "Required initContainers[1].name"]);
  });
});

describe("policies", () => {
  test.each([
    ["imagePullPolicy: always", "1.36", ["NotSupported imagePullPolicy"]],
    ["imagePullPolicy: '{{ .Values.pull }}'", "1.36", []],
    ["terminationMessagePolicy: Log", "1.25", ["NotSupported terminationMessagePolicy"]],
    ["terminationMessagePolicy: Log", "1.24", ["Invalid terminationMessagePolicy"]],
    ["restartPolicy: Always", "1.33", ["Forbidden restartPolicy"]],
    ["restartPolicy: Always", "1.34", []],
    ["restartPolicy: always", "1.35", ["NotSupported restartPolicy"]],
    ["restartPolicyRules: [{ action: Restart, exitCodes: { operator: In, values: [1] } }]", "1.35", ["Required restartPolicy"]],
    ["restartPolicy: Never, restartPolicyRules: [{ action: Restart }]", "1.35", ["Required restartPolicyRules[0].exitCodes"]],
    ["restartPolicy: Never, restartPolicyRules: [{ action: RestartAllContainers, exitCodes: { operator: in } }]", "1.35", [
      "NotSupported restartPolicyRules[0].action",
      "NotSupported restartPolicyRules[0].exitCodes.operator",
    ]],
    ["restartPolicy: Never, restartPolicyRules: [{ action: RestartAllContainers, exitCodes: { operator: In } }]", "1.36", []],
    ["resizePolicy: [{ resourceName: cpu, restartPolicy: NotRequired }]", "1.36", []],
    ["resizePolicy: [{ resourceName: cpu, restartPolicy: RestartContainer }]", "1.33", ["Invalid resizePolicy"]],
    ["resizePolicy: [{ resourceName: cpu, restartPolicy: RestartContainer }]", "1.32", []],
    ["resizePolicy: [{ resourceName: gpu, restartPolicy: NotRequired }, { resourceName: gpu, restartPolicy: NotRequired }]", "1.36", [
      "NotSupported resizePolicy",
      "Duplicate resizePolicy[1]",
      "NotSupported resizePolicy",
    ]],
  ])("%s in %s", (fields, version, errors) => {
    expect(containerErrors(fields, version)).toEqual(errors);
  });

  test.each([
    ["1.35", "TooLong"],
    ["1.36", "TooMany"],
  ])("too many rules in %s", (version, type) => {
    const rules = Array.from({ length: 21 }, () => "{ action: Restart, exitCodes: { operator: In, values: [1] } }").join(", ");
    expect(containerErrors(`restartPolicy: Never, restartPolicyRules: [${rules}]`, version)).toEqual([`${type} restartPolicyRules`]);
  });
});

describe("init containers", () => {
  const init = (fields: string) => `${main}\ninitContainers: [{ name: a, image: a:1, ${fields} }]`;
  const probe = "livenessProbe: { exec: { command: [a] } }";

  test.each([
    [probe, "1.24", ["Invalid initContainers[0].livenessProbe"]],
    [probe, "1.25", ["Forbidden initContainers[0].livenessProbe"]],
    [`restartPolicy: Always, ${probe}`, "1.29", []],
    [`restartPolicy: Always, ${probe}`, "1.28", ["Forbidden initContainers[0].livenessProbe"]],
    [`restartPolicy: '{{ .Values.policy }}', ${probe}`, "1.36", []],
    ["restartPolicy: Never", "1.33", ["NotSupported initContainers[0].restartPolicy"]],
    ["restartPolicy: Never", "1.35", []],
    ["restartPolicyRules: [{}]", "1.35", ["Required initContainers[0].restartPolicy"]],
    ["restartPolicy: Always, restartPolicyRules: [{ action: Restart, exitCodes: { operator: In } }]", "1.35", [
      "Forbidden initContainers[0].restartPolicyRules",
    ]],
    ["restartPolicy: Always, restartPolicyRules: [{ action: Restart, exitCodes: { operator: In } }]", "1.36", []],
  ])("%s in %s", (fields, version, errors) => {
    expect(podErrors(init(fields), version)).toEqual(errors);
  });
});

describe("ephemeral containers", () => {
  const debug = (fields: string) => `${main}\nephemeralContainers: [{ ${fields} }]`;

  test.each([
    ["name: debug, image: a:1, targetContainerName: report", "1.36", []],
    ["name: debug, image: a:1, targetContainerName: other", "1.36", ["NotFound ephemeralContainers[0].targetContainerName"]],
    ["name: report, image: a:1", "1.36", ["Duplicate ephemeralContainers[0].name"]],
    ["name: debug, image: ' a:1'", "1.36", ["Invalid ephemeralContainers[0].image"]],
    ["name: debug, image: a:1, ports: [], resources: {}", "1.36", ["Forbidden ephemeralContainers[0].ports"]],
    ["name: debug", "1.25", ["Required ephemeralContainers[0].image"]],
    ["name: debug", "1.24", ["Required ephemeralContainers[0][0].image"]],
    ["image: a:1", "1.24", ["Required ephemeralContainers[0]"]],
  ])("%s in %s", (fields, version, errors) => {
    // A template may have none at all, which is said besides.
    expect(podErrors(debug(fields), version)).toEqual([...errors, "Forbidden ephemeralContainers"]);
  });
});

describe("ports", () => {
  test.each([
    ["{ containerPort: 80, name: http }, { containerPort: 80, name: http }", ["Duplicate ports[1].name"]],
    ["{ containerPort: 80, name: HTTP }", ["Invalid ports[0].name"]],
    ["{ name: http }", ["Required ports[0].containerPort"]],
    ["{ containerPort: 65536, hostPort: -1, protocol: tcp }", [
      "Invalid ports[0].containerPort",
      "Invalid ports[0].hostPort",
      "NotSupported ports[0].protocol",
    ]],
    ["{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80 }", ["Duplicate ports[1].hostPort"]],
    ["{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80, protocol: UDP }", []],
    ["{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80, hostIP: '{{ .ip }}' }", []],
    ["{ containerPort: '{{ .port }}' }", []],
  ])("%s", (ports, errors) => {
    expect(containerErrors(`ports: [${ports}]`)).toEqual(errors);
  });

  test("those of init containers are counted one by one, each as the first", () => {
    const twice = "ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80 }]";
    const pod = `${main}\ninitContainers: [{ name: a, image: a:1 }, { name: b, image: b:1, ${twice} }]`;
    expect(podErrors(pod)).toEqual(["Duplicate initContainers[0].ports[1].hostPort"]);
  });
});
