import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCached } from "./node/code-cache.js";

// scripts/build.mjs puts the hash of cli.cjs here: code that was compiled for another build is never found.
declare const KRONLINT_CLI_HASH: string;

const load = require;
if (process.argv[2] === "lsp") serve(join(__dirname, "lsp.cjs"));
else runCached(join(__dirname, "cli.cjs"), KRONLINT_CLI_HASH, load);

/** The language server is a program of its own, which only the package brings. */
function serve(file: string): void {
  if (existsSync(file)) {
    load(file);
    return;
  }
  process.stderr.write("kronlint: the language server is not beside this program; npm install kronlint brings it\n");
  process.exitCode = 2;
}
