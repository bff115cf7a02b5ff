import type { Source } from "../text/place.js";
import type { Problem } from "./document.js";

/** In UTF-16 units. The largest object etcd takes is 1.5 MiB; a stream of all of a cluster's objects still fits. */
export const sizeLimit = 20 * 1024 * 1024;
/** So many characters that no encoding explains are no text. */
const replacementLimit = 32;

/** Why a text is not read at all: it is too large, or it is not text. */
export function unreadable(source: Source): Problem | undefined {
  const { text } = source;
  if (text.length > sizeLimit) {
    const size = (text.length / 1024 / 1024).toFixed(1);
    return problemAt(source, 0, `the text has ${size} MiB, more than the ${String(sizeLimit / 1024 / 1024)} MiB that are read; split it`);
  }
  const zero = text.indexOf("\0");
  if (zero >= 0) return problemAt(source, zero, "this is not text, it holds a NUL byte; save it as UTF-8");
  const broken = brokenEncoding(text);
  return broken === undefined ? undefined : problemAt(source, broken, "this is not UTF-8; save it as UTF-8");
}

function brokenEncoding(text: string): number | undefined {
  const first = text.indexOf("\uFFFD");
  let at = first;
  for (let count = 1; at >= 0; count++) {
    if (count >= replacementLimit) return first;
    at = text.indexOf("\uFFFD", at + 1);
  }
  return undefined;
}

function problemAt(source: Source, offset: number, message: string): Problem {
  return { rule: "unreadable-input", place: { source, start: offset, end: Math.min(offset + 1, source.text.length) }, message };
}
