/** The flags of the command line: parsed strictly, and with a hint for a slip. */
import { parseArgs } from "node:util";
import { closest } from "../engine.js";

const specs = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
  config: { type: "string", short: "c" },
  "no-config": { type: "boolean" },
  "print-config": { type: "string" },
  "no-inline-ignore": { type: "boolean" },
  kubernetes: { type: "string", short: "k" },
  delivery: { type: "string" },
  preset: { type: "string" },
  rule: { type: "string", multiple: true },
  values: { type: "string", multiple: true },
  release: { type: "string" },
  "time-zone": { type: "string" },
  now: { type: "string" },
  tz: { type: "string" },
  count: { type: "string" },
  from: { type: "string" },
  "kubernetes-time-zone": { type: "string" },
  for: { type: "string" },
  observed: { type: "string" },
  since: { type: "string" },
  "changed-files": { type: "string" },
  "force-exclude": { type: "boolean" },
  baseline: { type: "string" },
  "no-baseline": { type: "boolean" },
  "fail-on": { type: "string" },
  "max-warnings": { type: "string" },
  format: { type: "string", short: "f", multiple: true },
  color: { type: "boolean" },
  "no-color": { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
  fix: { type: "boolean" },
  unsafe: { type: "boolean" },
  "fix-dry-run": { type: "boolean" },
  "stdin-filename": { type: "string" },
  force: { type: "boolean" },
  shard: { type: "string" },
  stats: { type: "boolean" },
  watch: { type: "boolean" },
  namespace: { type: "string", short: "n" },
  "all-namespaces": { type: "boolean", short: "A" },
  context: { type: "string" },
} as const;

export type FlagName = keyof typeof specs;
type BooleanFlag = { [Name in FlagName]: (typeof specs)[Name]["type"] extends "boolean" ? Name : never }[FlagName];
type TextFlag = Exclude<FlagName, BooleanFlag>;

export interface Flags {
  readonly is: (name: BooleanFlag) => boolean;
  /** The last one given. */
  readonly text: (name: TextFlag) => string | undefined;
  readonly texts: (name: TextFlag) => readonly string[];
}

export interface CommandLine {
  readonly flags: Flags;
  readonly positionals: readonly string[];
}

/** What is wrong with the command line: the person at the keyboard can put it right. */
export class UsageError extends Error {}

/** Throws a UsageError. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { tokens } = parseArgs({ args: [...args], options: specs, allowPositionals: true, strict: false, tokens: true });
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const value = checkedValue(token.name, token.rawName, token.value, token.inlineValue === true);
    given.set(token.name, [...(given.get(token.name) ?? []), value]);
  }
  const texts = (name: FlagName): readonly string[] => given.get(name) ?? [];
  return { flags: { is: (name) => given.has(name), text: (name) => texts(name).at(-1), texts }, positionals };
}

function checkedValue(name: string, written: string, value: string | undefined, inline: boolean): string {
  if (!isFlag(name)) throw new UsageError(`unknown flag ${written}${didYouMean(name, written)}`);
  if (specs[name].type === "boolean") {
    if (value !== undefined) throw new UsageError(`${written} takes no value`);
    return "";
  }
  const isNextFlag = !inline && value?.startsWith("-") === true && !/^-\d*$/.test(value);
  if (value === undefined || isNextFlag) throw new UsageError(`${written} needs a value: ${written}=…`);
  return value;
}

function isFlag(name: string): name is FlagName {
  return Object.hasOwn(specs, name);
}

/** What people know from other tools, and what is called otherwise here. */
const elsewhere: Readonly<Record<string, FlagName>> = {
  "dry-run": "fix-dry-run",
  output: "format",
  reporter: "format",
  colour: "color",
  "no-colour": "no-color",
  timezone: "time-zone",
  "kubernetes-version": "kubernetes",
  "kube-version": "kubernetes",
  disable: "rule",
  "unsafe-fixes": "unsafe",
};

function didYouMean(name: string, written: string): string {
  if (!written.startsWith("--")) return "; kronlint --help lists them";
  const near = elsewhere[name] ?? closest(name, Object.keys(specs));
  return near === undefined ? "; kronlint --help lists them" : `; did you mean --${near}?`;
}

/** Throws a UsageError unless the value is one of a few words. */
export function oneOf<const Word extends string>(
  flag: FlagName,
  value: string | undefined,
  words: readonly Word[],
  given = value,
): Word | undefined {
  if (value === undefined) return undefined;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const near = closest(value, words);
  const remedy = near === undefined ? `it is one of ${words.join(", ")}` : `did you mean ${near}?`;
  throw new UsageError(`--${flag} ${given ?? value}: ${remedy}`);
}
