import { expect, test } from "vitest";
import { written } from "./chart-of.js";

const asked = (version: string): string => `a: {{ if .Capabilities.APIVersions.Has "${version}" }}yes{{ else }}no{{ end }}`;

test.each([
  ["batch/v1", ["1.24", "1.36"], "yes"],
  ["batch/v1/CronJob", ["1.36"], "yes"],
  ["batch/v1alpha1", ["1.24", "1.36"], "no"],
  ["batch/v2alpha1/CronJob", ["1.24", "1.36"], "no"],
  ["batch/v1beta1", ["1.25", "1.36"], "no"],
  ["batch/v1beta1", ["1.24"], "yes"],
  ["batch/v1beta1/CronJob", ["1.25"], "no"],
  ["policy/v1beta1/PodSecurityPolicy", ["1.25", "1.26"], "no"],
  ["apps/v1beta2", ["1.30"], "no"],
  ["autoscaling/v2beta2", ["1.24", "1.25"], "yes"],
  ["extensions/v1beta1", ["1.24"], "no"],
  ["v1", ["1.24", "1.36"], "yes"],
  ["v1/Secret", ["1.36"], "yes"],
  ["v1beta3", ["1.36"], "no"],
])("%s in %j: %s", (version, kubernetes, answer) => {
  expect(written(asked(version), "", "", { kubernetes })).toBe(`a: ${answer}`);
});

test.each([
  ["batch/v1beta1", ["1.24", "1.25"]],
  ["batch/v1beta1/Job", ["1.24"]],
  ["cert-manager.io/v1", ["1.36"]],
  ["networking.k8s.io/v1alpha1", ["1.36"]],
  ["constructor/v1", ["1.36"]],
])("nobody knows of %s in %j", (version, kubernetes) => {
  expect(written(asked(version), "", "", { kubernetes })).toMatch(/^a: \{\{ if/);
});
