import { describe, expect, test } from "vitest";
import { generatedFiles, isCurrent } from "../scripts/generated.js";

const files = await generatedFiles();

describe("generated files", () => {
  test("there are some", () => {
    expect(files.map(({ path }) => path)).toContain("rules/index.ts");
  });

  test.each(files)("$path is current", (file) => {
    expect(isCurrent(file), "run: npm run generate").toBe(true);
  });
});
