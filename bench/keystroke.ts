import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";
import { document } from "./generate.js";
import { median } from "./measure.js";

const bin = join(fileURLToPath(new URL("..", import.meta.url)), "dist", "bin.cjs");
const keystrokes = 300;
/** Until V8 has compiled what is run often. */
const warming = 100;

/** Milliseconds between a keystroke and its answer, over the protocol. */
export interface KeystrokeCost {
  readonly lines: number;
  readonly first: number;
  readonly typical: number;
  /** Of twenty keystrokes, one takes longer. */
  readonly slow: number;
}

/** Somebody types into a schedule, and the client asks after each letter for diagnostics. */
export async function keystrokeCost(folder: string, lines: number): Promise<KeystrokeCost> {
  const text = manifestOf(lines);
  const uri = pathToFileURL(join(folder, "typed.yaml")).href;
  const child = spawn(process.execPath, [bin, "lsp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.listen();
  const capabilities = { textDocument: { diagnostic: {} } };
  await connection.sendRequest("initialize", { processId: null, rootUri: null, workspaceFolders: null, capabilities });
  await connection.sendNotification("initialized", {});
  const ask = async (send: () => Promise<void>): Promise<number> => {
    const start = performance.now();
    await send();
    await connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
    return performance.now() - start;
  };
  const opening = { textDocument: { uri, languageId: "yaml", version: 1, text } };
  const first = await ask(() => connection.sendNotification("textDocument/didOpen", opening));
  const at = { line: text.slice(0, text.indexOf("schedule:")).split("\n").length - 1, character: 0 };
  const times: number[] = [];
  for (let version = 2; version < keystrokes + warming; version++) {
    const range = { start: at, end: version % 2 === 0 ? at : { ...at, character: 1 } };
    const contentChanges = [{ range, text: version % 2 === 0 ? "#" : "" }];
    const took = await ask(() => connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges }));
    if (version > warming) times.push(took);
  }
  connection.dispose();
  child.kill();
  const slow = [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? NaN;
  return { lines: text.split("\n").length, first, typical: median(times), slow };
}

function manifestOf(lines: number): string {
  let text = document(0);
  for (let index = 1; text.split("\n").length < lines; index++) text += `---\n${document(index)}`;
  return text;
}
