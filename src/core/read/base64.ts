const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const shape = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The text that base64 stands for; undefined for what is no base64. Bytes that are no UTF-8 become one replacement character. */
export function base64Text(written: string): string | undefined {
  const text = written.replace(/[\r\n]/g, "");
  if (!shape.test(text)) return undefined;
  let bits = 0;
  let count = 0;
  let escaped = "";
  for (const character of text.replace(/=+$/, "")) {
    bits = ((bits << 6) | alphabet.indexOf(character)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    escaped += `%${((bits >> count) & 0xff).toString(16).padStart(2, "0")}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return "\ufffd";
  }
}
