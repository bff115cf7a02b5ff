import { resolve } from "node:path";
import { type Format, formats, type Severity } from "../engine.js";
import { type Flags, oneOf, UsageError } from "./flags.js";
import { type Shard, shardFrom } from "./shard.js";
import type { World } from "./world.js";

/** Where a report goes: standard output, or a file. */
export interface Destination<Word extends string = Format> {
  readonly format: Word;
  /** Absolute. */
  readonly file?: string;
}

export interface LintOptions {
  readonly destinations: readonly Destination[];
  readonly failOn: Severity | "never";
  readonly mostWarnings: number | undefined;
  readonly quiet: boolean;
  /** Colours on standard output. */
  readonly colour: boolean;
  readonly fix: "no" | "write" | "show";
  readonly unsafe: boolean;
  readonly stdinName: string;
  /** Files named are treated as if they were found in their folders. */
  readonly forceExclude: boolean;
  readonly shard?: Shard;
}

/** Throws a UsageError. */
export function lintOptions(world: World, flags: Flags): LintOptions {
  const dryRun = flags.is("fix-dry-run");
  const shard = shardFrom(flags);
  if (flags.is("unsafe") && !flags.is("fix") && !dryRun) throw new UsageError("--unsafe goes with --fix or --fix-dry-run");
  return {
    destinations: destinations(world, flags, formats),
    failOn: oneOf("fail-on", flags.text("fail-on"), ["error", "warning", "info", "never"]) ?? "warning",
    mostWarnings: wholeNumber("max-warnings", flags.text("max-warnings")),
    quiet: flags.is("quiet"),
    colour: usesColour(world, flags),
    fix: dryRun ? "show" : flags.is("fix") ? "write" : "no",
    unsafe: flags.is("unsafe"),
    stdinName: stdinName(flags),
    forceExclude: flags.is("force-exclude"),
    ...(shard ? { shard } : {}),
  };
}

/** What to call the text that `-` reads. */
export function stdinName(flags: Flags): string {
  return flags.text("stdin-filename") ?? "<stdin>";
}

/** `text`, `json=report.json`; without any, text on standard output. Throws a UsageError. */
export function destinations<const Word extends string>(
  world: World,
  flags: Flags,
  words: readonly (Word | "text")[],
): readonly Destination<Word | "text">[] {
  const found = flags.texts("format").map((text) => {
    const equals = text.indexOf("=");
    const format = oneOf("format", equals < 0 ? text : text.slice(0, equals), words) ?? "text";
    if (equals < 0) return { format };
    const file = text.slice(equals + 1);
    if (file === "")
      throw new UsageError(`--format ${text} lacks the file: ${format}=report.${/^(?:json|html)$/.test(format) ? format : "txt"}`);
    return { format, file: resolve(world.cwd, file) };
  });
  const onOut = found.filter(({ file }) => file === undefined);
  if (onOut.length > 1) {
    throw new UsageError("only one --format can go to standard output; write the others to files: --format json=report.json");
  }
  return found.length === 0 ? [{ format: "text" }] : found;
}

function wholeNumber(flag: "max-warnings", text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${flag} ${text}: it is a whole number, 0 or more`);
  return Number(text);
}

/** https://no-color.org: any value but the empty one. */
export function usesColour(world: World, flags: Flags): boolean {
  if (flags.is("no-color")) return false;
  if (flags.is("color")) return true;
  const { NO_COLOR, FORCE_COLOR, TERM } = world.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return world.outIsTerminal && TERM !== "dumb";
}
