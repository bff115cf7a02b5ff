import { literal } from "./script.js";
import type { Redirect } from "./script.js";
import { copy } from "./state.js";
import type { Frame, State } from "./state.js";
import { expand } from "./words.js";

/** Expands what redirections name, and tells whether they open for certain; where they do not, the command is not run. */
export function runRedirects(redirects: readonly Redirect[], state: State, frame: Frame): boolean {
  let opens = true;
  for (const redirect of redirects) {
    if (redirect.target !== undefined) expand(redirect.target, state, frame);
    if (!isSure(redirect)) opens = false;
  }
  return opens;
}

/** What follows when a file cannot be opened; undefined when errexit ends such runs and only those that succeed count. */
export function notRun(state: State, frame: Frame): State | undefined {
  frame.work.failed = true;
  if (!frame.work.failures && state.errexit === "on" && !frame.guarded) return undefined;
  return { ...copy(state, frame.work), status: "fail" };
}

/** Whether the command's input is written in the script. */
export function hasOwnInput(redirects: readonly Redirect[]): boolean {
  return redirects.some(({ operator, target }) => operator.startsWith("<<") || (operator === "<" && literal(target) === "/dev/null"));
}

function isSure({ operator, target }: Redirect): boolean {
  if (operator.startsWith("<<")) return true;
  const file = literal(target) ?? "";
  // To shells other than Bash `&>` puts the command into the background.
  if (operator.startsWith("&")) return false;
  if (operator.endsWith("&")) return /^(?:[0-2]|-)$/.test(file);
  return /^\/(?:dev\/(?:null|stdout|stderr)|proc\/(?:1|self)\/fd\/[12])$/.test(file);
}
