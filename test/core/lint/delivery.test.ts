import { expect, test } from "vitest";
import { type DeliveryFact, deliveryOf } from "../../../src/core/lint/delivery.js";

const application = (...paths: readonly string[]): DeliveryFact => ({ file: "apps/app.yaml", kind: "argocd", paths });
const kustomization = (...paths: readonly string[]): DeliveryFact => ({ file: "flux/ks.yaml", kind: "flux", paths });
const chart: DeliveryFact = { file: "charts/shop/Chart.yaml", kind: "chart", paths: [] };

test.each([
  ["deploy/job.yaml", [application("deploy")], "argocd"],
  ["deployment/job.yaml", [application("deploy")], "kubectl"],
  ["deploy/a/job.yaml", [application("./deploy/"), kustomization("deploy/a")], "flux"],
  ["charts/shop/templates/job.yaml", [chart], "helm"],
  ["charts/shop/templates/job.yaml", [chart, application("charts/shop")], "argocd"],
  ["charts/other/templates/job.yaml", [chart], "kubectl"],
  ["any/job.yaml", [kustomization(".")], "flux"],
  ["base/job.yaml", [kustomization("base/job.yaml")], "flux"],
  ["apps/shop/job.yaml", [application("apps/*")], "argocd"],
  ["apps/job.yaml", [application("apps/*")], "kubectl"],
  ["apps/shop/prod/job.yaml", [application("apps/*/prod")], "argocd"],
  ["apps/shop/test/job.yaml", [application("apps/*/prod")], "kubectl"],
  ["apps/a/b/job.yaml", [application("apps/**")], "argocd"],
] as const)("%s", (file, facts, expected) => {
  expect(deliveryOf(file, facts)).toBe(expected);
});

test("the setting has the last word", () => {
  expect(deliveryOf("deploy/job.yaml", [application("deploy")], "kubectl")).toBe("kubectl");
});
