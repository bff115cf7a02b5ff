/** What a baseline knows and what flags say besides settings files, as the terminal has it. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver-protocol";
import { refused } from "../cli/manifests.js";
import { ran } from "../cli/world.js";
import { folderWith } from "../node/folder-tree.js";
import { able, brief, connect } from "./client.js";
import { nightly } from "./manifests.js";

const uriIn = (folder: string, name: string): string => pathToFileURL(join(folder, name)).href;
const isRefused = "restart-policy-invalid 11:22";

/** As the terminal says it. */
function inTerminal(cwd: string, ...args: string[]): readonly { readonly file: string; readonly message: string }[] {
  const { diagnostics } = JSON.parse(ran(cwd, ["--format", "json", "--fail-on", "never", ...args]).out) as {
    diagnostics: { file: string; message: string }[];
  };
  return diagnostics;
}

test("a baseline at the root or further down, as the terminal reads it, until it changes or the client wants none", async () => {
  const cwd = folderWith({ ".git/HEAD": "", "a.yaml": refused, "b.yaml": refused.replace("name: ", "name: b"), "sub/c.yaml": refused });
  ran(cwd, ["baseline", "a.yaml", "sub"]);
  const uri = uriIn(cwd, "a.yaml");
  const client = await connect({ capabilities: able, folders: [cwd] });
  for (const name of ["a.yaml", "sub/c.yaml", "b.yaml"]) client.open(uriIn(cwd, name), readFileSync(join(cwd, name), "utf8"));
  expect(inTerminal(cwd, "a.yaml", "sub")).toEqual([]);
  expect(await client.pull(uri)).toEqual([]);
  expect(await client.pull(uri)).toEqual([]);
  expect(await client.pull(uriIn(cwd, "sub/c.yaml"))).toEqual([]);
  expect(brief(await client.pull(uriIn(cwd, "b.yaml")))).toContain(isRefused);
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
  expect(items.filter((one) => "items" in one && one.items.length > 0).map((one) => one.uri)).toEqual([uriIn(cwd, "b.yaml")]);
  writeFileSync(join(cwd, ".kronlint-baseline.json"), "{}");
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: uriIn(cwd, ".kronlint-baseline.json"), type: 2 }] });
  expect(brief(await client.pull(uri))).toContain(isRefused);
  expect(client.messages.join()).toContain("is no baseline");
});

test("a file of the baseline that is gone may have another name now", async () => {
  const cwd = folderWith({ ".git/HEAD": "", "a.yaml": refused });
  ran(cwd, ["baseline", "."]);
  renameSync(join(cwd, "a.yaml"), join(cwd, "moved.yaml"));
  const client = await connect({ capabilities: able, folders: [cwd] });
  client.open(uriIn(cwd, "moved.yaml"), refused);
  expect(inTerminal(cwd, ".")).toEqual([]);
  expect(await client.pull(uriIn(cwd, "moved.yaml"))).toEqual([]);
  expect(await client.pull(uriIn(cwd, "moved.yaml"))).toEqual([]);
});

test("a client may want no baseline, and give values and a release, as flags do", async () => {
  const cwd = folderWith({
    ".git/HEAD": "",
    "a.yaml": refused,
    "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
    "chart/values.yaml": 'schedule: "0 3 * * *"\n',
    "chart/templates/c.yaml": nightly.replace(/schedule: .*/, "schedule: {{ .Values.schedule | quote }}").replace("name: nightly", "name: {{ .Release.Name }}"),
    "prod.yaml": 'schedule: "61 * * * *"\n',
  });
  ran(cwd, ["baseline", "a.yaml"]);
  // As long as Helm takes, and too long for a CronJob.
  const release = "n".repeat(53);
  const options = { capabilities: able, folders: [cwd], initializationOptions: { baseline: false, values: ["prod.yaml", "none.yaml"], release } };
  const client = await connect(options);
  const template = uriIn(cwd, "chart/templates/c.yaml");
  client.open(uriIn(cwd, "a.yaml"), refused);
  client.open(template, readFileSync(join(cwd, "chart/templates/c.yaml"), "utf8"));
  expect(brief(await client.pull(uriIn(cwd, "a.yaml")))).toContain(isRefused);
  const found = (await client.pull(template)).map(({ message }) => message);
  const said = inTerminal(cwd, "chart", "--values", "prod.yaml", "--release", release).filter(({ file }) => file === "chart/templates/c.yaml");
  expect(found.sort()).toEqual(said.map(({ message }) => message).sort());
  expect(found).toContainEqual(expect.stringContaining("53 characters"));
  expect(client.messages.join()).toContain("no such values file");
});
