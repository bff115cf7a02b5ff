import type { Diagnostic, Settings } from "../index.js";
import { lint } from "../index.js";

/** A file as ESLint hands it over: https://eslint.org/docs/latest/extend/languages */
export interface File {
  readonly path: string;
  /** A language for text gets text. */
  readonly body: string;
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export interface Location {
  readonly start: Position;
  readonly end: Position;
}

/** The one node that there is: what is found inside it is not ESLint's business. */
export interface ManifestNode {
  readonly type: "Manifest";
  readonly range: readonly [number, number];
  readonly loc: Location;
}

/** What rules of ESLint see of a file. */
export interface ManifestCode {
  readonly text: string;
  readonly lines: readonly string[];
  readonly ast: ManifestNode;
  readonly diagnostics: readonly Diagnostic[];
  readonly getLoc: (node: { readonly loc: Location }) => Location;
  readonly getRange: (node: { readonly range: readonly [number, number] }) => readonly [number, number];
  readonly getText: () => string;
  readonly getParent: () => undefined;
  readonly getAncestors: () => readonly never[];
  readonly traverse: () => readonly object[];
}

/** Settings of kronlint, as in `.kronlint.yaml`, without those about files. */
export type ManifestOptions = Omit<Settings, "include" | "exclude" | "overrides">;

export interface Parsed {
  readonly ast: ManifestNode;
}

export interface LanguageContext {
  readonly languageOptions: ManifestOptions;
}

/** YAML, JSON or a template with Jobs and CronJobs in it. A file without any has no findings. */
export const manifest = {
  fileType: "text",
  lineStart: 1,
  columnStart: 1,
  nodeTypeKey: "type",
  visitorKeys: { Manifest: [] },

  /** Throws a TypeError that says what is wrong. */
  validateLanguageOptions: (settings: ManifestOptions): void => {
    lint("", { settings });
  },

  /** What does not parse is a finding, not an error of the parser. */
  parse: ({ body }: File): { readonly ok: true; readonly ast: ManifestNode } => ({ ok: true, ast: nodeOf(body) }),

  createSourceCode: ({ path, body }: File, { ast }: Parsed, { languageOptions: settings }: LanguageContext): ManifestCode =>
    sourceCode(body, ast, lint(body, { file: path, settings, named: false, now: new Date() })),
} as const;

function nodeOf(text: string): ManifestNode {
  const lines = text.split(/\r\n|\r|\n/);
  const end = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  return { type: "Manifest", range: [0, text.length], loc: { start: { line: 1, column: 1 }, end } };
}

function sourceCode(text: string, ast: ManifestNode, diagnostics: readonly Diagnostic[]): ManifestCode {
  return {
    text,
    lines: text.split(/\r\n|\r|\n/),
    ast,
    diagnostics,
    getLoc: ({ loc }) => loc,
    getRange: ({ range }) => range,
    getText: () => text,
    getParent: () => undefined,
    getAncestors: () => [],
    // Kind 1 is a visit of a node; phase 1 is the way in.
    traverse: () => [{ type: "visit", kind: 1, target: ast, phase: 1, args: [ast] }],
  };
}
