import { parse } from "unbash";
import type * as Bash from "unbash";
import type { Arithmetic, Assignment, CaseItem, Command, Extent, Part, Redirect, Script, Statement, Word } from "./script.js";
import { textParts } from "./text-parts.js";

/** Linux takes no argument of 128 KiB or more, so no longer script starts: https://man7.org/linux/man-pages/man2/execve.2.html */
export const longestScript = 131_071;

const deepest = 100;

/** What reading one script has found so far; `refused` when it cannot be read as a whole. */
interface Reading {
  readonly text: string;
  depth: number;
  needsBash: boolean;
  refused: boolean;
}

/** The tree of a script in POSIX or Bash syntax; undefined when it has a syntax error, is too long or nested too deeply. Never throws. */
export function readScript(text: string): Script | undefined {
  if (text.length > longestScript) return undefined;
  const reading: Reading = { text, depth: 0, needsBash: false, refused: false };
  try {
    const result = script(reading, parse(text));
    return result === undefined || reading.refused ? undefined : { ...result, needsBash: reading.needsBash };
  } catch {
    return undefined;
  }
}

function script(reading: Reading, parsed: Bash.ParsedScript | undefined): Script | undefined {
  if (parsed === undefined) return undefined;
  if (parsed.errors !== undefined && parsed.errors.length > 0) reading.refused = true;
  // Offsets inside escaped backticks count in the unescaped text, not in the script's.
  if (parsed.source !== undefined) return undefined;
  const statements = nested(reading, () => list(reading, parsed.commands)) ?? [];
  return { ...extent(parsed), text: reading.text, statements, needsBash: false };
}

function nested<T>(reading: Reading, read: () => T): T | undefined {
  if (reading.depth >= deepest) reading.refused = true;
  if (reading.refused) return undefined;
  reading.depth++;
  const result = read();
  reading.depth--;
  return result;
}

function extent(node: { readonly pos: number; readonly end: number }): Extent {
  return { start: node.pos, end: node.end };
}

function list(reading: Reading, statements: readonly Bash.Statement[]): readonly Statement[] {
  return statements.map((node) => ({
    ...extent(node),
    command: command(reading, node.command),
    background: node.background === true,
  }));
}

type AnyCommand = Bash.PipelineNode | Bash.AndOr | Bash.CompoundList;

function command(reading: Reading, node: AnyCommand): Command {
  return nested(reading, () => anyCommand(reading, node)) ?? { kind: "group", ...extent(node), body: [] };
}

function anyCommand(reading: Reading, node: AnyCommand): Command {
  switch (node.type) {
    case "Command":
      return simple(reading, node);
    case "Pipeline":
      return pipeline(reading, node);
    case "AndOr":
      return andOr(reading, node);
    case "Redirected":
      return {
        kind: "redirected",
        ...extent(node),
        command: command(reading, node.command),
        redirects: node.redirects.map((each) => redirect(reading, each)),
      };
    case "Function":
      if (reading.text.startsWith("function", node.pos)) reading.needsBash = true;
      return { kind: "function", ...extent(node), name: node.name.value, body: command(reading, node.body) };
    case "Coproc":
      reading.needsBash = true;
      return { kind: "coprocess", ...extent(node), body: command(reading, node.body) };
    case "BraceGroup":
    case "Subshell":
      return { kind: node.type === "Subshell" ? "subshell" : "group", ...extent(node), body: list(reading, node.body.commands) };
    case "CompoundList":
      return { kind: "group", ...extent(node), body: list(reading, node.commands) };
    default:
      return compound(reading, node);
  }
}

type Controlled = Exclude<Bash.CompoundCommand, Bash.BraceGroup | Bash.Subshell>;

function compound(reading: Reading, node: Controlled): Command {
  switch (node.type) {
    case "If":
      return ifElse(reading, node);
    case "While": {
      const [condition, body] = [list(reading, node.clause.commands), list(reading, node.body.commands)];
      return { kind: "while", ...extent(node), until: node.kind === "until", condition, body };
    }
    case "For":
    case "Select":
      return forIn(reading, node);
    case "ArithmeticFor":
      reading.needsBash = true;
      return {
        kind: "arithmetic-for",
        ...extent(node),
        initialize: node.initialize && arithmetic(reading, node.initialize),
        test: node.test && arithmetic(reading, node.test),
        update: node.update && arithmetic(reading, node.update),
        body: list(reading, node.body.commands),
      };
    case "Case":
      return { kind: "case", ...extent(node), word: word(reading, node.word), items: node.items.map((item) => caseItem(reading, item)) };
    case "TestCommand":
      return condition(reading, node);
    case "ArithmeticCommand":
      return { kind: "arithmetic", ...extent(node), expression: node.expression && arithmetic(reading, node.expression) };
  }
}

