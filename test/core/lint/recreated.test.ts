import { expect, test } from "vitest";
import type { Delivery } from "../../../src/core/lint/context.js";
import { recreatedBy } from "../../../src/core/lint/recreated.js";
import { workloadOf } from "../../../src/core/model/workload.js";
import { read } from "../../../src/core/read/read.js";

function recreating(metadata: string, delivery: Delivery = "kubectl"): string | undefined {
  const text = `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a, ${metadata} }\nspec: {}\n`;
  const [document] = read({ name: "job.yaml", text }).documents;
  const workload = document && workloadOf(document, new Set());
  return workload && recreatedBy(workload, delivery);
}

test.each([
  ["argocd.argoproj.io/sync-options: 'Force=true,Replace=true'", "Argo CD"],
  ["argocd.argoproj.io/sync-options: 'Replace=true, Force=true'", "Argo CD"],
  // kubectl replace without --force is an update too.
  ["argocd.argoproj.io/sync-options: Replace=true", undefined],
  ["argocd.argoproj.io/hook: PreSync", "Argo CD"],
  ["argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/hook-delete-policy: BeforeHookCreation", "Argo CD"],
  ["argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/hook-delete-policy: HookSucceeded", undefined],
  ["argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/hook-delete-policy: 'HookSucceeded,HookFailed'", "Argo CD"],
  ["argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/hook-delete-policy: before", "Argo CD"],
  ["argocd.argoproj.io/hook: Skip", undefined],
  ["kustomize.toolkit.fluxcd.io/force: enabled", "Flux"],
  ["kustomize.toolkit.fluxcd.io/force: disabled", undefined],
  ["helm.sh/hook: pre-upgrade", "Helm"],
  ["helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: 'hook-succeeded,before-hook-creation'", "Helm"],
  ["helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: hook-succeeded", undefined],
  ["helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: before", undefined],
  ["a: b", undefined],
])("%s", (annotations, tool) => {
  expect(recreating(`annotations: { ${annotations} }`)).toBe(tool);
});

test("Flux takes a label too, and Argo CD runs Helm's hooks", () => {
  expect(recreating("labels: { kustomize.toolkit.fluxcd.io/force: enabled }")).toBe("Flux");
  expect(recreating("annotations: { helm.sh/hook: pre-upgrade, helm.sh/hook-delete-policy: before }", "argocd")).toBe("Argo CD");
});
