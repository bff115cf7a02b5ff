import type { Severity } from "../lint/rule.js";

/** How texts are set off on a terminal; without colour every function returns its text. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

const colours: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

export function palette(colour: boolean): Palette {
  const paint = (start: number, end: number) => (text: string) => (colour && text !== "" ? `\u001b[${start}m${text}\u001b[${end}m` : text);
  return {
    bold: paint(1, 22),
    faint: paint(2, 22),
    good: paint(32, 39),
    severity: (severity, text) => paint(colours[severity], 39)(text),
  };
}
