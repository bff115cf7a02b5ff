// What a fresh clone lacks is made here: installed packages and a build. All talk goes to stderr.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const entry = join(root, "dist", "bin.cjs");

const oldest = [20, 19];
const sources = ["src", "rules", "schemas", "scripts/build.mjs", "package.json", "package-lock.json"];

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  fail(`kronlint needs Node ${oldest.join(".")} or newer; this is ${process.versions.node}`);
}

/** Installs from the lock file unless what is installed is what the lock file says. */
export function install() {
  if (installed()) return;
  say("installing the packages of package-lock.json …");
  const { command, prefix, shell } = npm();
  const args = [...prefix, "ci", "--loglevel=error", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
  // stdout is for results, so npm's own goes to stderr.
  const { status, error } = spawnSync(command, args, { cwd: root, shell, stdio: ["ignore", 2, 2] });
  if (error !== undefined) fail(`npm could not be started: ${error.message}`);
  if (status !== 0) fail("npm ci failed, see above; the network and the registry are the usual causes");
}

/** Builds the program, without its types, unless nothing changed since the last time. */
export function build() {
  if (isBuilt()) return;
  say("building …");
  const args = [join(root, "scripts", "build.mjs"), "--program"];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) fail("the build failed, see above");
}

function installed() {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const present = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined || present === undefined) return false;
  const missing = Object.entries(wanted).some(
    ([path, { version, optional }]) => path !== "" && (path in present ? present[path].version !== version : !optional),
  );
  return !missing && Object.keys(present).every((path) => path in wanted);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Whether nothing changed since the program was built, and its declarations, if these are asked for, with it. */
export function isBuilt({ types = false } = {}) {
  if (!existsSync(entry)) return false;
  const at = statSync(entry).mtimeMs;
  const declared = statSync(join(root, "dist", "types"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return newest(sources.map((path) => join(root, path))) <= at && (!types || declared >= at);
}

/** Folders count as well: a file that was deleted leaves its trace there only. */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    const inside = found.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : 0;
    latest = Math.max(latest, found.mtimeMs, inside);
  }
  return latest;
}

// `npm` is a script that Windows starts only through a shell; the npm that runs us can be started by Node itself.
function npm() {
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.c?js$/.test(cli)) return { command: process.execPath, prefix: [cli], shell: false };
  return { command: "npm", prefix: [], shell: process.platform === "win32" };
}

function say(text) {
  process.stderr.write(`kronlint: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(3);
}
