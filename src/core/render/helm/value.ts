import type { Place } from "../../text/place.js";
import { isKnown, noText, type Origin, plain, type Text } from "./text.js";

/** A value of a template: what Go has, and that nobody knows it. */
export type Value = Nil | Bool | Num | Text | List | Dict | Unknown | Callable;

export interface Unknown {
  readonly kind: "unknown";
}

export interface Nil {
  readonly kind: "nil";
  /** Nobody wrote it, or left it to who installs the chart. */
  readonly soft: boolean;
}

export interface Bool {
  readonly kind: "bool";
  readonly value: boolean;
  readonly origin?: Origin | undefined;
}

export interface Num {
  readonly kind: "number";
  readonly value: number;
  /** Go prints `1e+06` for a million that came out of a values file. */
  readonly float: boolean;
  readonly origin?: Origin | undefined;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Value[];
  /** From a values file. */
  readonly given: boolean;
}

/** Functions such as `set` change it. */
export interface Dict {
  readonly kind: "dict";
  readonly entries: Map<string, Value>;
  readonly keys: ReadonlyMap<string, Origin>;
  readonly given: boolean;
  /** Somebody may give more: a key that is not here is unknown. */
  readonly open?: boolean;
}

/** A method of what Helm hands to templates. */
export interface Callable {
  readonly kind: "callable";
  readonly call: (args: readonly Value[]) => Value;
}

export const unknown: Unknown = { kind: "unknown" };
export const nil: Nil = { kind: "nil", soft: false };
export const absent: Nil = { kind: "nil", soft: true };
export const yes: Bool = { kind: "bool", value: true };
export const no: Bool = { kind: "bool", value: false };

export function bool(value: boolean): Bool {
  return value ? yes : no;
}

export function int(value: number): Num {
  return { kind: "number", value, float: false };
}

export function list(items: readonly Value[], given = false): List {
  return { kind: "list", items, given };
}

export function dict(entries: Iterable<readonly [string, Value]>, given = false, keys: ReadonlyMap<string, Origin> = new Map()): Dict {
  return { kind: "dict", entries: new Map(entries), keys, given };
}

/** What a mapping has at a key; undefined where it has none. */
export function entryOf({ entries, open }: Dict, name: string): Value | undefined {
  return entries.get(name) ?? (open === true ? unknown : undefined);
}

/** `soft`: false only because nothing was filled in. */
export type Truth = "true" | "false" | "soft" | "unknown";

/** Go's truth: what is empty is false. */
export function truthOf(value: Value): Truth {
  switch (value.kind) {
    case "unknown":
    case "callable":
      return "unknown";
    case "nil":
      return value.soft ? "soft" : "false";
    case "bool":
      return value.value ? "true" : "false";
    case "number":
      return value.value === 0 ? "false" : "true";
    case "text":
      return textTruth(value);
    case "list":
      return value.items.length > 0 ? "true" : value.given ? "soft" : "false";
    case "dict":
      if (value.entries.size > 0) return "true";
      return value.open === true ? "unknown" : value.given ? "soft" : "false";
  }
}

function textTruth(text: Text): Truth {
  if (text.pieces.some((piece) => piece.unknown !== true && piece.text !== "")) return "true";
  if (!isKnown(text)) return "unknown";
  return text.pieces.some(({ origin }) => origin?.kind === "value") ? "soft" : "false";
}

/** What Go's fmt writes for a value; undefined for what is unknown or has no plain form. */
export function printed(value: Value): Text | undefined {
  switch (value.kind) {
    case "text":
      return value;
    case "bool":
      return scalar(String(value.value), value.origin);
    case "number":
      return scalar(value.float ? goFloat(value.value) : String(value.value), value.origin);
    default:
      return undefined;
  }
}

function scalar(text: string, origin: Origin | undefined): Text {
  return { kind: "text", pieces: [{ text, origin, at: 0 }] };
}

/** `%v` of a float64: the shortest digits, with an exponent below -4 and from 6 on. */
export function goFloat(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 10 ** goExponent) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < goExponent)) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

// https://github.com/golang/go/blob/go1.24.0/src/strconv/ftoa.go
const goExponent = 6;

/** The text of a value that is known; undefined for others. */
export function known(value: Value | undefined): string | undefined {
  if (value === undefined || value.kind === "nil") return value === undefined ? undefined : "";
  const text = printed(value);
  return text && isKnown(text) ? plain(text) : undefined;
}

export function textValue(value: Value): Text {
  return printed(value) ?? noText;
}

/** A piece of a values file as the origin of what it produces. */
export function valueOrigin(place: Place, slice: ((from: number, to: number) => Place) | undefined): Origin {
  return { kind: "value", place, slice: slice ?? (() => place), exact: slice !== undefined };
}
