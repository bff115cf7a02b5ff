/** `host:port` or `[host]:port`, either part may be empty. Source: SplitHostPort in https://pkg.go.dev/net */
export function isHostAndPort(text: string): boolean {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return false;
  if (!text.startsWith("[")) return !/[[\]]/.test(text) && text.indexOf(":") === colon;
  const end = text.indexOf("]");
  return end + 1 === colon && !text.includes("[", 1) && !text.includes("]", end + 1);
}
