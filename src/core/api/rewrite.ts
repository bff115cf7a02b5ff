import type { ScalarNode } from "../read/node.js";
import type { Fix } from "./finding.js";

/** Plain text that YAML takes for something else. */
const needsQuotes = /^(?:true|false|null|~|y|n|yes|no|on|off|[\d.+-].*)$/i;

function inStyle(style: ScalarNode["style"], text: string): string {
  if (style === "single") return `'${text}'`;
  if (style !== "plain" || needsQuotes.test(text)) return JSON.stringify(text);
  return text;
}

/** Writes another text in the place of a scalar, in the quotes that it had; `text` has no quotes in it. */
export function rewritten({ place, style }: ScalarNode, text: string, title: string, safe: boolean): Fix {
  return { title, safe, edits: [{ at: place, text: inStyle(style, text) }] };
}
