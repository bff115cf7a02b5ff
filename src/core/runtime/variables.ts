import type { State } from "./state.js";

/** Variables that change by themselves or mean more than their text. */
const special = new Set(
  "RANDOM SRANDOM SECONDS LINENO BASHPID EPOCHSECONDS EPOCHREALTIME OPTIND OPTARG REPLY _".split(" "),
);

/** Gives a variable a value; undefined when it may have any. */
export function setVariable(state: State, name: string, value: string | undefined): void {
  if (value === undefined || special.has(name)) state.variables.delete(name);
  else state.variables.set(name, value);
  // Its presence alone means that fields are split in another way.
  if (name === "IFS") state.variables.set(name, value ?? "");
}
