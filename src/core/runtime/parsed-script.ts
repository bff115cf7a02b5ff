import { createMemo } from "./memo.js";
import type { Script } from "./script.js";
import { readScript } from "./shell.js";

/** The estimate of a run and the rules about scripts ask for the same ones, one document after another. */
const recent = createMemo<Script | undefined>(16);

/** The tree of a script in POSIX or Bash syntax; undefined when it has a syntax error, is too long or nested too deeply. Never throws. */
export function parseScript(text: string): Script | undefined {
  return recent(text, () => readScript(text));
}
