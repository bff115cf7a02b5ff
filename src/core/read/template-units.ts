import type { Stretch } from "./mask.js";
import type { Action } from "./template-actions.js";

/**
 * What a template does at one place: an action, or all of `{{ if … }}…{{ end }}` when it stands on one line, which is then
 * a value like any other.
 */
export interface Unit extends Stretch {
  readonly effect: "control" | "output" | "silent";
  /** Lines from 0. */
  readonly startLine: number;
  readonly endLine: number;
  /** The column that `indent` or `nindent` moves its output to. */
  readonly indent?: number;
  /** Where the block that it opens ends. */
  readonly until?: number;
  /** What it may add is all written in its block. */
  readonly entire?: true;
  /** Another way of the block around it begins. */
  readonly isElse?: true;
}

export interface TemplateUnits {
  readonly units: readonly Unit[];
  /** Bodies of `define`: they show nothing where they stand. */
  readonly definitions: readonly Stretch[];
  /** From each `else` to its `end`. */
  readonly alternatives: readonly Stretch[];
}

interface Opening {
  readonly unit: Unit;
  readonly defines: boolean;
  /** How many units stood before it. */
  readonly index: number;
  alternative?: number;
}

interface Progress {
  readonly units: Unit[];
  readonly definitions: Stretch[];
  readonly alternatives: Stretch[];
  readonly openings: Opening[];
}

/** Pairs the actions that open and end; what has no partner stands for itself. */
export function unitsOf(text: string, actions: readonly Action[]): TemplateUnits {
  const progress: Progress = { units: [], definitions: [], alternatives: [], openings: [] };
  let line = 0;
  let counted = 0;
  for (const action of actions) {
    const startLine = line + lineEndsIn(text, counted, action.start);
    line = startLine + lineEndsIn(text, action.start, action.end);
    counted = action.end;
    const { start, end } = action;
    place(progress, action, { start, end, startLine, endLine: line, effect: effectOf(action), ...marksOf(action) });
  }
  return progress;
}

function place(progress: Progress, { role }: Action, unit: Unit): void {
  const { units, openings } = progress;
  const opening = openings.at(-1);
  if (role === "else" && opening) opening.alternative ??= unit.start;
  if (role === "open" || role === "define") openings.push({ unit, defines: role === "define", index: units.length });
  if (role === "end" && opening) close(progress, opening, unit);
  else units.push(unit);
}

function close(progress: Progress, opening: Opening, end: Unit): void {
  const { units, definitions, alternatives, openings } = progress;
  openings.pop();
  const { unit, defines, index, alternative } = opening;
  if (defines) {
    units.length = index;
    definitions.push({ start: unit.start, end: end.end });
  } else if (unit.startLine === end.endLine) {
    const indented = units.slice(index).findLast(({ indent }) => indent !== undefined);
    units.length = index;
    units.push({ ...indented, ...unit, end: end.end, effect: "output" });
  } else {
    units[index] = { ...unit, until: end.start };
    units.push(end);
    if (alternative !== undefined) alternatives.push({ start: alternative, end: end.start });
  }
}

/** The condition of a block without another way, as whoever evaluates templates writes it: no template language has it. */
export const entireCondition = "x.entire";

function marksOf({ role, body }: Action): Pick<Unit, "indent" | "entire" | "isElse"> {
  if (role === "else") return { isElse: true };
  if (body.trim().endsWith(` ${entireCondition}`)) return { entire: true };
  const found = /\bn?indent\s+(\d{1,3})\b/.exec(body)?.[1];
  return found === undefined ? {} : { indent: Number(found) };
}

function effectOf({ role }: Action): Unit["effect"] {
  if (role === "open" || role === "else" || role === "define") return "control";
  return role === "output" ? "output" : "silent";
}

/** Looks at no character twice: a search for the next line end would run far beyond `to` on a long line. */
function lineEndsIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) count++;
  return count;
}
