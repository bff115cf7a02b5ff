import { writeSync } from "node:fs";
import { programIn, runStep } from "./run.js";

const { env } = process;
const cwd = env["GITHUB_WORKSPACE"] ?? process.cwd();

process.exitCode = runStep({ env, cwd, out: (text) => void writeSync(1, text), kronlint: programIn(__dirname, cwd) });
