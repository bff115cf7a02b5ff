import { run } from "../../src/cli/run.js";
import type { World } from "../../src/cli/world.js";
import type { Reading } from "../../src/node/read-file.js";
import type { AnyRule } from "../../src/engine.js";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings extends Partial<Omit<World, "args" | "cwd" | "out" | "err" | "readStdin">> {
  readonly stdin?: string;
  readonly rules?: readonly AnyRule[];
}

/** Runs the program in this process, away from the real terminal, clock and environment. */
export function ran(cwd: string, args: readonly string[], { stdin, rules, ...rest }: Surroundings = {}): Ran {
  let out = "";
  let err = "";
  const piped: Reading = { state: "read", text: stdin ?? "" };
  const world: World = {
    args,
    cwd,
    env: {},
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    outIsTerminal: false,
    errIsTerminal: false,
    columns: undefined,
    readStdin: () => piped,
    clock: () => Date.UTC(2026, 0, 15),
    timeZone: () => "Europe/Berlin",
    ...rest,
  };
  const code = rules === undefined ? run(world) : run(world, rules);
  return { code, out, err };
}
