import { baseName } from "./invocation.js";

type Words = readonly (string | undefined)[];

/** Whether a program runs until somebody ends it: `always`, or `unless` it cannot begin and fails at once. */
export function endlessness(words: Words): "always" | "unless" | undefined {
  const name = baseName(words[0]);
  const operands = words.slice(1);
  if (operands.includes(undefined)) return undefined;
  if (name === "tail") return follows(operands);
  return name === "yes" && operands.every((word) => word?.startsWith("-") === false) ? "always" : undefined;
}

/** `tail -f` of a pipe ends with it, that of a file never. */
function follows(words: Words): "always" | "unless" | undefined {
  const options = words.filter((word) => word?.startsWith("-") === true && word.length > 1);
  const follow = options.some((option) => /^-(?:\d+|[qsvn]*)[fF]|^--follow/.test(option ?? ""));
  if (!follow || options.some((option) => option?.startsWith("--pid") === true)) return undefined;
  const last = words.at(-1) ?? "";
  if (last === "/dev/null" || (last.startsWith("/") && options.some((option) => /F|--retry/.test(option ?? "")))) return "always";
  return last.startsWith("-") || /^\d+$/.test(last) ? undefined : "unless";
}

const sleepingCode: ReadonlyMap<string, RegExp> = new Map([
  ["python -c", /^\s*(?:import time\s*[;\n]\s*time\.sleep|from time import sleep\s*[;\n]\s*sleep)\(\s*(\d{1,9}(?:\.\d{1,9})?)\s*\)\s*;?\s*$/],
  ["perl -e", /^\s*sleep\s*\(?\s*(\d{1,9})\s*\)?\s*;?\s*$/],
]);

/** Seconds that `python -c` or `perl -e` sleeps, if it does nothing else. */
export function sleepingProgram(words: Words): number | undefined {
  const name = baseName(words[0]) ?? "";
  const [, option, code = "", ...others] = words;
  const language = /^python[0-9.]*$/.test(name) ? "python" : name;
  const sleeping = others.length === 0 ? sleepingCode.get(`${language} ${String(option)}`) : undefined;
  const seconds = sleeping?.exec(code)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
