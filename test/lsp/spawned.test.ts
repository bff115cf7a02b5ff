/** What only the built program can show: its streams, how it starts and how it leaves. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";
import { refused } from "../cli/manifests.js";
import { folderWith } from "../node/folder-tree.js";
import { brief, type Client, converse, waiting } from "./client.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "dist", "bin.cjs");

beforeAll(() => {
  const { stderr } = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "--stale"], { encoding: "utf8" });
  if (!existsSync(join(root, "dist", "lsp.cjs"))) throw new Error(stderr);
}, 120_000);

async function started(cwd: string, args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly client: Client; readonly left: Promise<number | null> }> {
  const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  const left = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const client = await converse(connection, { capabilities: waiting, folders: [cwd] });
  return { child, client, left };
}

test.each([[["lsp"]], [["lsp", "--stdio"]]])("kronlint %j serves, and leaves when it is told to", async (args) => {
  const cwd = folderWith({ "a.yaml": refused });
  const { client, left } = await started(cwd, args);
  expect(client.result.serverInfo?.name).toBe("kronlint");
  const uri = pathToFileURL(join(cwd, "a.yaml")).href;
  client.open(uri, refused);
  expect(brief(await client.pushed(uri))).toContain("restart-policy-invalid 11:22");
  await client.connection.sendRequest("shutdown");
  await client.connection.sendNotification("exit");
  expect(await left).toBe(0);
});

test("leaves when the client is gone", async () => {
  const { child, left } = await started(folderWith({}), ["lsp"]);
  child.stdin?.end();
  expect(await left).not.toBeNull();
});

test("leaves with an error when nobody can know where the next message begins", async () => {
  const { child, left } = await started(folderWith({}), ["lsp"]);
  child.stdin?.write("Content-Length: -5\r\n");
  child.stdin?.write("\r\n");
  expect(await left).toBe(1);
});

test("where the server was left out, that is said", () => {
  const cwd = folderWith({});
  cpSync(bin, join(cwd, "bin.cjs"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(cwd, "bin.cjs"), "lsp"], { encoding: "utf8" });
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: "kronlint: the language server is not beside this program; npm install kronlint brings it\n",
  });
});
