import { timeLimit } from "./sleeping.js";

export type Shell = "sh" | "bash" | "ash" | "dash" | "ksh" | "zsh" | "busybox";

export interface ShellFlags {
  readonly errexit: boolean;
  readonly pipefail: boolean;
  readonly nounset: boolean;
  readonly xtrace: boolean;
}

export interface ArgumentPlace {
  readonly list: "command" | "args";
  readonly index: number;
}

export interface ShellInvocation {
  readonly shell: Shell;
  /** Where the script stands. */
  readonly scriptIndex: ArgumentPlace;
  readonly flags: ShellFlags;
}

/**
 * The shell that a container's `command` and `args` start with a script in an argument, as in `["sh", "-c", "…"]`, also behind
 * `env`, `timeout`, `nohup` and the like. With `args` alone the image's entrypoint comes first, which is taken to run its arguments:
 * https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function shellInvocation(
  command: readonly (string | undefined)[] | undefined,
  args: readonly (string | undefined)[] | undefined,
): ShellInvocation | undefined {
  const found = shellScript([...(command ?? []), ...(args ?? [])]);
  return found && { shell: found.shell, scriptIndex: argumentPlace(command, found.index), flags: found.flags };
}

export function argumentPlace(command: readonly unknown[] | undefined, index: number): ArgumentPlace {
  const before = command?.length ?? 0;
  return index < before ? { list: "command", index } : { list: "args", index: index - before };
}

export interface ShellScript {
  readonly shell: Shell;
  readonly index: number;
  readonly flags: ShellFlags;
}

/** The script among the words of one command; unknown words are undefined. */
export function shellScript(words: readonly (string | undefined)[]): ShellScript | undefined {
  let index = unwrapped(words);
  let shell = shellOf(words[index]);
  if (shell === "busybox") shell = appletOf(words[++index]);
  return shell && afterOptions(shell, words, index + 1);
}

const shells: ReadonlyMap<string, Shell> = new Map([
  ["sh", "sh"],
  ["bash", "bash"],
  ["ash", "ash"],
  ["dash", "dash"],
  ["ksh", "ksh"],
  ["zsh", "zsh"],
  ["busybox", "busybox"],
]);

/** The last part of a path. */
export function baseName(word: string | undefined): string | undefined {
  return word?.slice(word.lastIndexOf("/") + 1);
}

function shellOf(word: string | undefined): Shell | undefined {
  return shells.get(baseName(word) ?? "");
}

function appletOf(word: string | undefined): Shell | undefined {
  const shell = shellOf(word);
  return shell === undefined ? undefined : "busybox";
}

/** The index of the program behind those that only start another. */
function unwrapped(words: readonly (string | undefined)[]): number {
  let index = 0;
  for (let rounds = 0; rounds < 8; rounds++) {
    const name = baseName(words[index]) ?? "";
    const limit = name === "timeout" ? timeLimit(words.slice(index + 1)) : undefined;
    const skip = limit === undefined ? wrappers.get(name) : () => words.length - limit.rest.length;
    if (skip === undefined) return index;
    index = skip(words, index + 1);
  }
  return index;
}

type Skip = (words: readonly (string | undefined)[], index: number) => number;

/** Programs that only start another, and where that one's name stands. */
export const wrappers: ReadonlyMap<string, Skip> = new Map<string, Skip>([
  ["nohup", (_, index) => index],
  ["setsid", (words, index) => skipOptions(words, index, "")],
  ["tini", (words, index) => skipOptions(words, index, "pe")],
  ["dumb-init", (words, index) => skipOptions(words, index, "r")],
  ["nice", (words, index) => skipOptions(words, index, "n")],
  ["ionice", (words, index) => skipOptions(words, index, "cn")],
  ["stdbuf", (words, index) => skipOptions(words, index, "ioe")],
  ["env", skipSettings],
]);

function skipSettings(words: readonly (string | undefined)[], from: number): number {
  let index = skipOptions(words, from, "uC");
  while (/^\w+=/.test(words[index] ?? "")) index++;
  return index;
}

/** `valued` are the letters of options whose value may be the next word. */
export function skipOptions(words: readonly (string | undefined)[], from: number, valued: string): number {
  let index = from;
  for (; words[index]?.startsWith("-") === true; index++) {
    const option = words[index] ?? "";
    if (option === "--") return index + 1;
    if (option.length === 2 && valued.includes(option.charAt(1))) index++;
  }
  return index;
}

function afterOptions(shell: Shell, words: readonly (string | undefined)[], from: number): ShellScript | undefined {
  const on = new Set<string>();
  let runs = false;
  let index = from;
  for (; /^[-+]./.test(words[index] ?? ""); index++) {
    const option = words[index] ?? "";
    if (option === "--") {
      index++;
      break;
    }
    if (option === "--rcfile" || option === "--init-file") index++;
    if (option.startsWith("--")) continue;
    const sets = option.startsWith("-");
    for (const letter of option.slice(1)) {
      const name = letter === "o" || letter === "O" ? words[++index] : letter;
      if (name === "c") runs = true;
      else if (name !== undefined && sets) on.add(name);
      else if (name !== undefined) on.delete(name);
    }
  }
  if (!runs || index >= words.length) return undefined;
  return { shell, index, flags: flagsOf(on) };
}

function flagsOf(on: ReadonlySet<string>): ShellFlags {
  return {
    errexit: on.has("e") || on.has("errexit"),
    pipefail: on.has("pipefail"),
    nounset: on.has("u") || on.has("nounset"),
    xtrace: on.has("x") || on.has("xtrace"),
  };
}
