import { describe, expect, test } from "vitest";
import { comparedRecorded } from "../../../scripts/conformance/overlays.js";

const compared = comparedRecorded();

describe("agreement with what Kustomize built", () => {
  test.each(compared.map((one) => [one.folder, one] as const))("%s", (_, { differences, scalars }) => {
    expect(differences).toEqual([]);
    expect(scalars).toBeGreaterThan(5);
  });

  test("is about known values", () => {
    expect(compared.length).toBeGreaterThan(50);
    expect(compared.filter(({ unknown }) => unknown > 0).map(({ folder }) => folder)).toEqual(["generators", "replacements", "vars"]);
  });
});
