import { visible } from "./visible.js";

/** Breaks a word for those who look for names and addresses in what is rendered, and shows nothing. */
const seam = "&#8203;";

/**
 * Text that stays text in Markdown, within a line and within a table: no markup, no HTML, no link, and nobody is called by name.
 * Sources: https://github.github.com/gfm/#ascii-punctuation-character, https://github.github.com/gfm/#autolinks-extension-
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()<>#+|!~$&^=-]/g, (character) => `\\${character}`)
    .replace(/@|#(?=\d)|:(?=\/\/)|\bwww(?=\.)|\bgh(?=\\-\d)/gi, (start) => start + seam);
}
