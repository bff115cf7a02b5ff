/** What a client is told, pushed and asked for: as the terminal would say it, and as it changes while somebody types. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver-protocol";
import { good, refused } from "../cli/manifests.js";
import { ran } from "../cli/world.js";
import { folderWith } from "../node/folder-tree.js";
import { able, brief, connect, waiting } from "./client.js";
import { nightly } from "./manifests.js";

const uriIn = (folder: string, name: string): string => pathToFileURL(join(folder, name)).href;
const isRefused = "restart-policy-invalid 11:22";
const other = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: [oops\n";

/** As the terminal says it, in the same form. */
function inTerminal(cwd: string, ...args: string[]): string[] {
  const { diagnostics: findings } = JSON.parse(ran(cwd, ["--format", "json", "--fail-on", "never", ...args]).out) as {
    diagnostics: { file: string; rule: string; line: number; column: number; message: string }[];
  };
  return findings.map(({ file, rule, line, column, message }) => `${file} ${rule} ${line}:${column} ${message}`).sort();
}

describe("pushed", () => {
  test("when a document is opened, while somebody types in it, and on save", async () => {
    const cwd = folderWith({ "a.yaml": refused });
    const uri = uriIn(cwd, "a.yaml");
    const client = await connect({ capabilities: waiting, folders: [cwd] });
    client.open(uri, refused);
    expect(brief(await client.pushed(uri))).toContain(isRefused);
    client.change(uri, 2, [10, 21, 10, 27], "Never");
    expect(brief(await client.pushed(uri, 2))).not.toContain(isRefused);
    client.change(uri, 3, [10, 21, 10, 26], "Always");
    client.save(uri);
    expect(brief(await client.pushed(uri, 3))).toContain(isRefused);
    client.close(uri);
    expect(await client.pushedUntil(uri, (found) => found.length === 0)).toEqual([]);
  });

  test("of keystrokes that follow each other only the last is judged", async () => {
    const uri = "untitled:Untitled-1";
    const client = await connect({ capabilities: waiting });
    client.open(uri, good);
    await client.pushed(uri);
    for (let version = 2; version <= 9; version++) client.change(uri, version, [0, 0, 0, 0], "#\n");
    expect(brief(await client.pushed(uri, 2))).toEqual(brief(await client.pushed(uri, 9)));
  });

  test("what rules find between files of a folder, also when the other one is opened, changed or not open at all", async () => {
    const twin = (name: string): string => nightly.replace("name: nightly", `name: ${name}`).replace("backoffLimt: 2", "backoffLimit: 2");
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`job-${index}.yaml`, twin(`job-${index}`)]));
    const cwd = folderWith(many);
    const uri = uriIn(cwd, "job-0.yaml");
    const client = await connect({ capabilities: waiting, folders: [cwd] });
    client.open(uri, many["job-0.yaml"]!);
    const found = await client.pushedUntil(uri, (all) => brief(all).some((one) => one.startsWith("schedule-herd")));
    const herd = found.find(({ code }) => code === "schedule-herd");
    expect(inTerminal(cwd, ".").filter((one) => one.startsWith("job-0.yaml")).map((one) => one.split(" ")[1])).toEqual(found.map(({ code }) => code).sort());
    expect(herd?.relatedInformation?.every(({ location }) => location.uri.startsWith(pathToFileURL(cwd).href))).toBe(true);
  });
});

