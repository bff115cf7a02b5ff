import type { Origin, Text } from "./text.js";

/** A stretch of a template's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | { readonly kind: "dot" }
  | { readonly kind: "nil" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number; readonly float: boolean }
  | { readonly kind: "string"; readonly text: string; readonly span: Span }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "pipe"; readonly pipe: Pipe }
  | { readonly kind: "field"; readonly base: Expression; readonly names: readonly string[] };

/** A function or method with what it is given, or one value. */
export type Command = readonly Expression[];

export interface Pipe {
  readonly names: readonly string[];
  /** `:=`, not `=`. */
  readonly declares: boolean;
  readonly commands: readonly Command[];
}

export interface Branch {
  readonly kind: "branch";
  readonly word: "if" | "with" | "range";
  readonly pipe: Pipe;
  readonly body: Block;
  readonly otherwise: Block;
}

/** What stands between two actions that belong together. */
export interface Block extends Span {
  readonly nodes: readonly TemplateNode[];
}

/** An action that writes something. */
export interface Shown {
  readonly span: Span;
  /** How it shows that nobody knows what it writes. */
  readonly written: string;
  /** Where it stands in a file of a chart. */
  readonly origin: Origin | undefined;
}

export type TemplateNode =
  | { readonly kind: "text"; readonly text: Text }
  | ({ readonly kind: "action"; readonly pipe: Pipe } & Shown)
  | ({ readonly kind: "template"; readonly name: string; readonly pipe: Pipe | undefined } & Shown)
  /** A comment for kronlint; `own` when nothing stands before it on its line. */
  | { readonly kind: "comment"; readonly text: Text; readonly own: boolean }
  | { readonly kind: "leave"; readonly word: "break" | "continue" }
  | Branch;

export interface Template {
  readonly nodes: readonly TemplateNode[];
  /** By the names that `define` and `block` give. */
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}
