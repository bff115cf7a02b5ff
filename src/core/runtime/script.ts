/** Half-open range of UTF-16 offsets in `Script.text`. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

export interface Script extends Extent {
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Has syntax that dash and BusyBox ash refuse before they run the line it stands in. */
  readonly needsBash: boolean;
}

export interface Statement extends Extent {
  readonly command: Command;
  /** Ends in `&`. */
  readonly background: boolean;
}

export type Command =
  | SimpleCommand
  | Pipeline
  | AndOr
  | If
  | While
  | For
  | ArithmeticFor
  | Case
  | Group
  | FunctionDefinition
  | Condition
  | ArithmeticCommand
  | Coprocess
  | Redirected;

export interface SimpleCommand extends Extent {
  readonly kind: "simple";
  readonly assignments: readonly Assignment[];
  /** The command's name and its arguments; `export A=5` has the word `A=5`. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

export interface Assignment extends Extent {
  readonly name: string;
  /** Undefined for arrays, indexes and `+=`. */
  readonly value: Word | undefined;
  /** What is expanded on the way, whichever form it has. */
  readonly expanded: readonly Word[];
}

export interface Redirect extends Extent {
  readonly operator: string;
  /** The file, or the text of a here-document or here-string. */
  readonly target: Word | undefined;
}

export interface Pipeline extends Extent {
  readonly kind: "pipeline";
  readonly commands: readonly Command[];
  /** Begins with an odd number of `!`. */
  readonly negated: boolean;
}

export interface AndOr extends Extent {
  readonly kind: "and-or";
  readonly first: Command;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly command: Command }[];
}

export interface If extends Extent {
  readonly kind: "if";
  /** `if` and every `elif`. */
  readonly branches: readonly { readonly condition: readonly Statement[]; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[] | undefined;
}

export interface While extends Extent {
  readonly kind: "while";
  readonly until: boolean;
  readonly condition: readonly Statement[];
  readonly body: readonly Statement[];
}

/** `for name in words`, and `select`, which asks a person. */
export interface For extends Extent {
  readonly kind: "for";
  readonly name: string;
  /** Undefined: the arguments of the script or function. */
  readonly words: readonly Word[] | undefined;
  readonly interactive: boolean;
  readonly body: readonly Statement[];
}

export interface ArithmeticFor extends Extent {
  readonly kind: "arithmetic-for";
  readonly initialize: Arithmetic | undefined;
  readonly test: Arithmetic | undefined;
  readonly update: Arithmetic | undefined;
  readonly body: readonly Statement[];
}

export interface Case extends Extent {
  readonly kind: "case";
  readonly word: Word;
  readonly items: readonly CaseItem[];
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: readonly Statement[];
  /** Ends in `;&` or `;;&`. */
  readonly fallsThrough: boolean;
}

export interface Group extends Extent {
  readonly kind: "group" | "subshell";
  readonly body: readonly Statement[];
}

export interface FunctionDefinition extends Extent {
  readonly kind: "function";
  readonly name: string;
  readonly body: Command;
}

/** `[[ … ]]`. */
export interface Condition extends Extent {
  readonly kind: "condition";
  /** Operands and operator in order when there is a single comparison; otherwise every operand. */
  readonly words: readonly (Word | string)[];
  readonly single: boolean;
}

export interface ArithmeticCommand extends Extent {
  readonly kind: "arithmetic";
  readonly expression: Arithmetic | undefined;
}

export interface Coprocess extends Extent {
  readonly kind: "coprocess";
  readonly body: Command;
}

export interface Redirected extends Extent {
  readonly kind: "redirected";
  readonly command: Command;
  readonly redirects: readonly Redirect[];
}

export interface Word extends Extent {
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly kind: "text"; readonly value: string; readonly quoted: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly operation: Operation | undefined; readonly quoted: boolean }
  | { readonly kind: "substitution"; readonly script: Script | undefined; readonly quoted: boolean }
  | { readonly kind: "arithmetic"; readonly expression: Arithmetic | undefined; readonly quoted: boolean }
  | { readonly kind: "braces"; readonly text: string }
  | { readonly kind: "glob"; readonly text: string }
  | { readonly kind: "process"; readonly script: Script | undefined };

/** What follows the name in `${name…}`; `operand` is known for defaults (`:-`, `=`, `:?` and so on). */
export interface Operation {
  readonly operator: string;
  readonly operand: Word | undefined;
}

export type Arithmetic =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly operator: string; readonly prefix: boolean; readonly operand: Arithmetic }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Arithmetic; readonly right: Arithmetic }
  | { readonly kind: "opaque" };

/** A word's text when nothing in it is left for the shell to work out. */
export function literal(word: Word | undefined): string | undefined {
  if (word === undefined) return undefined;
  let text = "";
  for (const part of word.parts) {
    if (part.kind !== "text") return undefined;
    text += part.value;
  }
  return text;
}
