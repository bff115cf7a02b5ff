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
  startServer(connection, { version: KRONLINT_VERSION, clock: () => Date.now(), cwd: process.cwd() });
}

main();
