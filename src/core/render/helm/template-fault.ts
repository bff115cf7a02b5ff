import { type Action, actionsIn, NotATemplate } from "./actions.js";
import type { Span } from "./syntax.js";

/** What certainly keeps Go from reading a template. */
export interface TemplateFault extends Span {
  readonly message: string;
}

const consequence = "so Helm renders nothing of the chart";

/** An action without an end, and an `end` too few or too many; undefined for all other faults, which are left to Helm. */
export function templateFault(text: string): TemplateFault | undefined {
  const start = text.lastIndexOf("{{");
  if (start >= 0 && !text.includes("}}", start)) {
    return { start, end: start + 2, message: `no }} closes this action, ${consequence}; add it` };
  }
  try {
    return unbalanced(text, actionsIn(text));
  } catch (error) {
    if (error instanceof NotATemplate) return undefined;
    throw error;
  }
}

const opening = /^\s*(if|with|range|define|block)(?=[\s"`(]|$)/;
const ending = /^\s*end\s*$/;

function unbalanced(text: string, actions: readonly Action[]): TemplateFault | undefined {
  const open: (Action & { readonly word: string })[] = [];
  for (const action of actions) {
    if (action.comment) continue;
    const body = text.slice(action.bodyStart, action.bodyEnd);
    const word = opening.exec(body)?.[1];
    if (word !== undefined) open.push({ ...action, word });
    if (!ending.test(body)) continue;
    const message = `this {{ end }} closes nothing, ${consequence}; remove it, or add what it is to close`;
    if (!open.pop()) return { start: action.start, end: action.end, message };
  }
  const last = open.at(-1);
  return last && { start: last.start, end: last.end, message: `no {{ end }} closes this ${last.word}, ${consequence}; add it where its block ends` };
}
