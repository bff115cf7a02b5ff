import { bounds, enumerations } from "../../schemas/enforced.js";
import { quoted, raw, type Tree } from "./tree.js";
import { long, texts } from "./texts.js";

/** What may be written into a field: mostly fine, or mostly not. */
export interface Pool {
  readonly good: readonly Tree[];
  readonly odd: readonly Tree[];
}

/** Values as they stand in the text, a blank between them; a dot in the middle stands for a blank within one. */
const raws = (line: string): Tree[] => line.split(" ").map((text) => raw(text.replaceAll("·", " ")));

const oddTexts = [
  ...["", " ", "a", "A", "a.b", "a/b", "a_b", "A_b", "-", "-a", "a-", "é", "a b", "a:b", "a=b", "..", "../x", "/abs", "a/../b", "./a", "0", "1", "9z"],
  ...["true", "null", "~", "{{ x }}", "$(X)", "a\nb", "a\u0000b", "x.y/z", "X.y/z", "x.y/", "/z", "x/y/z", "kubernetes.io/x", "*", "1.2.3.4", "::1", "a,b"],
  ...[15, 16, 63, 64, 253, 254].map(long),
].map(quoted);
const oddForText = [...oddTexts, ...raws("null ~ 1 1.5 true yes 0x1f 2024-01-01 1e3 {} [] [a] {a:·1} !!str·1 'a' 1_000 .inf 08 <<")];

const edges =
  "-1 0 1 2 3 5 10 99 100 101 255 256 511 512 599 600 601 1000 3599 3600 65535 65536 99999 100000 100001 2147483647 2147483648 -2147483648 -2147483649 4294967296 4294967297 9223372036854775807 9223372036854775808";
const oddForNumber = raws(
  `${edges} 1.0 1e3 1_000 017 08 0x10 0o17 0b101 1.5 "1" null ~ true .5 +1 -0 -0.0 1e100 .inf .nan "" abc {} [] [1] !!int·"1" !!float·1 1:30 1e-1 12e`,
);

const pools: Readonly<Record<string, Pool>> = {
  int32: { good: raws("0 1 2 3 5 10 30 60 100"), odd: oddForNumber },
  int64: { good: raws("0 1 2 30 60 100 600 3600"), odd: oddForNumber },
  bool: { good: raws("true false true false true false yes no on off True FALSE y N"), odd: raws('"true" 1 0 null ~ "" maybe {} [] !!bool·"true" tRue ON') },
  quantity: {
    good: raws("1 1Gi 500m 100Mi 2 64Mi 250m 0 10Gi 1e3 1.5 \"1\" \"2Gi\" 1Ki 3M"),
    odd: raws(
      '-1 "" abc 1GB 9Ei 9E 16Ei +1 .5 1. 1e-3 0x1 12345678901234567890 1Ki5 1E 0.5m 1n 1u 0.1n 1m 1.5Gi "1 Gi" " 1" null true {} [] 1e 1E3 1e+3 -1Gi 1k 1K 0.5 1_000 1:30 017 08 .inf "1Mi\\n" 99999999999999999999Gi 1Pi 1e19 -0 "١"',
    ),
  },
  intOrString: {
    good: raws('80 8080 http "http" 443 web'),
    odd: raws('0 -1 65535 65536 "80" "" HTTP http- -http a--b a1 1a "1234567890123456" abcdefghijklmno abcdefghijklmnop 1.5 true null {} [] 2147483648 1e3 1.0 "0" a_b'),
  },
  time: { good: raws("2024-01-01T00:00:00Z null"), odd: raws('"2024-01-01" "" 0 true 2024-01-01 "2024-01-01T00:00:00" "2024-01-01T00:00:00.5+02:00" "2024-13-01T00:00:00Z" {} []') },
  raw: { good: [raw("{}")], odd: raws("1 a null [] true {a:·1}") },
  string: { good: ["a", "one", "two"].map(quoted), odd: oddForText },
};

function ofEnumeration(name: string): Pool | undefined {
  const values = enumerations.filter(({ fields }) => fields.includes(name)).flatMap(({ values }) => values);
  if (values.length === 0) return undefined;
  const other = values.flatMap((value) => [value.toLowerCase(), value.toUpperCase(), ` ${value}`, `${value}s`]);
  return { good: values.map(quoted), odd: [...[...other, "", "Always", "Never", "None"].map(quoted), ...raws("null 1 true {} []")] };
}

function ofBounds(name: string, scalar: string): Pool | undefined {
  const found = bounds.find(({ fields }) => fields.includes(name));
  const usual = pools[scalar];
  if (!found || !usual) return undefined;
  const { minimum, maximum = 2147483647 } = found;
  const edge = [minimum - 1, minimum, minimum + 1, maximum - 1, maximum, maximum + 1].map((number) => raw(String(number)));
  const good = [minimum, minimum + 1, Math.min(maximum, minimum + 4), Math.min(maximum, minimum + 60)];
  return { good: good.map((number) => raw(String(number))), odd: [...edge, ...edge, ...usual.odd] };
}

const known = new Map<string, Pool>();

/** Values for the field "PodSpec.hostname", which holds a scalar of this name. */
export function poolOf(owner: string, field: string, scalar: string): Pool {
  const name = `${owner}.${field}`;
  let pool = known.get(name);
  if (pool) return pool;
  const special = texts[name] ?? texts[`*.${field}`];
  const usual = pools[scalar] ?? { good: [], odd: oddForText };
  pool = ofEnumeration(name) ?? ofBounds(name, scalar);
  if (special) {
    const asTree = scalar === "string" || scalar === "quantity" ? quoted : raw;
    pool = { good: special.good.map(asTree), odd: [...(special.odd ?? []).map(asTree), ...(special.odd ?? []).map(asTree), ...usual.odd] };
  }
  pool ??= usual;
  known.set(name, pool);
  return pool;
}
