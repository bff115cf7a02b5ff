import { describe, expect, test } from "vitest";
import { containerErrors, podErrors, podVerdict } from "./pod-errors.js";

describe("of a container", () => {
  test.each([
    ["requests: { cpu: 500m }, limits: { cpu: '1' }", []],
    ["requests: { cpu: 1500m }, limits: { cpu: '1' }", ["Invalid resources.requests"]],
    ["requests: { cpu: 0.0001 }, limits: { cpu: 0.00005 }", []],
    ["requests: { cpu: 2 }, limits: { cpu: '{{ .cpu }}' }", []],
    ["requests: { cpu: 2 }, limits: '{{ .limits }}'", []],
    ["limits: { gpu: 1 }", ["Invalid resources.limits[gpu]"]],
    ["limits: { storage: 1Gi }", ["Invalid resources.limits[storage]"]],
    ["limits: { memory: -1 }", ["Invalid resources.limits[memory]"]],
    ["limits: { nvidia.com/gpu: 1 }", []],
    ["limits: { nvidia.com/gpu: 0.5 }", ["Invalid resources.limits[nvidia.com/gpu]"]],
    ["requests: { nvidia.com/gpu: 1 }", ["Required resources.limits"]],
    ["requests: { nvidia.com/gpu: 1 }, limits: { nvidia.com/gpu: 2 }", ["Invalid resources.requests"]],
    ["requests: { kubernetes.io/a: 0.5 }", []],
    ["limits: { hugepages-2Mi: 4Mi }", ["Forbidden resources"]],
    ["limits: { hugepages-2Mi: 4Mi, cpu: 1 }", []],
    ["limits: { hugepages-2Mi: 3Mi, cpu: 1 }", ["Invalid resources.limits[hugepages-2Mi]"]],
    ["limits: { hugepages-2Mi: '1e19', cpu: 1 }", []],
    ["limits: { hugepages-2Mi: 1e19, cpu: 1 }", ["Invalid resources.limits[hugepages-2Mi]"]],
    ["limits: { hugepages-2Mi: '10000000000000000000', cpu: 1 }", ["Invalid resources.limits[hugepages-2Mi]"]],
    ["limits: { hugepages-2Mi: '18446744073711648768', cpu: 1 }", []],
    ["limits: { hugepages-2Mi: 9Ei, cpu: 1 }", ["Invalid resources.limits[hugepages-2Mi]"]],
    ["claims: [{ name: a }]", []],
    ["claims: [{ name: b }]", ["NotFound resources.claims[0]"]],
    ["claims: [{ name: a }, { name: a }]", ["Duplicate resources.claims[1]"]],
    ["claims: [{ name: a, request: x }, { name: a, request: z }]", []],
    ["claims: [{ name: a, request: x }, { name: a }]", ["Duplicate resources.claims[1]"]],
    ["claims: [{}]", ["Required resources.claims[0]"]],
  ])("%s", (resources, errors) => {
    const claims = "resourceClaims: [{ name: a, resourceClaimName: a }]";
    expect(containerErrors(`resources: { ${resources} }`, "1.36", claims)).toEqual(errors);
  });

  test("a page size beyond 64 bits crashes the server", () => {
    const pod = "containers: [{ name: a, image: a:1, resources: { limits: { hugepages-10E: 1, cpu: 1 } } }]";
    expect(podVerdict(pod, "1.36")).toMatchObject({ accept: false, stage: "panic" });
  });
});

describe("of a pod", () => {
  const containers = `containers: [{ name: a, image: a:1, resources: { requests: { cpu: 1 }, limits: { cpu: 3 } } }]
initContainers:
- { name: b, image: b:1, restartPolicy: Always, resources: { requests: { cpu: 500m } } }
- { name: c, image: c:1, resources: { requests: { cpu: 1600m } } }`;

  test.each([
    ["requests: { cpu: 2100m }", "1.34", []],
    ["requests: { cpu: 2 }", "1.34", ["Invalid resources.requests[cpu]"]],
    ["requests: { cpu: 2 }", "1.33", []],
    ["limits: { cpu: 2 }", "1.36", ["Invalid resources.containers[0][cpu].limits"]],
    ["limits: { ephemeral-storage: 1Gi }", "1.36", ["NotSupported resources.limits[ephemeral-storage]"]],
    ["claims: []", "1.36", ["Forbidden resources.claims"]],
    ["requests: { cpu: '{{ .cpu }}' }", "1.36", []],
  ])("%s in %s", (resources, version, errors) => {
    expect(podErrors(`${containers}\nresources: { ${resources} }`, version)).toEqual(errors);
  });

  test("Windows has none", () => {
    expect(podErrors("containers: [{ name: a, image: a:1 }]\nos: { name: windows }\nresources: {}")).toEqual(["Forbidden resources"]);
  });

  test("overhead is a list of limits", () => {
    expect(podErrors("containers: [{ name: a, image: a:1 }]\noverhead: { gpu: 1 }")).toEqual(["Invalid overhead.limits[gpu]"]);
  });
});