function simple(reading: Reading, node: Bash.Command): Command {
  const leading = node.prefix.filter((each) => each.type === "Assignment");
  const words = node.name === undefined ? [] : [word(reading, node.name)];
  for (const each of node.args) words.push(each.type === "Word" ? word(reading, each) : assignmentWord(reading, each));
  return {
    kind: "simple",
    ...extent(node),
    assignments: leading.map((each) => assignment(reading, each)),
    words,
    redirects: node.redirects.map((each) => redirect(reading, each)),
  };
}

function assignment(reading: Reading, node: Bash.Assignment): Assignment {
  const plain = node.append !== true && node.index === undefined;
  if (node.value.type === "Word") {
    const value = word(reading, node.value);
    return { ...extent(node), name: node.name, value: plain ? value : undefined, expanded: [value] };
  }
  reading.needsBash = true;
  return { ...extent(node), name: node.name, value: undefined, expanded: node.value.elements.map((each) => word(reading, each)) };
}

function assignmentWord(reading: Reading, node: Bash.Assignment): Word {
  const read = assignment(reading, node);
  const parts = read.expanded.flatMap((each) => each.parts);
  const sign = read.value === undefined ? "+=" : "=";
  return { ...extent(node), parts: [{ kind: "text", value: `${node.name}${sign}`, quoted: true }, ...parts] };
}

function redirect(reading: Reading, node: Bash.Redirection): Redirect {
  if (node.type === "HereDoc") {
    const target = { ...extent(node.body), parts: wordParts(reading, node.body.parts ?? [], true) };
    return { ...extent(node), operator: node.operator, target };
  }
  if (node.operator === "<<<") reading.needsBash = true;
  return { ...extent(node), operator: node.operator, target: node.target && word(reading, node.target) };
}

function pipeline(reading: Reading, node: Bash.Pipeline): Command {
  if (node.operators.includes("|&")) reading.needsBash = true;
  const negations = node.prefixes.filter((prefix) => prefix.type === "Negation").length;
  const commands = node.commands.map((each) => command(reading, each));
  return { kind: "pipeline", ...extent(node), commands, negated: negations % 2 === 1 };
}

function andOr(reading: Reading, node: Bash.AndOr): Command {
  const [first, ...others] = node.commands.map((each) => command(reading, each));
  if (first === undefined) return { kind: "group", ...extent(node), body: [] };
  const rest = others.map((each, index) => ({ operator: node.operators[index] ?? "&&", command: each }));
  return { kind: "and-or", ...extent(node), first, rest };
}

function ifElse(reading: Reading, node: Bash.If): Command {
  const branches = [node, ...node.elif].map((branch) => ({
    condition: list(reading, branch.clause.commands),
    body: list(reading, branch.then.commands),
  }));
  return { kind: "if", ...extent(node), branches, otherwise: node.else && list(reading, node.else.commands) };
}

function forIn(reading: Reading, node: Bash.For | Bash.Select): Command {
  const interactive = node.type === "Select";
  if (interactive) reading.needsBash = true;
  const words = node.wordlist?.map((each) => word(reading, each));
  return { kind: "for", ...extent(node), name: node.name.value, words, interactive, body: list(reading, node.body.commands) };
}

function caseItem(reading: Reading, node: Bash.CaseItem): CaseItem {
  const fallsThrough = node.terminator === ";&" || node.terminator === ";;&";
  if (fallsThrough) reading.needsBash = true;
  return { patterns: node.pattern.map((each) => word(reading, each)), body: list(reading, node.body.commands), fallsThrough };
}

function condition(reading: Reading, node: Bash.TestCommand): Command {
  const { expression } = node;
  const words = nested(reading, () => operands(reading, expression)) ?? [];
  return { kind: "condition", ...extent(node), words, single: expression.type === "TestUnary" || expression.type === "TestBinary" };
}

