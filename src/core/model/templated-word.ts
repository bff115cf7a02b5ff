import { MASK, type Templated } from "../read/node.js";
import { overlaps, type Place, textAt } from "../text/place.js";
import type { Field } from "./field.js";

/** Stands for every character of what a template writes. */
export { MASK };

type Word = Extract<Field<string>, { state: "present" }>;

/** A word of `command` or `args` as far as it is written. */
export interface TemplatedWord {
  /** What a template writes is masked in its value. */
  readonly word: Word;
  /** False where a template adds lines or leaves some of these out. */
  readonly isWhole: boolean;
}

/** Bounds the work: no person writes as many into one script. */
const mostHoles = 300;

/** Undefined when nothing is known of it, or a template writes where no mask shows it. */
export function templatedWord(item: Field<string>): TemplatedWord | undefined {
  if (item.state === "present") return { word: item, isWhole: true };
  if (item.state === "absent" || item.templated === undefined || item.templated.holes.length > mostHoles) return undefined;
  const { scalar } = item.templated;
  const text = typeof scalar.value === "string" ? withoutDirectives(scalar.value, item.templated) : undefined;
  if (text === undefined) return undefined;
  const word: Word = { state: "present", path: item.path, place: item.place, key: item.place, value: text, node: scalar };
  return { word, isWhole: !item.templated.holes.some(isDirective) };
}

const runs = new RegExp(`${MASK}+`, "g");

/** Conditions and the like on lines of their own write nothing: blank lines stand for them, which continue what is continued. */
function withoutDirectives(value: string, { scalar, holes }: Templated): string | undefined {
  const shown = new Set<Place>();
  let text = "";
  let end = 0;
  for (const { 0: run, index } of value.matchAll(runs)) {
    const place = scalar.slice(index, index + run.length);
    const here = holes.filter((hole) => overlaps(hole, place));
    for (const hole of here) shown.add(hole);
    text += value.slice(end, index);
    end = index + run.length;
    const isBlanked = here.length > 0 && here.every(isDirective) && standsAlone(value, index, end);
    text += isBlanked ? " ".repeat(run.length) : run;
  }
  return holes.every((hole) => shown.has(hole) || isDirective(hole)) ? continued(text + value.slice(end)) : undefined;
}

function standsAlone(value: string, start: number, end: number): boolean {
  const lineEnd = value.indexOf("\n", end);
  const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, lineEnd < 0 ? value.length : lineEnd);
  return line.replace(runs, "").trim() === "";
}

/** A line that ends in a backslash goes on behind the blanks; undefined where there is no room to say so. */
function continued(text: string): string | undefined {
  if (!text.includes("\\\n")) return text;
  const lines = text.split("\n");
  for (let index = 1; index < lines.length - 1; index++) {
    const line = lines[index] ?? "";
    if (line.trim() !== "" || lines[index - 1]?.endsWith("\\") !== true) continue;
    if (line === "") return undefined;
    lines[index] = `${line.slice(1)}\\`;
  }
  return lines.join("\n");
}

const goDirective = /^\{\{-?\s*(?:(?:if|else|end|with|range|break|continue)\b|\/\*|\$\w*\s*(?:,\s*\$\w+\s*)?:?=)/;
const jinjaDirective = /^(?:\{%[-+]?\s*(?:if|elif|else|endif|for|endfor|set)\b|\{#)/;

/** One action that decides what is written and writes nothing itself. */
function isDirective(hole: Place): boolean {
  const text = textAt(hole);
  return (goDirective.test(text) || jinjaDirective.test(text)) && !text.includes("{{", 2) && !text.includes("{%", 2);
}
