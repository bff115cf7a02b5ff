import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineConfig } from "vitest/config";

/** `with { type: "text" }`, which esbuild knows by itself. */
const pageText = {
  name: "page-text",
  enforce: "pre" as const,
  resolveId: (id: string, importer?: string) => {
    const isPage = importer?.includes("/timeline-html/") === true && /^\.\/page\/\w+\.(?:js|css)$/.test(id);
    return isPage ? `\0${join(dirname(importer), id)}.text` : undefined;
  },
  load: (id: string) => {
    const isText = id.startsWith("\0") && id.endsWith(".text");
    return isText ? `export default ${JSON.stringify(readFileSync(id.slice(1, -".text".length), "utf8"))}` : undefined;
  },
};

export default defineConfig({
  plugins: [pageText],
  test: {
    include: ["test/**/*.test.ts"],
    // No test asserts a time; work that explodes on hostile input runs into this.
    testTimeout: 60_000,
    reporters: ["default"],
  },
});
