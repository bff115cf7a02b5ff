import { NotATemplate, type Token } from "./actions.js";
import type { Command, Expression, Pipe } from "./syntax.js";

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

const deepest = 100;

/** `$x := .Values.a | default "b"`. Throws NotATemplate. */
export function parsePipe(tokens: readonly Token[]): Pipe {
  const reading: Reading = { tokens, at: 0, depth: 0 };
  const pipe = pipeAt(reading);
  if (reading.at < tokens.length) throw new NotATemplate("an action goes on where it should end");
  return pipe;
}

function pipeAt(reading: Reading): Pipe {
  if (++reading.depth > deepest) throw new NotATemplate("brackets are nested too deeply");
  const assigned = assignment(reading);
  const commands: Command[] = [commandAt(reading)];
  while (take(reading, "|")) commands.push(commandAt(reading));
  reading.depth--;
  return { ...assigned, commands };
}

/** `$x :=`, `$k, $v :=`, `$x =`. */
function assignment(reading: Reading): Pick<Pipe, "names" | "declares"> {
  const { tokens, at } = reading;
  const [first, second, third, fourth] = tokens.slice(at, at + 4);
  if (first?.kind === "variable") {
    if (second?.text === ":=" || second?.text === "=") {
      reading.at += 2;
      return { names: [first.text], declares: second.text === ":=" };
    }
    if (second?.text === "," && third?.kind === "variable" && (fourth?.text === ":=" || fourth?.text === "=")) {
      reading.at += 4;
      return { names: [first.text, third.text], declares: fourth.text === ":=" };
    }
  }
  return { names: [], declares: false };
}

function take(reading: Reading, mark: string): boolean {
  const token = reading.tokens[reading.at];
  if (token?.kind !== "mark" || token.text !== mark) return false;
  reading.at++;
  return true;
}

function commandAt(reading: Reading): Command {
  const words: Expression[] = [];
  for (;;) {
    const token = reading.tokens[reading.at];
    if (!token || (token.kind === "mark" && token.text !== "(")) break;
    words.push(operandAt(reading, token));
  }
  if (words.length === 0) throw new NotATemplate("nothing stands where a value should");
  return words;
}

/** A value with the fields that follow it without a blank. */
function operandAt(reading: Reading, token: Token): Expression {
  reading.at++;
  let end = token.end;
  const names: string[] = [];
  let base = simple(reading, token);
  if (token.kind === "field") names.push(token.text.slice(1));
  if (token.kind === "mark") end = reading.tokens[reading.at - 1]?.end ?? end;
  for (;;) {
    const next = reading.tokens[reading.at];
    if (next?.kind !== "field" || next.start !== end) break;
    names.push(next.text.slice(1));
    end = next.end;
    reading.at++;
  }
  if (names.length > 0) base = { kind: "field", base, names };
  return base;
}

function simple(reading: Reading, token: Token): Expression {
  const { text, start, end } = token;
  switch (token.kind) {
    case "field": case "dot":
      return { kind: "dot" };
    case "variable":
      return { kind: "variable", name: text };
    case "string":
      return { kind: "string", text: unescaped(text), span: { start, end } };
    case "raw":
      return { kind: "string", text: text.slice(1, -1), span: { start, end } };
    case "character":
      return { kind: "number", value: unescaped(text).codePointAt(0) ?? 0, float: false };
    case "number":
      return numberOf(text);
    case "word":
      return named(text);
    case "mark": {
      const pipe = pipeAt(reading);
      if (!take(reading, ")")) throw new NotATemplate("a bracket has no end");
      return { kind: "pipe", pipe };
    }
  }
}

function named(text: string): Expression {
  if (text === "true" || text === "false") return { kind: "bool", value: text === "true" };
  return text === "nil" ? { kind: "nil" } : { kind: "function", name: text };
}

function numberOf(text: string): Expression {
  const digits = text.replaceAll("_", "");
  const octal = /^([-+]?)0(\d+)$/.exec(digits);
  const value = octal ? Number.parseInt(`${octal[1] ?? ""}${octal[2] ?? ""}`, 8) : Number(digits);
  if (Number.isNaN(value)) throw new NotATemplate("no number");
  return { kind: "number", value, float: /[.eE]/.test(digits) && !/^[-+]?0[xX]/.test(digits) };
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', "'": "'", a: "\x07", b: "\b", f: "\f", v: "\v",
};

function unescaped(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/g, (...found) => {
    const [, x, u, long, octal, other] = found.map((one: unknown) => (typeof one === "string" ? one : undefined));
    const hex = x ?? u ?? long;
    if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    return escapes[other ?? ""] ?? other ?? "";
  });
}