describe("pulled", () => {
  test("the same as the terminal finds, in the same words", async () => {
    const cwd = folderWith({ "deploy/a.yaml": refused, "deploy/b.yaml": nightly, "deploy/c.yaml": other });
    const client = await connect({ capabilities: able, folders: [cwd] });
    const said: string[] = [];
    for (const [name, text] of [["a", refused], ["b", nightly], ["c", other]] as const) {
      const uri = uriIn(cwd, `deploy/${name}.yaml`);
      client.open(uri, text);
      const found = await client.pull(uri);
      const words = found.map(({ message }) => (typeof message === "string" ? message : message.value));
      said.push(...brief(found).map((one, index) => `deploy/${name}.yaml ${one} ${words[index] ?? ""}`));
    }
    expect(said.length).toBeGreaterThan(2);
    expect(said.sort()).toEqual(inTerminal(cwd, "."));
  });

  test("in a chart and in what Kustomize builds, as the terminal does, also when somebody has changed the file", async () => {
    const template = refused.replace("restartPolicy: Always", "restartPolicy: {{ .Values.restart }}");
    const files = {
      "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
      "chart/values.yaml": "restart: Always\n",
      "chart/templates/job.yaml": template,
      "base/kustomization.yaml": "resources: [job.yaml]\n",
      "base/job.yaml": good,
      "prod/kustomization.yaml": "resources: [../base]\npatches:\n  - path: patch.yaml\n",
      "prod/patch.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n      restartPolicy: Always\n",
    };
    const cwd = folderWith({ ...files, ".git/": "" });
    const client = await connect({ capabilities: able, folders: [cwd] });
    const said: string[] = [];
    for (const [name, text] of Object.entries(files)) {
      client.open(uriIn(cwd, name), text);
      said.push(...brief(await client.pull(uriIn(cwd, name))).map((one) => `${name} ${one}`));
    }
    const expected = inTerminal(cwd, ".").map((one) => one.split(" ").slice(0, 3).join(" "));
    expect(expected.filter((one) => one.includes("restart-policy-invalid")).length).toBeGreaterThan(1);
    expect(said.sort()).toEqual(expected);
    client.change(uriIn(cwd, "prod/patch.yaml"), 2, [7, 21, 7, 27], "Never");
    expect(brief(await client.pull(uriIn(cwd, "prod/patch.yaml")))).not.toContain("restart-policy-invalid 8:22");
  });

  test("in what installs a chart and in the chart, as the terminal does, also when somebody has changed its values", async () => {
    const files = {
      "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
      "chart/values.yaml": "restart: Never\nother: Never\n",
      "chart/templates/job.yaml": `${refused.replace("Always", "{{ .Values.restart }}")}---\n${refused.replace("Always", "Al{{ .Values.other }}").replace("report", "other")}`,
      "apps/a.yaml": `apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec:\n  source:\n    path: chart\n    helm:\n      values: |\n        restart: Always\n        other: ways\n  destination: { name: x, namespace: a }\n`,
    };
    const cwd = folderWith({ ...files, ".git/": "" });
    const client = await connect({ capabilities: able, folders: [cwd] });
    const said: string[] = [];
    for (const [name, text] of Object.entries(files)) {
      client.open(uriIn(cwd, name), text);
      said.push(...brief(await client.pull(uriIn(cwd, name))).map((one) => `${name} ${one}`));
    }
    const expected = inTerminal(cwd, ".").map((one) => one.split(" ").slice(0, 3).join(" "));
    expect(expected.filter((one) => one.includes("restart-policy-invalid"))).toEqual(["apps/a.yaml restart-policy-invalid 13:18", expect.stringContaining("chart/templates/job.yaml restart-policy-invalid")]);
    expect(said.sort()).toEqual(expected);
    client.change(uriIn(cwd, "apps/a.yaml"), 2, [12, 17, 12, 23], "Never");
    expect(brief(await client.pull(uriIn(cwd, "apps/a.yaml")))).toEqual([]);
  });

  test("of the whole workspace: files that are not open, and open ones as they stand in the editor", async () => {
    const cwd = folderWith({ "deploy/a.yaml": refused, "deploy/b.yaml": good, "vendor/c.yaml": refused, ".kronlint.yaml": "exclude: [vendor/]\n" });
    const client = await connect({ capabilities: able, folders: [cwd] });
    client.open(uriIn(cwd, "deploy/b.yaml"), refused);
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
    const told = items.map((item) => [item.uri, "items" in item ? brief(item.items).includes(isRefused) : undefined]);
    expect(Object.fromEntries(told)).toEqual({ [uriIn(cwd, "deploy/a.yaml")]: true, [uriIn(cwd, "deploy/b.yaml")]: true });
  });

  test("who has been told everything is answered when something changes", async () => {
    const cwd = folderWith({ "a.yaml": refused });
    const uri = uriIn(cwd, "a.yaml");
    const client = await connect({ capabilities: able, folders: [cwd] });
    client.open(uri, refused);
    const ask = (previousResultIds: { uri: string; value: string }[]): Promise<WorkspaceDiagnosticReport> =>
      client.connection.sendRequest("workspace/diagnostic", { previousResultIds });
    const { items } = await ask([]);
    const again = ask(items.map((item) => ({ uri: item.uri, value: item.resultId ?? "" })));
    expect(await Promise.race([again.then(() => "answered"), client.pull(uri).then(() => "waits")])).toBe("waits");
    client.change(uri, 2, [10, 21, 10, 27], "Never");
    const report = (await again).items.find((item) => item.uri === uri);
    expect(report && "items" in report && brief(report.items)).not.toContain(isRefused);
  });

  test("a request that the client takes back is not worked out", async () => {
    const cwd = folderWith(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}.yaml`, refused])));
    const client = await connect({ capabilities: able, folders: [cwd] });
    const { CancellationTokenSource } = await import("vscode-languageserver-protocol/node");
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] }, source.token);
    source.cancel();
    await expect(asked).rejects.toMatchObject({ message: expect.stringMatching(/cancel|changed/i) as string });
    client.open(uriIn(cwd, "1.yaml"), refused);
    expect(brief(await client.pull(uriIn(cwd, "1.yaml")))).toContain(isRefused);
  });
});

describe("which texts", () => {
  test.each([
    ["an untitled document", "untitled:Untitled-1", "yaml", refused, [isRefused]],
    ["one inside something else than a file", "git:/a.yaml?ref=1", "yaml", refused, [isRefused]],
    ["JSON", "untitled:Untitled-2", "json", '{"apiVersion":"batch/v1","kind":"CronJob","spec":{}}', ["field-required 1:43"]],
    ["an example in Markdown", "untitled:Untitled-3", "markdown", `# Jobs\n\n\`\`\`yaml\n${refused}\`\`\`\n`, ["restart-policy-invalid 14:22"]],
    ["other YAML, though it does not parse", "untitled:Untitled-4", "yaml", other, []],
    ["nothing", "untitled:Untitled-5", "yaml", "", []],
    ["a program", "untitled:Untitled-6", "typescript", refused, []],
  ] as const)("%s", async (_, uri, languageId, text, expected) => {
    const client = await connect({ capabilities: able });
    client.open(uri, text, languageId);
    const found = brief(await client.pull(uri));
    if (expected.length === 0) expect(found).toEqual([]);
    else expect(found).toEqual(expect.arrayContaining([...expected]));
  });

  test("a file that the settings exclude is left alone", async () => {
    const cwd = folderWith({ "vendor/deep/a.yaml": refused, ".kronlint.yaml": "exclude: [vendor/]\n" });
    const client = await connect({ capabilities: able, folders: [cwd] });
    client.open(uriIn(cwd, "vendor/deep/a.yaml"), refused);
    expect(await client.pull(uriIn(cwd, "vendor/deep/a.yaml"))).toEqual([]);
  });
});

