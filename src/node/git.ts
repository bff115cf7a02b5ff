import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { isWithin } from "./path.js";

/** A file as it was in a commit. */
export interface CommittedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

export type Committed =
  { readonly state: "read"; readonly files: readonly CommittedFile[] } | { readonly state: "failed"; readonly reason: string };

const largestAnswer = 512 * 1024 * 1024;
const largestFile = 64 * 1024 * 1024;

/** A repository's own settings may name programs to run; none of those that reading could start is obeyed. */
const harmless = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "protocol.allow=never"];

function git(cwd: string, args: readonly string[], input?: string): Buffer {
  // A repository can have git fetch what it lacks; here nothing goes out.
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1" };
  return execFileSync("git", [...harmless, ...args], {
    cwd,
    env,
    maxBuffer: largestAnswer,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    ...(input === undefined ? {} : { input }),
  });
}

/** The files of a commit, by absolute path. */
export interface Commit {
  /** The folder of the repository. Absolute. */
  readonly top: string;
  readonly paths: readonly string[];
  /** Those of them that the commit has, without what is larger than any manifest. */
  readonly texts: (paths: readonly string[]) => readonly CommittedFile[];
}

export type Opened = { readonly state: "opened"; readonly commit: Commit } | { readonly state: "failed"; readonly reason: string };

/** Lists the commit that `ref` names. Runs git, and nothing that the repository asks for. */
export function openCommit(cwd: string, ref: string): Opened {
  try {
    const top = topOf(cwd);
    const listed = git(top, ["ls-tree", "-r", "-z", "--full-tree", commitOf(cwd, ref)]).toString("utf8").split("\0").flatMap(entryOf);
    const objects = new Map(listed.map(({ object, name }) => [resolve(top, name), object]));
    const texts: Commit["texts"] = (paths) =>
      textsOf(top, paths.flatMap((path) => {
        const object = objects.get(path);
        return object === undefined ? [] : [{ object, path }];
      }));
    return { state: "opened", commit: { top, paths: [...objects.keys()], texts } };
  } catch (error) {
    return { state: "failed", reason: gitReason(error, ref) };
  }
}

/** The files below `paths` (files or folders, absolute) as the commit that `ref` names has them, as far as `wants` says. */
export function filesAt(cwd: string, ref: string, paths: readonly string[], wants: (path: string) => boolean): Committed {
  const opened = openCommit(cwd, ref);
  if (opened.state === "failed") return opened;
  const { commit } = opened;
  try {
    return { state: "read", files: commit.texts(commit.paths.filter((path) => wants(path) && paths.some((one) => isWithin(one, path)))) };
  } catch (error) {
    return { state: "failed", reason: gitReason(error, ref) };
  }
}

/** What differs from a commit. Paths are absolute. */
export interface Changes {
  /** The folder of the repository. */
  readonly top: string;
  /** The commit: what git compares when it is asked for `REF...HEAD`. */
  readonly base: string;
  /** Files that differ, with those that git does not know yet; not those that only have another name. */
  readonly paths: ReadonlySet<string>;
  /** What files were called in the commit, where they have another name now. */
  readonly formerNames: ReadonlyMap<string, string>;
}

export type Changed = { readonly state: "read"; readonly changes: Changes } | { readonly state: "failed"; readonly reason: string };

/** Two thousand names at most are compared by what the files hold; those that hold the same are found beyond it too. */
const renames = ["--find-renames", "-l2000"] as const;

/**
 * What differs from where the branch left the commit that `ref` names, else from that commit; what is not committed yet counts. Without
 * `followRenames` a file that has another name is a new one.
 */
export function changedSince(cwd: string, ref: string, { followRenames }: { readonly followRenames: boolean }): Changed {
  try {
    const top = topOf(cwd);
    const base = mergeBase(cwd, commitOf(cwd, ref)) ?? commitOf(cwd, ref);
    const asked = ["diff", "--name-status", "-z", "--no-ext-diff", "--no-textconv", ...(followRenames ? renames : ["--no-renames"])];
    const differing = differences(git(top, [...asked, base, "--"]).toString("utf8"));
    const unknown = git(top, ["ls-files", "--others", "--exclude-standard", "-z"]).toString("utf8").split("\0");
    const names = [...differing.flatMap(({ name, isSame }) => (isSame ? [] : [name])), ...unknown.filter((name) => name !== "")];
    const formerNames = differing.flatMap(({ name, former }) => {
      return former === undefined ? [] : [[resolve(top, name), resolve(top, former)] as const];
    });
    const paths = new Set(names.map((name) => resolve(top, name)));
    return { state: "read", changes: { top, base, paths, formerNames: new Map(formerNames) } };
  } catch (error) {
    return { state: "failed", reason: gitReason(error, ref) };
  }
}

