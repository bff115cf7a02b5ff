import type { ScalarNode } from "../read/node.js";

export type PlainValue = string | number | boolean;

export interface Notation {
  readonly style?: ScalarNode["style"];
  /** Inside `{ … }` or `[ … ]`, where commas and brackets end a plain scalar. */
  readonly flow?: boolean;
  /** Only what JSON has: double quotes. */
  readonly json?: boolean;
}

/** A value as it is written in a manifest, so that Kubernetes reads exactly this value: quoted in the given style, or where it must be. */
export function scalarText(value: PlainValue, { style, flow, json }: Notation): string {
  if (typeof value !== "string") return String(value);
  if (json === true || style === "double") return doubleQuoted(value);
  if (style === "single" && isPrintable(value)) return `'${value.replaceAll("'", "''")}'`;
  return isPlain(value, flow === true) ? value : doubleQuoted(value);
}

/** JSON's escapes are YAML's; what YAML 1.1 takes for a line break or a byte order mark is escaped too. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, escaped);
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function isPrintable(value: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u001F\u007F-\u009F\u2028\u2029\uD800-\uDFFF\uFEFF]/.test(value);
}

/** Words that some version of YAML takes for a boolean, a null, a merge key or a number. */
const words = /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.?(?:inf|nan))$/i;
const numberOrTime = /^[-+.]?[0-9][0-9a-fox_.,:+\-tz ]*$/i;
const indicators = /^[-?:,[\]{}#&*!|>'"%@`]/;

function isPlain(value: string, flow: boolean): boolean {
  if (value === "" || value !== value.trim() || !isPrintable(value)) return false;
  if (indicators.test(value) || words.test(value) || numberOrTime.test(value)) return false;
  if (/:(?:\s|$)|\s#|\t|\{\{/.test(value) || /^(?:---|\.\.\.)/.test(value)) return false;
  return !flow || !/[,[\]{}]/.test(value);
}
