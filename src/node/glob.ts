/**
 * Glob patterns: `*`, `?`, `[a-z]`, `[!a]`, `{a,b}`, `\*` and `**` as a whole segment. Patterns come from settings and
 * .gitignore files of strangers, so matching is a loop that cannot explode, not a regular expression.
 */
export interface Glob {
  /** What a pattern with braces stands for; usually one. */
  readonly alternatives: readonly (readonly Segment[])[];
}

type Segment = "**" | readonly Token[];

type Token =
  | { readonly kind: "star" }
  | { readonly kind: "one" }
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: "set"; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/** Alternatives of one pattern that are looked at; more are nobody's honest wish. */
const mostAlternatives = 64;

/** Whether the text has anything that a glob would expand. */
export function isGlob(text: string): boolean {
  return /[*?]|\[.+\]|\{.*,.*\}/.test(text.slice(0, 4096));
}

export function parseGlob(pattern: string, options: { readonly braces: boolean } = { braces: true }): Glob {
  const expanded = options.braces ? withoutBraces([pattern]) : [pattern];
  return { alternatives: expanded.map((one) => segmentsOf(one).map(segment)) };
}

/** Whether a path, with `/` between its parts, is meant. */
export function matchesGlob(glob: Glob, path: string): boolean {
  const parts = path.split("/");
  return glob.alternatives.some((segments) => matchesInOrder(segments, parts, (one) => one === "**", matchesSegment));
}

/** Whether something below a folder could be meant. */
export function mayMatchBelow(glob: Glob, folder: string): boolean {
  const parts = folder === "" ? [] : folder.split("/");
  return glob.alternatives.some((segments) => {
    for (const [index, part] of parts.entries()) {
      const segment = segments[index];
      if (segment === "**") return true;
      if (segment === undefined || !matchesSegment(segment, part)) return false;
    }
    return segments.length > parts.length;
  });
}

/** The folders that all matches of each alternative lie in: `deploy` for `deploy/*.yaml`. */
export function fixedFolders(pattern: string): readonly string[] {
  const folders = withoutBraces([pattern]).map((one) => {
    const parts = segmentsOf(one);
    const dynamic = parts.findIndex((part) => isGlob(part));
    return parts.slice(0, dynamic < 0 ? parts.length - 1 : dynamic).join("/");
  });
  return [...new Set(folders)];
}

/** `.` and empty segments say nothing. */
function segmentsOf(pattern: string): readonly string[] {
  const parts = pattern.split("/");
  return parts.filter((part, index) => part !== "." && (part !== "" || index === 0));
}

/** Two patterns with a star are compared by going back to the last star only, which is enough and takes n × m steps. */
function matchesInOrder<Pattern, Part>(
  pattern: readonly Pattern[],
  parts: readonly Part[],
  isStar: (one: Pattern) => boolean,
  matchesOne: (one: Pattern, part: Part) => boolean,
): boolean {
  let at = 0;
  let star = -1;
  let resumed = 0;
  let index = 0;
  while (index < parts.length) {
    const one = pattern[at];
    const part = parts[index];
    if (one !== undefined && isStar(one)) {
      star = at++;
      resumed = index;
    } else if (one !== undefined && part !== undefined && matchesOne(one, part)) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resumed;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isStar);
}

function matchesSegment(segment: Segment, part: string): boolean {
  if (segment === "**") return true;
  return matchesInOrder(segment, [...part], (one) => one.kind === "star", matchesCharacter);
}

function matchesCharacter(token: Token, character: string): boolean {
  if (token.kind === "character") return token.character === character;
  if (token.kind === "set") return token.ranges.some(([from, to]) => from <= character && character <= to) !== token.negated;
  return true;
}

function segment(text: string): Segment {
  if (text === "**") return "**";
  const characters = [...text];
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? "";
    const set = character === "[" ? setAt(characters, index) : undefined;
    const escaped = character === "\\" ? characters[index + 1] : undefined;
    if (set) {
      tokens.push(set.token);
      index = set.end;
    } else if (escaped !== undefined) {
      tokens.push({ kind: "character", character: escaped });
      index++;
    } else {
      tokens.push(plainToken(character));
    }
  }
  return tokens;
}

function plainToken(character: string): Token {
  if (character === "*") return { kind: "star" };
  return character === "?" ? { kind: "one" } : { kind: "character", character };
}

/** `[abc]`, `[!a-z]`; a bracket that is never closed is a bracket. */
function setAt(characters: readonly string[], start: number): { readonly token: Token; readonly end: number } | undefined {
  const negated = characters[start + 1] === "!" || characters[start + 1] === "^";
  const from = start + (negated ? 2 : 1);
  const end = characters.indexOf("]", from + 1);
  if (end < 0) return undefined;
  const ranges: [string, string][] = [];
  for (let index = from; index < end; index++) {
    const escapes = characters[index] === "\\" && index + 1 < end;
    const low = characters[escapes ? ++index : index] ?? "";
    const isRange = characters[index + 1] === "-" && index + 2 < end;
    ranges.push([low, isRange ? (characters[index + 2] ?? low) : low]);
    if (isRange) index += 2;
  }
  return { token: { kind: "set", negated, ranges }, end };
}

/** `a{b,c}d` as `abd` and `acd`, the first innermost braces first. */
function withoutBraces(patterns: readonly string[]): readonly string[] {
  const found = patterns.map((pattern) => /\{([^{}]*,[^{}]*)\}/.exec(pattern));
  if (found.every((braces) => braces === null)) return patterns;
  const expanded = patterns.flatMap((pattern, index) => {
    const braces = found[index];
    if (!braces) return [pattern];
    const before = pattern.slice(0, braces.index);
    const after = pattern.slice(braces.index + braces[0].length);
    return (braces[1] ?? "").split(",").map((choice) => before + choice + after);
  });
  return expanded.length > mostAlternatives ? patterns : withoutBraces([...new Set(expanded)]);
}
