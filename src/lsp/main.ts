import { isatty } from "node:tty";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { startServer } from "./server.js";

declare const KRONLINT_VERSION: string;

/** `kronlint lsp`: a language server over standard input and output; `--stdio`, which some clients add, means the same. */
function main(): void {
  if (isatty(0)) process.stderr.write("kronlint: an editor starts this, and talks with it over standard input and output\n");
  const connection = createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
  // A client that is gone asks for nothing more.
  process.stdin.on("end", () => process.exit(0));
  leaveOnNonsense(process.stdin);
  startServer(connection, { version: KRONLINT_VERSION, clock: () => Date.now(), cwd: process.cwd() });
}

/** A length below 0; within a message no line ends without an escape, so that this stands in none. */
const nonsense = /content-length:[ \t]*-\d{0,20}\r\n/i;

/** Where the next message begins is then unknown, and a client would wait for ever. */
function leaveOnNonsense(input: NodeJS.ReadStream): void {
  let tail = "";
  input.on("data", (chunk: Buffer) => {
    const text = tail + chunk.toString("latin1");
    tail = text.slice(-50);
    if (!nonsense.test(text)) return;
    process.stderr.write("kronlint: a message says that it is shorter than nothing; what comes after it cannot be read\n");
    process.exit(1);
  });
}

main();
