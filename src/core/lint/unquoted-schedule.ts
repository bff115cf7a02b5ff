import type { Problem } from "../read/document.js";
import { textAt } from "../text/place.js";

/** What a schedule that begins with `*` or `@` and has no quotes is called; the reader only knows that a value has none. */
export function unquotedSchedule(problem: Problem): { readonly rule: string; readonly message: string } | undefined {
  if (problem.cause !== "alias" && problem.cause !== "at-sign") return undefined;
  const { source, start } = problem.place;
  const line = source.text.slice(Math.max(source.text.lastIndexOf("\n", start - 1) + 1, start - 200), start);
  if (!/(?:^|[\s{,"'>-])schedule["']?[ \t]*:[ \t]*$/.test(line)) return undefined;
  const mark = textAt(problem.place).charAt(0);
  const why = mark === "*" ? "which YAML takes for an alias" : "which YAML keeps for itself";
  return {
    rule: "schedule-template-or-quote",
    message: `the schedule begins with ${mark}, ${why}, so the document cannot be read; put it in quotes`,
  };
}
