/** Compares what kronlint makes of charts with what Helm's own code renders from the same files. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChartFile, readChart } from "../../src/core/render/helm/chart.js";
import { chartFiles, chartFolders } from "../charts/chart-files.js";
import { type Agreement, compareTemplate } from "../charts/compare.js";

const sources = fileURLToPath(new URL("../charts/render/", import.meta.url));
const builds = fileURLToPath(new URL("../../node_modules/.cache/kronlint/helm/", import.meta.url));

/** One chart: how many scalars of its objects both know, and where they differ. */
export interface ComparedChart extends Agreement {
  readonly folder: string;
  /** Why Helm does not render it. */
  readonly refused?: string;
}

/** Builds the Go program; undefined where Go or the modules are not there. */
export function helmProgram(): string | undefined {
  mkdirSync(builds, { recursive: true });
  cpSync(sources, builds, { recursive: true });
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
  const { status } = spawnSync("go", ["build", "-o", "render", "."], { cwd: builds, env });
  return status === 0 ? join(builds, "render") : undefined;
}

interface Answer {
  readonly files?: Readonly<Record<string, string>>;
  readonly error?: string;
}

const release = "demo";

/** All charts below some folders, with the values that the `command` of a project names. */
export function comparedCharts(program: string, roots: readonly string[]): readonly ComparedChart[] {
  const questions = roots.flatMap(chartFolders).map((path) => ({ path, release, values: valuesOf(path) }));
  const input = questions.map((question) => JSON.stringify(question)).join("\n");
  const { stdout } = spawnSync(program, { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  const answers = stdout.trim().split("\n").map((line) => JSON.parse(line) as Answer);
  return questions.map(({ path, values }, index) => compared(path, values, answers[index] ?? { error: "no answer" }));
}

function valuesOf(folder: string): readonly string[] {
  const command = join(folder, "command");
  const named = existsSync(command) ? readFileSync(command, "utf8").matchAll(/--values (\S+)/g) : [];
  return [...named].map(([, name = ""]) => join(folder, name));
}

function compared(folder: string, values: readonly string[], { files = {}, error }: Answer): ComparedChart {
  const agreement = { agreed: 0, differences: [] };
  if (error !== undefined) return { folder, refused: error, ...agreement };
  const more = values.map((name) => ({ name, text: readFileSync(name, "utf8") }));
  const own: readonly ChartFile[] = chartFiles(folder);
  const chart = readChart({ files: own, values: more, release, namespace: "default", kubernetes: ["1.36"] });
  for (const [name, text] of Object.entries(files)) {
    const rendered = chart.render(name.slice(name.indexOf("/") + 1));
    if (rendered && "source" in rendered) compareTemplate(rendered, text, agreement);
  }
  return { folder, ...agreement };
}
