import type { ContainerScript, Place, ScriptCommand } from "#rule";

/** A command that goes on for ever, where nothing else in its script can end it. */
export function foreverIn(script: ContainerScript | undefined): { readonly name: string; readonly at: Place } | undefined {
  if (!script || script.commands.some(({ name }) => name !== undefined && enders.has(name))) return undefined;
  const found = script.commands.find(isForever);
  return found && { name: found.name === "tail" ? "tail -f" : "sleep infinity", at: script.at(found) };
}

const enders = new Set(["kill", "pkill", "killall", "trap", "timeout", "exit", "wait", "inotifywait", "shutdown"]);

function isForever({ name, args, where, behind }: ScriptCommand): boolean {
  const { isSubstituted, isDefinition, isInBackground, isTested, isConditional, isInLoop, pipe } = where;
  if (isSubstituted || isDefinition || isInBackground || isTested || isConditional || isInLoop || behind.includes("timeout")) return false;
  const words = args.map(({ text }) => text);
  if (name === "sleep") return words.length === 1 && (words[0] === "infinity" || words[0] === "inf");
  // What reads the pipe may end it.
  if (name !== "tail" || pipe) return false;
  const follows = words.some((word) => /^-(?:\d+|[qsvn]*)F|^-[qsv]*f$|^--follow/.test(word ?? ""));
  return follows && !words.some((word) => word?.startsWith("--pid") === true);
}
