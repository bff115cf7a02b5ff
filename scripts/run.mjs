// Runs a TypeScript file: `node scripts/run.mjs scripts/generate.ts …`. Node 20 reads no TypeScript.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { root } from "./setup.mjs";

const [script, ...args] = process.argv.slice(2);
if (script === undefined) throw new Error("usage: node scripts/run.mjs FILE.ts [ARGUMENT…]");
const file = resolve(script);

// Every file keeps its own address, though they end in one bundle.
const ownAddress = {
  name: "own-address",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: "ts" };
    });
  },
};

const { outputFiles } = await esbuild.build({
  entryPoints: [file],
  absWorkingDir: root,
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  target: "node20.19",
  packages: "external",
  alias: { "#rule": join(root, "src", "core", "lint", "rule.ts") },
  sourcemap: "inline",
  plugins: [ownAddress],
  logLevel: "warning",
});

// Beside the packages, so that the imports of packages are found.
const folder = join(root, "node_modules", ".cache", "kronlint");
const output = join(folder, `${basename(file, ".ts")}-${process.pid}.mjs`);
mkdirSync(folder, { recursive: true });
writeFileSync(output, outputFiles[0].text);
process.once("exit", () => rmSync(output, { force: true }));
process.setSourceMapsEnabled(true);
process.argv = [process.execPath, file, ...args];
await import(pathToFileURL(output).href);