describe("settings", () => {
  const off = "rules: { restart-policy-invalid: off }\n";

  test("are read anew when their file is saved", async () => {
    const cwd = folderWith({ "a.yaml": refused, ".kronlint.yaml": off });
    const uri = uriIn(cwd, "a.yaml");
    const client = await connect({ capabilities: able, folders: [cwd] });
    client.open(uri, refused);
    expect(brief(await client.pull(uri))).not.toContain(isRefused);
    client.open(uriIn(cwd, ".kronlint.yaml"), off);
    writeFileSync(join(cwd, ".kronlint.yaml"), "preset: strict\n");
    client.save(uriIn(cwd, ".kronlint.yaml"));
    expect(brief(await client.pull(uri))).toContain(isRefused);
  });

  test("and when the client has seen a change on the disk, of theirs or of manifests", async () => {
    const cwd = folderWith({ "a.yaml": refused, "old.yaml": off });
    const uri = uriIn(cwd, "a.yaml");
    const capabilities = { ...able, workspace: { ...able.workspace, didChangeWatchedFiles: { dynamicRegistration: true } } };
    const client = await connect({ capabilities, folders: [cwd] });
    client.open(uri, refused);
    expect(brief(await client.pull(uri))).toContain(isRefused);
    expect(client.registered).toContain("workspace/didChangeWatchedFiles");
    renameSync(join(cwd, "old.yaml"), join(cwd, ".kronlint.yaml"));
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: uriIn(cwd, ".kronlint.yaml"), type: 1 }] });
    expect(brief(await client.pull(uri))).not.toContain(isRefused);
  });

  test("that are not valid are marked in their file, and said once", async () => {
    const broken = "presett: strict\n";
    const cwd = folderWith({ "a.yaml": refused, ".kronlint.yaml": broken });
    const client = await connect({ capabilities: able, folders: [cwd] });
    client.open(uriIn(cwd, ".kronlint.yaml"), broken);
    expect(await client.pull(uriIn(cwd, ".kronlint.yaml"))).toMatchObject([{ message: "there is no setting presett; did you mean preset?" }]);
    client.open(uriIn(cwd, "a.yaml"), refused);
    expect(await client.pull(uriIn(cwd, "a.yaml"))).toEqual([]);
    client.change(uriIn(cwd, "a.yaml"), 2, [0, 0, 0, 0], "#\n");
    await client.pull(uriIn(cwd, "a.yaml"));
    expect(client.messages).toEqual([expect.stringContaining("there is no setting presett")]);
  });

  test("of the client go over those of files, at the start and when they change", async () => {
    const cwd = folderWith({ "a.yaml": refused, ".kronlint.yaml": "rules: { restart-policy-invalid: info }\n" });
    const uri = uriIn(cwd, "a.yaml");
    const client = await connect({ capabilities: able, folders: [cwd], initializationOptions: { rules: { "restart-policy-invalid": "warning" } } });
    client.open(uri, refused);
    const levelNow = async (): Promise<unknown> => (await client.pull(uri)).find(({ code }) => code === "restart-policy-invalid")?.severity;
    expect(await levelNow()).toBe(2);
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: { kronlint: { rules: {} } } });
    expect(await levelNow()).toBe(3);
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: { kronlint: { preset: "strickt" } } });
    expect(await levelNow()).toBe(3);
    expect(client.messages).toEqual([expect.stringContaining("strickt")]);
  });

  test("are asked for where the client wants to be asked", async () => {
    const capabilities = { ...able, workspace: { ...able.workspace, configuration: true } };
    const cwd = folderWith({ "a.yaml": refused });
    const client = await connect({ capabilities, folders: [cwd], configuration: { rules: { "restart-policy-invalid": "off" } } });
    const uri = uriIn(cwd, "a.yaml");
    client.open(uri, refused);
    await expect.poll(async () => brief(await client.pull(uri))).not.toContain(isRefused);
  });
});
