import type { Source } from "../text/place.js";
import { parseAttempts } from "./attempts.js";
import type { Problem, SyntaxCause } from "./document.js";
import { splitStream } from "./split.js";
import { actionsIn } from "./template-actions.js";

/** Other tools than kubectl read these. */
const elsewhereFine: ReadonlySet<SyntaxCause> = new Set<SyntaxCause>(["tag", "key", "merge", "not-finite", "comment", "flow"]);

/** The first thing that keeps a file of no Jobs from being read at all; none where a template or ytt is to make it. */
export function foreignFault(source: Source): Problem | undefined {
  const { text } = source;
  if (text.includes("#@") || actionsIn(text).length > 0) return undefined;
  for (const { start, end } of splitStream(text)) {
    const { problems } = parseAttempts({ source, start, end, text: text.slice(start, end), holes: [] }, []);
    const fault = problems.find(({ rule, cause }) => rule === "yaml-syntax" && cause !== undefined && !elsewhereFine.has(cause));
    if (fault) return fault;
  }
  return undefined;
}
