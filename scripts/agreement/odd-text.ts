import type { Random } from "./random.js";

type Change = (text: string, random: Random) => string;

const lines = (text: string): string[] => text.split("\n");
function atLine(text: string, random: Random, change: (line: string) => string): string {
  const all = lines(text);
  const index = random.below(all.length);
  all[index] = change(all[index] ?? "");
  return all.join("\n");
}

const changes: readonly Change[] = [
  (text) => `---\n${text}`,
  (text) => `${text}---\n`,
  (text) => `${text}...\n`,
  (text) => `---\n---\n${text}`,
  (text) => `# a comment\n---\n${text}`,
  (text) => `${text}---\n# a comment\n`,
  (text) => `${text}---\n${text}`,
  (text) => `%YAML 1.1\n---\n${text}`,
  (text) => `%YAML 1.2\n---\n${text}`,
  (text) => `\uFEFF${text}`,
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replaceAll("\n", "\r"),
  (text) => text.trimEnd(),
  (text) => `null\n---\n${text}`,
  (text) => `--- \n${text}`,
  (text) => `--- # x\n${text}`,
  (text) => `---\t\n${text}`,
  (text) => `  ${text.replaceAll("\n", "\n  ").trimEnd()}\n`,
  (text, random) => atLine(text, random, (line) => `\t${line}`),
  (text, random) => atLine(text, random, (line) => ` ${line}`),
  (text, random) => atLine(text, random, (line) => line.replace(/^ /, "")),
  (text, random) => atLine(text, random, (line) => `${line}\t`),
  (text, random) => atLine(text, random, (line) => `${line} # comment`),
  (text, random) => atLine(text, random, (line) => `${line}#comment`),
  (text, random) => atLine(text, random, (line) => `${line}\n\n`),
  (text, random) => atLine(text, random, (line) => `${line}\n\t`),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ":")),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ":\t")),
  (text, random) => atLine(text, random, (line) => line.replace(": ", " : ")),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ": &a ")),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ": *a ")),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ": !!str ")),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ": ! ")),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ": !x ")),
  (text, random) => atLine(text, random, (line) => line.replace(/: (.+)$/, ": |\n            $1")),
  (text, random) => atLine(text, random, (line) => line.replace(/: (.+)$/, ": >-\n            $1")),
  (text, random) => atLine(text, random, (line) => line.replace(/: (.+)$/, ":\n            $1")),
  (text, random) => atLine(text, random, (line) => line.replace(/: "(.*)"$/, ": '$1'")),
  (text, random) => atLine(text, random, (line) => line.replace(/: "(.*)"$/, ": $1")),
  (text, random) => atLine(text, random, (line) => line.replace(/^( *)(- )?([\w.-]+):/, '$1$2"$3":')),
  (text, random) => atLine(text, random, (line) => line.replace(/^( *)(- )?([\w.-]+):/, "$1$2? $3\n$1:")),
  (text, random) => atLine(text, random, (line) => line.replace(/- /, "-  ")),
  (text, random) => atLine(text, random, (line) => line.replace(/- /, "-\t")),
  (text, random) => atLine(text, random, (line) => line.replace("}", ",}")),
  (text, random) => atLine(text, random, (line) => line.replace(", ", ",")),
  (text, random) => atLine(text, random, (line) => line.replace("[", "[,")),
  (text, random) => atLine(text, random, (line) => `${line}\u0000`),
  (text, random) => atLine(text, random, (line) => `${line}\u2028`),
  (text, random) => atLine(text, random, (line) => `${line}\u0085`),
  (text, random) => atLine(text, random, (line) => `${line} {{ .Values.x }}`),
  (text, random) => atLine(text, random, (line) => line.replace(": ", ": {{ .Values.x }}")),
  (text, random) => text.replace(/^( *)metadata:/m, "$1<<: {x: y}\n$1metadata:").replace("x: y", random.pick(["suspend: true", "kind: Job", "x: y", "metadata: {name: a}"])),
  (text, random) => text.slice(0, random.below(text.length)),
];

/** The same manifest in an odd hand, or hardly one any more. */
export function oddText(text: string, random: Random): string {
  return random.pick(changes)(text, random);
}
