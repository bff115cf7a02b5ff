const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
]);
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** A text as Go's strconv.Quote writes it: https://pkg.go.dev/strconv#Quote */
export function quoted(text: string): string {
  return `"${[...text].map(quotedCharacter).join("")}"`;
}

function quotedCharacter(character: string): string {
  const escape = escapes.get(character);
  if (escape !== undefined) return escape;
  if (printable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  // Half of a surrogate pair does not survive on its way into Go.
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** A text as errors of Go's time package quote it: what is not plain ASCII is written byte by byte. */
export function quotedBytes(text: string): string {
  return `"${[...text].map((character) => (/[ -~\u007f]/u.test(character) ? plain(character) : bytes(character))).join("")}"`;
}

function plain(character: string): string {
  return character === '"' || character === "\\" ? `\\${character}` : character;
}

function bytes(character: string): string {
  const encoded = encodeURIComponent(/\p{Cs}/u.test(character) ? "\ufffd" : character);
  const byteByByte = encoded.startsWith("%") ? encoded.slice(1).split("%") : [hex(character.charCodeAt(0), 2)];
  return byteByByte.map((byte) => `\\x${byte.toLowerCase()}`).join("");
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
