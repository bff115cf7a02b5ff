import { join } from "node:path";
import { runCached } from "./node/code-cache.js";

// scripts/build.mjs puts the hash of cli.cjs here: code that was compiled for another build is never found.
declare const KRONLINT_CLI_HASH: string;

runCached(join(__dirname, "cli.cjs"), KRONLINT_CLI_HASH, require);
