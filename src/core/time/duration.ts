// Nanoseconds need more than the 53 bits of a number, and Go refuses what overflows its 63.
const nanoseconds = new Map<string, bigint>([
  ["ns", 1n],
  ["us", 1_000n],
  ["\u00b5s", 1_000n],
  ["\u03bcs", 1_000n],
  ["ms", 1_000_000n],
  ["s", 1_000_000_000n],
  ["m", 60_000_000_000n],
  ["h", 3_600_000_000_000n],
]);
const largest = 1n << 63n;
const part = /0*(\d*)(\.\d*)?([^\d.]*)/uy;

interface Refusal {
  readonly ok: false;
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

export type DurationResult = { readonly ok: true; readonly nanoseconds: bigint } | Refusal;

/**
 * Reads a duration such as `1h30m` as Go's time.ParseDuration does (https://pkg.go.dev/time#ParseDuration).
 * Offsets count from the start of `text`.
 */
export function parseDuration(text: string): DurationResult {
  const sign = /^[-+]/u.test(text) ? 1 : 0;
  const negative = text.startsWith("-");
  if (text.slice(sign) === "0") return { ok: true, nanoseconds: 0n };
  if (text.length === sign) return refusal("the duration is missing", 0, text.length);
  let total = 0n;
  for (let at = sign; at < text.length;) {
    const read = readPart(text, at);
    if (!read.ok) return read;
    total += read.nanoseconds;
    if (total > largest) return tooLong(text);
    at = read.end;
  }
  if (total === largest && !negative) return tooLong(text);
  return { ok: true, nanoseconds: negative ? -total : total };
}

type Part = { readonly ok: true; readonly nanoseconds: bigint; readonly end: number } | Refusal;

function readPart(text: string, at: number): Part {
  part.lastIndex = at;
  const match = part.exec(text);
  const [all = "", whole = "", fraction = "", unit = ""] = match ?? [];
  const end = at + all.length;
  const number = all.slice(0, all.length - unit.length);
  if (!/\d/u.test(number)) return refusal(`"${shortened(text.slice(at))}" does not begin with a number`, at, text.length);
  if (unit === "") return refusal("the unit is missing; use h, m or s", at, end);
  const scale = nanoseconds.get(unit);
  if (scale === undefined) return refusal(`there is no unit "${shortened(unit)}"; use h, m or s`, end - unit.length, end);
  const value = wholePart(whole) * scale + fractionPart(fraction, scale);
  return value > largest ? tooLong(text) : { ok: true, nanoseconds: value, end };
}

function wholePart(digits: string): bigint {
  return digits.length > 19 ? largest + 1n : BigInt(digits || "0");
}

// Go takes as many digits as fit into 63 bits and reckons them as a float; the rest of the digits is dropped.
function fractionPart(fraction: string, scale: bigint): bigint {
  let digits = fraction.slice(1, 20);
  while (digits !== "" && BigInt(digits) >= largest) digits = digits.slice(0, -1);
  if (digits === "") return 0n;
  return BigInt(Math.trunc(Number(digits) * (Number(scale) / 10 ** digits.length)));
}

function tooLong(text: string): Refusal {
  return refusal("the duration is longer than 292 years", 0, text.length);
}

function refusal(reason: string, start: number, end: number): Refusal {
  return { ok: false, reason, start, end };
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
