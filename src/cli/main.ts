import { fstatSync, writeSync } from "node:fs";
import { pause, readStandardInput } from "../node/read-file.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { faultReport } from "./fault.js";
import { run } from "./run.js";
import { createWatch } from "./watch.js";
import { ClosedPipe, type World } from "./world.js";

// process.stdout would cost milliseconds at the start, buffer what a slow reader does not take, and report a closed pipe late.
function writer(descriptor: number): (text: string) => void {
  return (text) => {
    const bytes = Buffer.from(text, "utf8");
    for (let offset = 0; offset < bytes.length; ) offset += writeSome(descriptor, bytes, offset);
  };
}

function writeSome(descriptor: number, bytes: Buffer, offset: number): number {
  try {
    return writeSync(descriptor, bytes, offset);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EPIPE" || code === "EOF") throw new ClosedPipe();
    if (code !== "EAGAIN") throw error;
    pause(5);
    return 0;
  }
}

/** Talk that cannot be said is not said. */
function quietly(write: (text: string) => void): (text: string) => void {
  return (text) => {
    try {
      write(text);
    } catch {
      return;
    }
  };
}

/** Most often a file or a pipe; then node:tty, which brings streams and sockets along, need not be loaded at all. */
function isTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice() && process.getBuiltinModule("node:tty").isatty(descriptor);
  } catch {
    return false;
  }
}

function main(): number {
  const outIsTerminal = isTerminal(1);
  const world: World = {
    args: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    out: writer(1),
    err: quietly(writer(2)),
    outIsTerminal,
    errIsTerminal: isTerminal(2),
    columns: outIsTerminal ? process.stdout.columns : undefined,
    readStdin: readStandardInput,
    clock: () => Date.now(),
    // Asked for only by those who show times: Intl costs milliseconds.
    timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  return world.args.includes("--watch") ? watched(world) : ran(world);
}

function ran(world: World): ExitCode {
  try {
    return run(world);
  } catch (error) {
    if (error instanceof ClosedPipe) return exitCode.clean;
    world.err(faultReport("kronlint stopped", error));
    return exitCode.fault;
  }
}

/** The first run ends as any other does; where it found something to watch, the process stays and runs again. */
function watched(world: World): ExitCode {
  let last = "";
  let code: ExitCode = exitCode.clean;
  const turn = (): ExitCode => {
    const texts: string[] = [];
    code = ran({ ...world, out: (text) => void texts.push(text), watch: (what) => watching.look(what) });
    const out = texts.join("");
    // What is the same as before needs no second look.
    if (out !== last) world.out(`${world.outIsTerminal && last !== "" ? "\u001b[2J\u001b[H" : ""}${out}`);
    last = out;
    return code;
  };
  const watching = createWatch(() => void (process.exitCode = turn()), world.err);
  process.once("SIGINT", () => process.exit(code));
  return turn();
}

process.exitCode = main();
