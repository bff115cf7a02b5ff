/** Whether Helm leaves out a file of a chart; the path counts from the chart's folder, with slashes. */
export type HelmIgnore = (path: string) => boolean;

interface Rule {
  readonly pattern: string;
  readonly isNegated: boolean;
  readonly onlyFolders: boolean;
  /** Without a slash in it, a pattern is about names alone. */
  readonly ofName: boolean;
}

/** Characters of a file that are read, and of one pattern: nobody's .helmignore comes near. */
const longestText = 100_000;
const longestPattern = 1000;
const longestPath = 4000;

/** Files that begin with a dot, right in templates/, are always left out. */
const usual = "templates/.?*";

/**
 * What a .helmignore says: https://github.com/helm/helm/blob/v3.18.4/pkg/ignore/rules.go. Unlike git, the first rule that decides counts,
 * and `!` leaves out all that its pattern does not match. Helm loads no chart whose .helmignore it cannot read: nothing is left out then.
 */
export function helmIgnore(text = ""): HelmIgnore {
  const own = text.length > longestText ? undefined : rulesIn(text);
  const rules = own ? [...own, ...(rulesIn(usual) ?? [])] : [];
  // A chart without its Chart.yaml is none either.
  if (isLeftOut(rules, "Chart.yaml", false)) return () => false;
  return (path) => {
    if (path.length > longestPath) return false;
    const parts = path.split("/");
    return parts.some((_, index) => isLeftOut(rules, parts.slice(0, index + 1).join("/"), index < parts.length - 1));
  };
}

function rulesIn(text: string): readonly Rule[] | undefined {
  const lines = text.replace(/^\ufeff/, "").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.some((line) => line.includes("**") || line.length > longestPattern || !isPattern(line))) return undefined;
  return lines.map(ruleOf);
}

function ruleOf(line: string): Rule {
  const isNegated = line.startsWith("!");
  const onlyFolders = line.endsWith("/");
  const rule = line.slice(isNegated ? 1 : 0, onlyFolders ? -1 : undefined);
  return { pattern: rule.startsWith("/") ? rule.slice(1) : rule, isNegated, onlyFolders, ofName: !rule.includes("/") };
}

function isLeftOut(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  for (const { pattern, isNegated, onlyFolders, ofName } of rules) {
    const isMeant = (!onlyFolders || isFolder) && isMatch(pattern, ofName ? name : path);
    if (isMeant !== isNegated) return true;
  }
  return false;
}

/** Shell patterns as Go's path.Match reads them: https://pkg.go.dev/path#Match. No star goes past a slash. */
function isMatch(pattern: string, text: string): boolean {
  let [at, offset] = [0, 0];
  let star: { readonly at: number; offset: number } | undefined;
  while (offset < text.length || at < pattern.length) {
    if (pattern[at] === "*") {
      star = { at: ++at, offset };
      continue;
    }
    const end = offset < text.length ? oneMatched(pattern, at, text.charAt(offset)) : undefined;
    if (end !== undefined) [at, offset] = [end, offset + 1];
    else if (star && star.offset < text.length && text[star.offset] !== "/") [at, offset] = [star.at, ++star.offset];
    else return false;
  }
  return true;
}

/** Where the pattern goes on behind what matches the character; undefined where it does not match. */
function oneMatched(pattern: string, at: number, character: string): number | undefined {
  const sign = pattern[at];
  if (sign === "[") {
    const set = setAt(pattern, at);
    return set?.holds(character) === true ? set.end : undefined;
  }
  if (sign === "?") return character === "/" ? undefined : at + 1;
  if (sign === "\\") return pattern[at + 1] === character ? at + 2 : undefined;
  return sign === character ? at + 1 : undefined;
}

interface CharacterSet {
  readonly end: number;
  readonly holds: (character: string) => boolean;
}

/** `[a-z]`, `[^ab]`; undefined where it is not closed, or holds nothing. */
function setAt(pattern: string, start: number): CharacterSet | undefined {
  const isNegated = pattern[start + 1] === "^";
  const ranges: (readonly [string, string])[] = [];
  let at = start + (isNegated ? 2 : 1);
  while (at < pattern.length && (pattern[at] !== "]" || ranges.length === 0)) {
    const low = memberAt(pattern, at);
    const high = low && pattern[low.end] === "-" ? memberAt(pattern, low.end + 1) : low;
    if (!low || !high) return undefined;
    ranges.push([low.character, high.character]);
    at = high.end;
  }
  if (pattern[at] !== "]") return undefined;
  return { end: at + 1, holds: (one) => ranges.some(([low, high]) => low <= one && one <= high) !== isNegated };
}

function memberAt(pattern: string, at: number): { readonly character: string; readonly end: number } | undefined {
  const isEscaped = pattern[at] === "\\";
  const character = pattern[isEscaped ? at + 1 : at];
  if (character === undefined || (!isEscaped && (character === "-" || character === "]"))) return undefined;
  return { character, end: at + (isEscaped ? 2 : 1) };
}

function isPattern(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "\\" && ++at >= pattern.length) return false;
    if (pattern[at] !== "[") continue;
    const set = setAt(pattern, at);
    if (!set) return false;
    at = set.end - 1;
  }
  return true;
}