function operands(reading: Reading, node: Bash.TestExpression): readonly (Word | string)[] {
  switch (node.type) {
    case "TestUnary":
      return [node.operator, word(reading, node.operand)];
    case "TestBinary":
      return [word(reading, node.left), node.operator, word(reading, node.right)];
    case "TestLogical":
      return nested(reading, () => node.operands.flatMap((each) => operands(reading, each))) ?? [];
    case "TestNot":
      return nested(reading, () => operands(reading, node.operand)) ?? [];
    case "TestGroup":
      return nested(reading, () => operands(reading, node.expression)) ?? [];
  }
}

function word(reading: Reading, node: Bash.Word): Word {
  if (node.parts !== undefined) return { ...extent(node), parts: wordParts(reading, node.parts, false) };
  const quoted = node.text !== node.value;
  return { ...extent(node), parts: textParts(node.value, quoted) };
}

function wordParts(reading: Reading, parts: readonly Bash.WordPart[], quoted: boolean): readonly Part[] {
  return nested(reading, () => parts.flatMap((each) => part(reading, each, quoted))) ?? [];
}

function part(reading: Reading, node: Bash.WordPart, quoted: boolean): readonly Part[] {
  switch (node.type) {
    case "Literal":
      return textParts(node.value, quoted || node.value !== node.text);
    case "SingleQuoted":
      return textParts(node.value, true);
    case "DoubleQuoted":
      return node.parts.length === 0 ? [{ kind: "text", value: "", quoted: true }] : wordParts(reading, node.parts, true);
    case "SimpleExpansion":
      return [{ kind: "variable", name: node.text.slice(1), operation: undefined, quoted }];
    case "ParameterExpansion":
      return [parameter(reading, node, quoted)];
    case "CommandExpansion":
      return [{ kind: "substitution", script: script(reading, node.script), quoted }];
    case "ArithmeticExpansion":
      return [{ kind: "arithmetic", expression: node.expression && arithmetic(reading, node.expression), quoted }];
    case "BraceExpansion":
      return [{ kind: "braces", text: node.text }];
    case "ProcessSubstitution":
      reading.needsBash = true;
      return [{ kind: "process", script: script(reading, node.script) }];
    default:
      return [{ kind: "glob", text: node.text }];
  }
}

function parameter(reading: Reading, node: Bash.ParameterExpansionPart, quoted: boolean): Part {
  const { operation, parameter: name } = node;
  if (node.prefix !== undefined || node.index !== undefined) {
    return { kind: "variable", name, operation: { operator: node.prefix ?? "[", operand: undefined }, quoted };
  }
  if (operation === undefined) return { kind: "variable", name, operation: undefined, quoted };
  const operand = operation.type === "Default" ? word(reading, operation.operand) : undefined;
  // Patterns and slices are not read; a command inside one makes the part as unknown as a substitution that cannot be read.
  if (operand === undefined && /\$\(|`|<\(/.test(node.text)) return { kind: "substitution", script: undefined, quoted };
  return { kind: "variable", name, operation: { operator: operation.operator, operand }, quoted };
}

function arithmetic(reading: Reading, node: Bash.ArithmeticExpression): Arithmetic {
  return nested(reading, () => expression(reading, node)) ?? { kind: "opaque" };
}

function expression(reading: Reading, node: Bash.ArithmeticExpression): Arithmetic {
  switch (node.type) {
    case "ArithmeticGroup":
      return arithmetic(reading, node.expression);
    case "ArithmeticUnary":
      return { kind: "unary", operator: node.operator, prefix: node.prefix, operand: arithmetic(reading, node.operand) };
    case "ArithmeticBinary": {
      const [left, right] = [arithmetic(reading, node.left), arithmetic(reading, node.right)];
      return { kind: "binary", operator: node.operator, left, right };
    }
    case "ArithmeticWord":
      return arithmeticWord(node.value);
    default:
      return { kind: "opaque" };
  }
}

function arithmeticWord(text: string): Arithmetic {
  // A leading zero means octal to most shells and decimal to some.
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return { kind: "number", value: Number(text) };
  const name = /^(?:\$?([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\})$/.exec(text);
  const found = name?.[1] ?? name?.[2];
  return found === undefined ? { kind: "opaque" } : { kind: "name", name: found };
}
