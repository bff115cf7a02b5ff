import { visible } from "./visible.js";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text for XML and HTML, in an element or in an attribute. Characters that XML forbids are shown as `\x1b`. */
export function markupText(text: string): string {
  // What XML has no way to write, of all that is not shown as a control character.
  return visible(text).replace(/[\ufffe\uffff]/g, "\ufffd").replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** ` name="value"` for each of them. */
export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${markupText(String(value))}"`).join("");
}
