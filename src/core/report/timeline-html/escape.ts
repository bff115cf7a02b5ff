import { visible, visibleJson } from "../visible.js";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as content or as a quoted attribute of HTML; what could reorder the text around it is written out. */
export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** JSON in a script element: nothing in it can end the element or begin a comment. */
export function scriptJson(value: unknown): string {
  return visibleJson(value).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e");
}
