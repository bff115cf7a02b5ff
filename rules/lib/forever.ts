import { type Container, type ContainerScript, type Place, type RunTime, type ScriptCommand, textAt } from "#rule";

/** A command or a loop that goes on for ever. */
export interface Forever {
  readonly name: string;
  readonly at: Place;
}

/** What goes on in a container where nothing else in its script can end it. */
export function foreverIn(container: Container, script: ContainerScript | undefined, run: RunTime): Forever | undefined {
  if (!script || script.commands.some(({ name }) => name !== undefined && enders.has(name))) return undefined;
  const found = script.commands.find(isForever);
  if (found) return { name: found.name === "tail" ? "tail -f" : "sleep infinity", at: script.at(found) };
  const endless = run.evidence.filter(({ seconds, text }) => seconds === Infinity && text.includes("loop"));
  const loop = endless.find(({ place }) => place && isIn(container, place));
  return loop?.place && { name: "the loop", at: head(loop.place) };
}

function isIn({ command, args }: Container, place: Place): boolean {
  const words = [...(command.value ?? []), ...(args.value ?? [])];
  return words.some((word) => word.place.source === place.source && word.place.start <= place.start && place.end <= word.place.end);
}

/** Up to the body of the loop. */
function head(place: Place): Place {
  const [line = ""] = /^[^;\r\n]*/.exec(textAt(place)) ?? [];
  return { ...place, end: place.start + line.trimEnd().length };
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
