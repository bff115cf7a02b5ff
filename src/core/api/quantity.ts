const suffixes: ReadonlySet<string> = new Set(["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]);

function afterDigits(text: string, from: number): number {
  let index = from;
  while (index < text.length && text.charCodeAt(index) >= 48 && text.charCodeAt(index) <= 57) index++;
  return index;
}

/**
 * Whether the server reads this text as a quantity. Digits may be missing on both sides of the dot, even altogether.
 * Source: ParseQuantity, https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource
 */
export function isQuantity(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === "") return false;
  let index = afterDigits(trimmed, /^[+-]/.test(trimmed) ? 1 : 0);
  if (trimmed.charAt(index) === ".") index = afterDigits(trimmed, index + 1);
  const suffix = trimmed.slice(index, index + 32);
  return suffixes.has(suffix) || /^[eE][+-]?\d{1,18}$/.test(suffix);
}
