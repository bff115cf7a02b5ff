import { type Glob, matchesGlob, parseGlob } from "./glob.js";

/** A line of a .gitignore: https://git-scm.com/docs/gitignore#_pattern_format */
interface IgnoreLine {
  readonly glob: Glob;
  readonly negated: boolean;
  readonly foldersOnly: boolean;
}

export type IgnoreLines = readonly IgnoreLine[];

export function parseGitIgnore(text: string): IgnoreLines {
  return text.replace(/^\ufeff/, "").split(/\r?\n/).flatMap(parseLine);
}

/** What the last line that means this path says; undefined if none does. The path is relative to the file's folder. */
export function isIgnoredBy(lines: IgnoreLines, path: string, isFolder: boolean): boolean | undefined {
  const line = lines.findLast(({ glob, foldersOnly }) => (isFolder || !foldersOnly) && matchesGlob(glob, path));
  return line === undefined ? undefined : !line.negated;
}

function parseLine(line: string): IgnoreLines {
  const pattern = withoutTrailingBlanks(line);
  if (pattern === "" || pattern.startsWith("#")) return [];
  const negated = pattern.startsWith("!");
  const positive = negated ? pattern.slice(1) : pattern;
  const foldersOnly = positive.endsWith("/");
  const path = foldersOnly ? positive.slice(0, -1) : positive;
  if (isNoPath(path) || hasOpenBracket(path)) return [];
  // A slash anywhere but at the end ties the pattern to the folder of the file.
  const anchored = path.includes("/");
  const glob = parseGlob(anchored ? path.replace(/^\//, "") : `**/${path}`, { braces: false });
  // `a/**` means what is inside of a, not a itself.
  return [{ glob: path.endsWith("/**") ? insideOnly(glob) : glob, negated, foldersOnly }];
}

/** git compares letters, and none of its paths has such a step: not even `.` means the whole repository. */
function isNoPath(path: string): boolean {
  return path.replace(/^\//, "").split("/").some((step) => step === "" || step === "." || step === "..");
}

/** git takes a bracket that is never closed for a broken pattern, which means nothing. */
function hasOpenBracket(path: string): boolean {
  for (let index = 0; index < path.length; index++) {
    if (path[index] === "\\") index++;
    else if (path[index] === "[") {
      const end = path.indexOf("]", index + 2);
      if (end < 0) return true;
      index = end;
    }
  }
  return false;
}

function insideOnly({ alternatives }: Glob): Glob {
  return { alternatives: alternatives.map((segments) => [...segments, [{ kind: "star" }]]) };
}

function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === " " && line[end - 2] !== "\\") end--;
  return line.slice(0, end);
}
