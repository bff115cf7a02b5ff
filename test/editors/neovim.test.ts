/** What the notes for Neovim say, run by Neovim where there is one. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { folderWith } from "../node/folder-tree.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "dist", "bin.cjs");
const version = /^NVIM v0\.(\d+)/.exec(spawnSync("nvim", ["--version"], { encoding: "utf8" }).stdout)?.[1];

const [newer = "", older = "", onSave = ""] = [...readFileSync(join(root, "editors", "README.md"), "utf8").matchAll(/^```lua\n(.*?)^```$/gms)].map(([, code = ""]) => code);

const typed = `apiVersion: batch/v1
kind: Job
metadata: { name: report } # 😀
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: report, image: "report:1.4", env: [{ name: "😀", value: 1 }, { name: B, value: true }] }]
`;

const session = `vim.cmd("filetype on")
vim.cmd("edit a.yaml")
vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end)
vim.cmd("write")
vim.cmd("qa!")`;

test.runIf(version !== undefined)("a file is mended when it is saved, as --fix mends it", () => {
  const { stderr } = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "--stale"], { encoding: "utf8" });
  if (!existsSync(bin)) throw new Error(stderr);
  const setUp = (Number(version) >= 11 ? newer : older)
    .replace('cmd = { "kronlint", "lsp" }', `cmd = { ${[process.execPath, bin, "lsp"].map((word) => JSON.stringify(word)).join(", ")} }`)
    .replace(/on_attach = function\(\) (.*) end,|(?=filetypes = )/, (_, lenses = "") => `on_attach = function(_, buffer) ${String(lenses)} fix_on_save(buffer) end, `);
  const cwd = folderWith({ "a.yaml": typed, "b.yaml": typed, "init.lua": `${onSave}\n${setUp}`, "session.lua": session });
  spawnSync("nvim", ["--headless", "-u", "init.lua", "-S", "session.lua"], { cwd, timeout: 30_000, env: { ...process.env, XDG_STATE_HOME: cwd } });
  spawnSync(process.execPath, [bin, "--fix", "b.yaml"], { cwd });
  expect(readFileSync(join(cwd, "a.yaml"), "utf8")).not.toBe(typed);
  expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toBe(readFileSync(join(cwd, "b.yaml"), "utf8"));
}, 120_000);
