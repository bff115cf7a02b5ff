const words = /[-._]/;
const digits = /\D+/g;
/** Letters of a name that may be others, or be missing. */
const mostDifferent = 4;

/** Whether one name is most likely the other, mistyped: a letter in a long word, a plural, a separator; never a number or a short word. */
export function isSlip(written: string, meant: string): boolean {
  if (written === meant || !isNear(written, meant)) return false;
  if (written.replace(digits, " ").trim() !== meant.replace(digits, " ").trim()) return false;
  const [a, b] = [written.split(words), meant.split(words)];
  if (a.join("") === b.join("")) return true;
  if (a.length !== b.length) return false;
  const different = a.flatMap((word, index) => (word === b[index] ? [] : [[word, b[index] ?? ""] as const]));
  const [pair] = different;
  return different.length === 1 && pair !== undefined && isSlipOfWord(...pair);
}

/** Asked first, since it costs little: all but a few letters are the same at the start and at the end. */
function isNear(a: string, b: string): boolean {
  const start = firstDifference(a, b);
  const least = Math.min(a.length, b.length);
  let end = 0;
  while (end < least - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return Math.max(a.length, b.length) - start - end <= mostDifferent;
}

const shortest = 5;

function isSlipOfWord(a: string, b: string): boolean {
  if (b === `${a}s` || a === `${b}s`) return true;
  if (Math.min(a.length, b.length) < shortest) return false;
  const start = firstDifference(a, b);
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const isSwapped = restA.length > 1 && restB === `${restA.charAt(1)}${restA.charAt(0)}${restA.slice(2)}`;
  return isSwapped || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

function firstDifference(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return index;
}
