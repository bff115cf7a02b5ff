import type { Place } from "../text/place.js";
import type { Document, Problem } from "./document.js";
import type { Fragment } from "./fragment.js";
import { batchKinds, mentions } from "./kinds.js";
import type { ParsedFragment } from "./yaml-document.js";

/** Text that somebody is to fill in, which no rule of YAML can be held against. */
const unfinished = /<[^<>\n]{1,80}>|\$\{|\.\.\.|…|\{\{|\{%/;
const versioned = /\bapiVersion["']?[ \t]*:/;
/** A kind is one word; `kind: Job is a thing` is a sentence. */
const kindOfOneWord = /^[^\n]*\bkind["']?[ \t]*:[ \t]*["']?\w+["']?[ \t]*(?:[,}#][^\n]*)?\r?$/m;
const judged = new Set(batchKinds);
const commented = /\.json[5c]$/i;

export interface Reading {
  readonly origin: Document["origin"];
  readonly fragment: Fragment;
  readonly parsed: ParsedFragment;
  /** The document holds a Job or a CronJob. */
  readonly found: boolean;
  /** What stands behind the `---` above the document. */
  readonly refused: Place | undefined;
}

/** The problems of a document that are surely its author's: not another kind's, not a template's, not those of an example in prose. */
export function believable({ origin, fragment, parsed, found, refused }: Reading): Problem[] {
  const manifest = origin === "manifest";
  const concerns = found || mentions(fragment.text, judged);
  const clear = manifest || isComplete(fragment);
  const problems = parsed.problems.filter(({ rule, cause }) => {
    if (cause === "comment" && (!manifest || commented.test(fragment.source.name))) return false;
    return rule === "duplicate-yaml-key" ? found : concerns && clear;
  });
  return refused && found && manifest && fragment.holes.length === 0 ? [refusal(refused), ...problems] : problems;
}

function isComplete({ holes, text }: Fragment): boolean {
  return holes.length === 0 && versioned.test(text) && kindOfOneWord.test(text) && !unfinished.test(text);
}

/** https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/yaml/decoder.go#L417 */
function refusal(place: Place): Problem {
  const message = "kubectl refuses a separator `---` with anything but a comment behind it; begin the document on the next line";
  return { rule: "yaml-syntax", place, message };
}
