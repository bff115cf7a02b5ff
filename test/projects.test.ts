/** Whole projects: what `command` prints is in `expected`, with the exit code in the last line. With UPDATE=1 it is written there. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
  const [program, ...args] = readFileSync(join(folder, "command"), "utf8").trim().split(" ");

  test("prints what its page says", () => {
    expect(program).toBe("kronlint");
    const { code, out, err } = ran(folder, args);
    const actual = `${out}${err}exit ${String(code)}\n`;
    const file = join(folder, "expected");
    if (process.env["UPDATE"] === "1") writeFileSync(file, actual);
    expect(actual).toBe(readFileSync(file, "utf8"));
  });
});
