import { anyIfs, type State } from "./state.js";

/** Variables that change by themselves or mean more than their text. */
const special = new Set(
  "RANDOM SRANDOM SECONDS LINENO BASHPID EPOCHSECONDS EPOCHREALTIME OPTIND OPTARG REPLY _".split(" "),
);

/** `$1`, `$2` and so on, and how many there are. */
export function isPositional(name: string): boolean {
  return /^(?:\d+|#)$/.test(name);
}

export function forgetArguments(state: State): void {
  for (const name of [...state.variables.keys()]) if (isPositional(name)) state.variables.delete(name);
}

/** What `"$@"` stands for, undefined when not even its length is known. */
export function positionalArguments({ variables }: State): readonly (string | undefined)[] | undefined {
  const count = variables.get("#");
  return count === undefined ? undefined : Array.from({ length: Number(count) }, (_, index) => variables.get(String(index + 1)));
}

/** Gives a variable a value; undefined when it may have any. */
export function setVariable(state: State, name: string, value: string | undefined): void {
  if (value === undefined || special.has(name)) state.variables.delete(name);
  else state.variables.set(name, value);
  if (name === "IFS" && value === undefined) state.variables.set(name, anyIfs);
}

