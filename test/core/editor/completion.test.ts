import { expect, test } from "vitest";
import { completionsAt } from "../../../src/core/editor/completion.js";
import { skeletons, withoutPlaceholders } from "../../../src/core/editor/skeletons.js";
import { lint } from "../../../src/index.js";
import { rules } from "../../../rules/index.js";

const options = { rules, kubernetes: [], now: Date.UTC(2026, 6, 1), controllerZone: "Etc/UTC", runtimes: {} };

test.each(skeletons.map((one) => [one.label, one] as const))("nothing is found in the %s that is offered to begin with", (_, { text }) => {
  expect(lint(withoutPlaceholders(text)).map(({ rule, path }) => `${rule} ${path ?? ""}`)).toEqual([]);
});

test.each([
  ["Europe/Berlin", "+02:00"],
  ['"Asia/Tokyo" # there', "+09:00"],
  ["Nowhere/Else", "+00:00"],
])("the runs of an offered schedule are in the zone beside it, %s", (zone, offset) => {
  const text = `apiVersion: batch/v1\nkind: CronJob\nspec:\n  timeZone: ${zone}\n  schedule: `;
  const offered = completionsAt({ name: "a.yaml", text }, text.length, options).find(({ label }) => label === "0 2 * * *");
  expect(offered?.documentation).toContain(offset);
});
