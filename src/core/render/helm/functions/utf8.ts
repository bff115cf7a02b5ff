/** Go counts the bytes of UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (const character of text) length += bytesOf(character);
  return length;
}

/** Of one character. */
export function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
