/**
 * Whole projects: what `command` prints (`kronlint - < rendered.yaml`) is in `expected`, with the exit code in the last line. Programs in
 * `bin` come first on the PATH. With UPDATE=1 it is written there.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ran } from "./cli/world.js";

const root = fileURLToPath(new URL("../fixtures/projects/", import.meta.url));
const projects = readdirSync(root).filter((name) => existsSync(join(root, name, "command")));

test("there are charts of many styles among the projects", () => {
  expect(projects.filter((name) => existsSync(join(root, name, "Chart.yaml"))).length).toBeGreaterThanOrEqual(6);
});

describe.each(projects)("%s", (name) => {
  const folder = join(root, name);
  const [line = "", stdin] = readFileSync(join(folder, "command"), "utf8").trim().split(" < ");
  const [program, ...args] = line.split(" ");

  test("prints what its page says", () => {
    expect(program).toBe("kronlint");
    const env = { PATH: [join(folder, "bin"), process.env["PATH"] ?? ""].join(delimiter) };
    const { code, out, err } = ran(folder, args, { env, ...(stdin === undefined ? {} : { stdin: readFileSync(join(folder, stdin), "utf8") }) });
    const actual = `${out}${err}exit ${String(code)}\n`;
    const file = join(folder, "expected");
    if (process.env["UPDATE"] === "1") writeFileSync(file, actual);
    expect(actual).toBe(readFileSync(file, "utf8"));
  });
});
