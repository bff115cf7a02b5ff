import type { ShellFlags } from "./invocation.js";
import type { ScriptCommand } from "./script-commands.js";

export type ShellOption = "errexit" | "pipefail";

/** Whether an option is in force at an offset. `set` in a branch counts: whoever wrote it has thought of it. */
export function optionAt(commands: readonly ScriptCommand[], flags: ShellFlags, option: ShellOption, offset: number): boolean {
  let on = flags[option];
  for (const command of commands) {
    if (command.start >= offset) break;
    const { isSubstituted, isInSubshell } = command.where;
    if (!isSubstituted && !isInSubshell) on = optionSet(command, option) ?? on;
  }
  return on;
}

/** What a `set` does to an option; undefined for other commands and other options. */
export function optionSet({ name, args }: ScriptCommand, option: ShellOption): boolean | undefined {
  if (name === "trap") {
    const ends = args.at(-1)?.text === "ERR" && /\bexit\s+[1-9$]/.test(args[0]?.text ?? "");
    return option === "errexit" && ends ? true : undefined;
  }
  if (name !== "set") return undefined;
  let result: boolean | undefined;
  for (let index = 0; index < args.length; index++) {
    const word = args[index]?.text ?? "";
    if (!/^[-+]\w/.test(word)) break;
    const on = word.startsWith("-");
    if (option === "errexit" && word.slice(1).includes("e")) result = on;
    if (!word.includes("o")) continue;
    index++;
    if (args[index]?.text === option) result = on;
  }
  return result;
}
