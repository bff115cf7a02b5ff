import { bareManifests } from "./bare-manifest.js";
import { heredocsIn, withoutShellEscapes } from "./heredoc.js";
import { sectionsOf, withoutQuoteMarks } from "./markdown.js";
import type { Section } from "./markdown.js";
import type { Stretch } from "./mask.js";
import { linesOf } from "./text-lines.js";
import type { Line } from "./text-lines.js";

/** A stretch that holds manifests, and the column its lines begin at. */
export interface Passage extends Stretch {
  readonly column: number;
  /** Tabs at the beginning of lines are not part of it. */
  readonly indented?: boolean;
  /** A shell takes some backslashes away. */
  readonly expanded?: boolean;
}

export interface Passages {
  /** The text to read them from: as long as the source, without quote marks. */
  readonly text: string;
  readonly passages: readonly Passage[];
}

const yamlLanguages = words("yaml yml json jsonc json5 kyaml kubernetes k8s helm gotemplate");
/** In these a manifest is part of a program, or marked with plus and minus. */
const otherLanguages = words(
  `diff patch go golang python py js javascript ts typescript java kotlin groovy scala rust ruby rb c cpp csharp cs php hcl terraform tf
  jsonnet cue dockerfile makefile rego sql html xml mermaid`,
);
const shellName = /\.(?:sh|bash|zsh|ksh)$/i;
const manifestName = new RegExp(
  "\\.(?:ya?ml|json|json5|kyaml)(?:\\.(?:tpl|tmpl|gotmpl|j2|jinja2?|template|erb|dist|example|sample|bak|orig|enc|dec))?$", "i",
);
const templateName = /\.(?:tpl|tmpl|gotmpl|j2|jinja2?)$/i;
const textName = /\.(?:txt|text|log)$/i;
const proseName = /\.(?:md|markdown|mdx|adoc|asciidoc|rst|org|html?)$/i;

/** Whether a text is prose with manifests in it rather than a manifest. A name that does not tell leaves it to the content. */
export function isProse(name: string, text: string): boolean {
  if (manifestName.test(name) || templateName.test(name)) return false;
  return proseName.test(name) || shellName.test(name) || !looksLikeManifest(text, textName.test(name));
}

const identity = /^(["']?)(?:apiVersion|kind)\1\s*:\s/;
/** Neither of them is more than a word. */
const identityOfOneWord = /^(["']?)(?:apiVersion|kind)\1\s*:\s+(?:["']?[\w./-]+["']?,?\s*(?:#.*)?$|.*(?:\{\{|\$))/;

/** Objects one after the other without a separator: in a manifest a fault, in notes two examples. */
function isGlued(contents: readonly string[]): boolean {
  let kinds = 0;
  for (const content of contents) {
    if (content.startsWith("---")) kinds = 0;
    else if (/^kind:\s/.test(content) && ++kinds > 1) return true;
  }
  return false;
}

/** A stream begins with a field of an object, and what stands at the first column is keys, items, remarks and separators. */
function looksLikeManifest(text: string, notes: boolean): boolean {
  const lines = linesOf(text).filter(({ blank }) => !blank);
  const contents = lines.filter(({ indent }) => indent === 0).map(({ start, end }) => text.slice(start, Math.min(end, start + 200)));
  const first = contents.find((content) => !/^(?:\uFEFF?---|#|%|\{\{|\{%)/.test(content))?.replace("\uFEFF", "");
  if (first === undefined || !/^(?:[[{]|(["']?)(?:apiVersion|kind|metadata|spec|items|status|data|type)\1\s*:)/.test(first)) return false;
  if (contents.some((content) => identity.test(content) && !identityOfOneWord.test(content)) || (notes && isGlued(contents))) return false;
  const foreign = contents.filter((content) => !/^(?:\uFEFF?["']?[\w./$-]+["']?\s*:(?:\s|$)|-|#|%|[[\]{}]|\.\.\.)/.test(content));
  return foreign.length * 10 <= contents.length || foreign.length < 2;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Manifests in Markdown and other text: fenced, in here-documents of a shell, or bare. */
export function passagesIn(name: string, source: string): Passages {
  const text = withoutQuoteMarks(source);
  const lines = linesOf(text);
  const sections: readonly Section[] = shellName.test(name) ? [{ from: 0, to: lines.length, language: "sh" }] : sectionsOf(text, lines);
  const passages = sections.flatMap((section) => passagesOf(text, lines, section));
  return { text: withoutShellEscapes(text, passages.filter(({ expanded }) => expanded === true)), passages };
}

function passagesOf(text: string, lines: readonly Line[], section: Section): Passage[] {
  const { from, to, language } = section;
  if (language !== undefined && otherLanguages.has(language)) return [];
  const opening = lines.slice(from, to).find((line) => isContent(text, line));
  if (!opening) return [];
  if (language !== undefined && isStream(text, opening, language)) return [passageOf(lines, from, to, opening.indent)];
  return aroundHeredocs(text, lines, section);
}

function aroundHeredocs(text: string, lines: readonly Line[], { from, to }: Section): Passage[] {
  const heredocs = heredocsIn(text, lines, from, to);
  const passages = heredocs.map((heredoc, index): Passage[] => {
    const bare = bareManifests(text, lines, heredocs[index - 1]?.to ?? from, heredoc.from);
    const first = lines.slice(heredoc.from, heredoc.to).find((line) => isContent(text, line));
    if (!first) return bare;
    const { indented, expanded } = heredoc;
    return [...bare, { ...passageOf(lines, heredoc.from, heredoc.to, first.indent), indented, expanded }];
  });
  return [...passages.flat(), ...bareManifests(text, lines, heredocs.at(-1)?.to ?? from, to)];
}

function isContent(text: string, line: Line): boolean {
  return !line.blank && text[line.start + line.indent] !== "#" && !text.startsWith("---", line.start + line.indent);
}

function passageOf(lines: readonly Line[], from: number, to: number, column: number): Passage {
  const start = lines[from]?.start ?? 0;
  return { start, end: lines[to - 1]?.end ?? start, column };
}

/** Whether a fenced block is YAML from its first line to its last. */
function isStream(text: string, { start, indent, end }: Line, language: string): boolean {
  const content = text.slice(start + indent, end);
  if (yamlLanguages.has(language)) return /^(?:(["']?)[\w./$-]+\1[ \t]*:(?:\s|$)|[[{-]|\.\.\.)/.test(content);
  return /^\{\s*(?:$|")/.test(content);
}
