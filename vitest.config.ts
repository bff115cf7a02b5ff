import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // No test asserts a time; work that explodes on hostile input runs into this.
    testTimeout: 60_000,
    reporters: ["default"],
  },
});
