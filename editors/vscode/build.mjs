// Builds the extension from the repository alone: `node editors/vscode/build.mjs`, with `--package` also the .vsix.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const dist = join(here, "dist");

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: here, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

run(join(root, "scripts", "build.mjs"), "--stale");
mkdirSync(dist, { recursive: true });
await esbuild.build({
  entryPoints: [join(here, "src", "extension.mjs")],
  outfile: join(dist, "extension.cjs"),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minifySyntax: true,
  legalComments: "none",
  logLevel: "warning",
});
copyFileSync(join(root, "dist", "lsp.cjs"), join(dist, "lsp.cjs"));
copyFileSync(join(root, "dist", "licenses.txt"), join(dist, "licenses.txt"));
copyFileSync(join(root, "LICENSE"), join(here, "LICENSE"));
if (process.argv.includes("--package")) run(join(root, "node_modules", "@vscode", "vsce", "vsce"), "package", "--no-dependencies", "--out", join(dist, "kronlint.vsix"));