interface Difference {
  readonly name: string;
  readonly former?: string;
  /** Nothing but the name. */
  readonly isSame: boolean;
}

/** `M`, a name; or `R087`, the old name, the new one; each ends with a zero: https://git-scm.com/docs/git-diff#_raw_output_format */
function differences(listed: string): readonly Difference[] {
  const words = listed.split("\0");
  const found: Difference[] = [];
  for (let at = 0; at + 1 < words.length; ) {
    const [status = "", first = "", second = ""] = words.slice(at, at + 3);
    const hasFormer = /^[RC]/.test(status);
    found.push(hasFormer ? { name: second, former: first, isSame: status === "R100" } : { name: first, isSame: false });
    at += hasFormer ? 3 : 2;
  }
  return found;
}

/** The commit that is checked out. */
export interface Head {
  readonly commit: string;
  /** As it names them, also where the history ends with it. */
  readonly parents: readonly string[];
  /** Whether it comes after a commit, or is it. */
  readonly holds: (commit: string) => boolean;
  /** Whether it and a commit have another in common. */
  readonly meets: (commit: string) => boolean;
}

export type CheckedOut = { readonly state: "read"; readonly head: Head } | { readonly state: "failed"; readonly reason: string };

export function checkedOut(cwd: string): CheckedOut {
  try {
    const commit = commitOf(cwd, "HEAD");
    const [header = ""] = git(cwd, ["cat-file", "commit", commit]).toString("utf8").split("\n\n");
    const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, parent]) => parent ?? []);
    const common = (other: string): string | undefined => (/^[0-9a-f]+$/.test(other) ? mergeBase(cwd, other) : undefined);
    const holds = (other: string): boolean => common(other) === other;
    return { state: "read", head: { commit, parents, holds, meets: (other) => common(other) !== undefined } };
  } catch (error) {
    return { state: "failed", reason: gitReason(error, "HEAD") };
  }
}

/** The last commit that a commit and the one checked out have in common; undefined where the history does not reach back to it. */
function mergeBase(cwd: string, commit: string): string | undefined {
  try {
    const found = git(cwd, ["merge-base", commit, "HEAD"]).toString("utf8").trim();
    return found === "" ? undefined : found;
  } catch {
    return undefined;
  }
}

function topOf(cwd: string): string {
  return git(cwd, ["rev-parse", "--show-toplevel"])
    .toString("utf8")
    .replace(/\r?\n$/, "");
}

function commitOf(cwd: string, ref: string): string {
  return git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`])
    .toString("utf8")
    .trim();
}

interface Wanted {
  readonly object: string;
  readonly path: string;
}

/** `100644 blob <object>\t<name>`; links and submodules are left out. */
function entryOf(line: string): readonly { readonly object: string; readonly name: string }[] {
  const [, object, name] = /^100(?:644|755) blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
  return object === undefined || name === undefined ? [] : [{ object, name }];
}

function textsOf(top: string, wanted: readonly Wanted[]): readonly CommittedFile[] {
  if (wanted.length === 0) return [];
  const answer = git(top, ["cat-file", "--batch"], `${wanted.map(({ object }) => object).join("\n")}\n`);
  const files: CommittedFile[] = [];
  let offset = 0;
  for (const { path } of wanted) {
    const lineEnd = answer.indexOf(10, offset);
    const size = Number(answer.toString("utf8", offset, lineEnd).split(" ")[2]);
    if (lineEnd < 0 || !Number.isInteger(size)) break;
    if (size <= largestFile) files.push({ path, text: answer.toString("utf8", lineEnd + 1, lineEnd + 1 + size) });
    offset = lineEnd + size + 2;
  }
  return files;
}

/** What git says that it cannot do. */
export function gitReason(error: unknown, ref: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "git is not installed, or the folder is gone";
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n").at(-1) : "";
  return said === undefined || said === "" ? `git knows no commit ${ref}` : said.replace(/^fatal: /, "");
}
