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

/** What a file of some lines may hold. */
export type Shape = "a stream" | "one script" | "a List" | "Markdown" | "a template";

/** Somebody types a digit into a schedule and takes it back, and the client asks after each letter for diagnostics. */
export async function keystrokeCost(folder: string, lines: number, shape: Shape = "a stream"): Promise<KeystrokeCost> {
  const text = shapes[shape](lines);
  const uri = pathToFileURL(join(folder, shape === "Markdown" ? "typed.md" : "typed.yaml")).href;
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
  const opening = { textDocument: { uri, languageId: shape === "Markdown" ? "markdown" : "yaml", version: 1, text } };
  const first = await ask(() => connection.sendNotification("textDocument/didOpen", opening));
  const before = text.slice(0, text.indexOf('schedule: "') + 'schedule: "'.length).split("\n");
  const at = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const times: number[] = [];
  for (let version = 2; version < keystrokes + warming; version++) {
    const range = { start: at, end: version % 2 === 0 ? at : { ...at, character: at.character + 1 } };
    const contentChanges = [{ range, text: version % 2 === 0 ? "1" : "" }];
    const took = await ask(() => connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges }));
    if (version > warming) times.push(took);
  }
  connection.dispose();
  child.kill();
  const slow = [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? NaN;
  return { lines: text.split("\n").length, first, typical: median(times), slow };
}

/** Documents until there are enough lines. */
function filled(lines: number, head: string, part: (index: number) => string): string {
  let text = head;
  for (let index = 0; text.split("\n").length < lines; index++) text += part(index);
  return text;
}

const asItem = (text: string): string => text.trimEnd().replace(/^/gm, "    ").replace("    ", "  - ");

const shapes: Readonly<Record<Shape, (lines: number) => string>> = {
  "a stream": (lines) => filled(lines, "", (index) => `${index === 0 ? "" : "---\n"}${document(index)}`),
  "one script": (lines) => {
    const head = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: main
              image: alpine:3.20
              command: [sh, -c]
              args:
                - |
                  set -eu
`;
    return filled(lines, head, (index) => {
      const fetched = `curl -fsS --max-time 10 "https://example.com/${String(index)}" | gzip > /out/${String(index)}.gz`;
      return `                  if [ -f /data/${String(index)} ]; then ${fetched}; fi\n`;
    });
  },
  "a List": (lines) => filled(lines, "apiVersion: v1\nkind: List\nitems:\n", (index) => `${asItem(document(index))}\n`),
  Markdown: (lines) => filled(lines, "# Examples\n\n", (index) => `\`\`\`yaml\n${document(index)}\`\`\`\n\n`),
  "a template": (lines) => {
    return filled(lines, "", (index) => `---\n${document(index).replace(/image: .*/, "image: {{ .Values.image }}")}`);
  },
};
