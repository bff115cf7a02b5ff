/**
 * V8's compiled code, kept between runs. Node has this of its own from 22.1 on; before, `vm.Script` can do it. It only
 * saves time: whatever goes wrong with it, the program runs without.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import * as module from "node:module";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { Script } from "node:vm";

/** Files kept; those of older builds and other Node versions make room. */
const kept = 6;

/** Runs a script that needs nothing of its module but `require`, and that only while it starts. `build` changes whenever the file's text does. */
export function runCached(file: string, build: string, require: NodeJS.Require): void {
  const folder = cacheFolder(process.platform, process.env);
  if (folder === undefined || !isOurs(folder)) {
    require(file);
  } else if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") {
    Reflect.apply(module.enableCompileCache, undefined, [folder]);
    require(file);
  } else {
    runScript(file, join(folder, `${process.version}-${process.arch}-${build}.bin`), require);
  }
}

/** Where this user's compiled code lives; undefined if there is no such place, or if caching is switched off as for Node itself. */
export function cacheFolder(platform: string, env: NodeJS.ProcessEnv): string | undefined {
  if (env["NODE_DISABLE_COMPILE_CACHE"] === "1") return undefined;
  const base = cacheBase(platform, env);
  return base !== undefined && isAbsolute(base) ? join(base, "kronlint") : undefined;
}

function cacheBase(platform: string, env: NodeJS.ProcessEnv): string | undefined {
  if (platform === "win32") return env["LOCALAPPDATA"];
  // A relative XDG_CACHE_HOME counts as unset: https://specifications.freedesktop.org/basedir/latest/
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  const home = env["HOME"] ?? homeOfUser();
  if (home === undefined) return undefined;
  return platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
}

/** A user without a name, as containers have them, has none. */
function homeOfUser(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

/** Compiled code runs unseen, so nobody else may be able to put it there. Makes the folder if it is missing. */
export function isOurs(folder: string): boolean {
  try {
    makeFolder(folder);
    const found = lstatSync(folder);
    if (!found.isDirectory() || process.getuid === undefined) return found.isDirectory();
    return found.uid === process.getuid() && (found.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

/** Node's own way to make what is above as well never ends where the system says of a folder in one that is there that it is not. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above === folder) return;
  makeFolder(above);
  mkdirSync(folder, { mode: 0o700 });
}

function runScript(file: string, cacheFile: string, require: NodeJS.Require): void {
  const cachedData = readIfThere(cacheFile);
  // The bundle is ASCII, and such a string takes half the memory.
  const source = readFileSync(file, "latin1");
  const script = new Script(source, cachedData === undefined ? { filename: file } : { filename: file, cachedData });
  const size = script.cachedDataRejected === true ? 0 : (cachedData?.length ?? 0);
  // After the run, so that functions that V8 compiled late are in it.
  process.once("exit", () => {
    if (size === 0 || mayHaveGrown()) renew(script, cacheFile, size);
  });
  Object.defineProperty(globalThis, "require", { value: require, configurable: true });
  script.runInThisContext();
  Reflect.deleteProperty(globalThis, "require");
}

/** The first run may have been `--help`. Looking costs 2 ms, so only some runs do, and those that do not feel it. */
function mayHaveGrown(): boolean {
  return process.pid % 16 === 0 || process.uptime() > 0.5;
}

function renew(script: Script, cacheFile: string, size: number): void {
  try {
    const compiled = script.createCachedData();
    if (compiled.length < size * 1.1) return;
    const temporary = `${cacheFile}.${String(process.pid)}`;
    writeFileSync(temporary, compiled, { mode: 0o600 });
    renameSync(temporary, cacheFile);
    makeRoom(dirname(cacheFile));
  } catch {
    // A full disk or a folder that is gone: the next run compiles again.
  }
}

function makeRoom(folder: string): void {
  const files = readdirSync(folder).filter((name) => name.includes(".bin"));
  const byAge = files.map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(kept)) unlinkSync(path);
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
