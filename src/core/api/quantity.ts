const suffixes: ReadonlySet<string> = new Set(["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]);

function afterDigits(text: string, from: number): number {
  let index = from;
  while (index < text.length && text.charCodeAt(index) >= 48 && text.charCodeAt(index) <= 57) index++;
  return index;
}

/** Those of Go's unicode.IsSpace that JSON does not escape. */
const blank = /^[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]$/;

/**
 * A quantity without the blanks around it that the server takes away. It looks at the JSON, where line ends and tabs are escapes.
 * Source: Quantity.UnmarshalJSON, https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource
 */
export function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/**
 * Whether the server reads this text as a quantity. Digits may be missing on both sides of the dot, even altogether.
 * Source: ParseQuantity, https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource
 */
export function isQuantity(text: string): boolean {
  const trimmed = withoutBlanks(text);
  if (trimmed === "") return false;
  let index = afterDigits(trimmed, /^[+-]/.test(trimmed) ? 1 : 0);
  if (trimmed.charAt(index) === ".") index = afterDigits(trimmed, index + 1);
  const suffix = trimmed.slice(index, index + 32);
  return suffixes.has(suffix) || /^[eE][+-]?\d{1,18}$/.test(suffix);
}
