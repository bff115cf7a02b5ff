// Makes dist/: the program (bin.cjs, cli.cjs, lsp.cjs), the library (index.js, types/), and of what is bundled the licences and a bill of
// materials.
// `--program` leaves out the declarations, the only slow part; `--stale` does nothing where nothing changed.
// `--bundle` makes bundle/ instead, which is committed: what the Action and pre-commit run without installing anything. `--bundle --check`
// says whether it is what the sources give. `--sbom` prints the bill of materials alone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as esbuild from "esbuild";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { isBuilt, root } from "./setup.mjs";

const dist = join(root, "dist");
const self = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { version } = self;

const quiet = { absWorkingDir: root, bundle: true, write: false, logLevel: "warning" };

// Most runs show no example: here they lose the indentation of the code around them, and go where V8 does not look before somebody asks.
const lazyExamples = {
  name: "lazy-examples",
  async setup(build) {
    const { outputFiles } = await esbuild.build({ ...quiet, entryPoints: ["src/core/lint/rule.ts"], format: "esm" });
    const { manifest } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
    build.onLoad({ filter: /[\\/]rules[\\/][^\\/]+\.ts$/ }, ({ path }) => {
      const cut = (whole, text) => (/\\|\$\{/.test(text) ? whole : JSON.stringify(manifest([text])));
      const text = readFileSync(path, "utf8").replace(/\bmanifest`([^`]*)`/g, cut);
      return { contents: text.replace(/^ {2}examples: (\[\n.*?^ {2}\]),$/ms, "  get examples() { return $1; },"), loader: "ts" };
    });
  },
};

const shared = {
  ...quiet,
  metafile: true,
  charset: "ascii",
  legalComments: "none",
  // Names stay and lines stay short, so that a stack in a bug report can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 120,
  plugins: [lazyExamples],
};

const program = {
  ...shared,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  mainFields: ["module", "main"],
  // A script that comes out of the code cache cannot use import().
  supported: { "dynamic-import": false },
};

const library = { ...shared, platform: "neutral", format: "esm", target: "es2022", mainFields: ["module", "main"] };

const besideLibrary = {
  name: "beside-library",
  setup(build) {
    build.onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: "./index.js", external: true }));
  },
};

async function main() {
  const { bin, cli } = await programs();
  const lsp = await bundle({ ...program, entryPoints: ["src/lsp/main.ts"], define: { KRONLINT_VERSION: JSON.stringify(version) } });
  const index = await bundle({ ...library, entryPoints: ["src/index.ts"] });
  // The library stands beside it, so that both are there once.
  const eslint = await bundle({ ...library, entryPoints: ["src/eslint/plugin.ts"], plugins: [besideLibrary] });
  const materials = billOfMaterials(self, bundledPackages([bin, cli, lsp, index, eslint]));
  if (process.argv.includes("--sbom")) {
    process.stdout.write(materials);
    return;
  }
  mkdirSync(dist, { recursive: true });
  put("cli.cjs", cli.text);
  put("lsp.cjs", lsp.text);
  put("index.js", index.text);
  put("eslint.js", eslint.text);
  put("licenses.txt", licences([cli, lsp, index]));
  put("sbom.cdx.json", materials);
  // Its age says how fresh the program is; declarations that belong to it are younger.
  put("bin.cjs", bin.text, 0o755);
  if (!process.argv.includes("--program")) declarations();
}

async function programs() {
  // A script, so that the code cache can run the file as it is: 1 MB of source around which a function is put is copied first.
  const cli = await bundle({ ...program, format: "iife", entryPoints: ["src/cli/main.ts"], define: { KRONLINT_VERSION: JSON.stringify(version) } });
  const cacheKey = createHash("sha256").update(cli.text).digest("hex").slice(0, 16);
  const define = { KRONLINT_CLI_HASH: JSON.stringify(cacheKey) };
  const bin = await bundle({ ...program, entryPoints: ["src/bin.ts"], define, banner: { js: "#!/usr/bin/env node" } });
  return { cli, bin };
}

async function committedBundle() {
  const { bin, cli } = await programs();
  const action = await bundle({ ...program, entryPoints: ["src/action/main.ts"] });
  const files = { "bin.cjs": bin.text, "cli.cjs": cli.text, "action.cjs": action.text, "licenses.txt": licences([cli, action]) };
  const folder = join(root, "bundle");
  if (process.argv.includes("--check")) {
    const stale = Object.entries(files).filter(([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), "utf8") !== text);
    if (stale.length === 0) return;
    console.error(`bundle/ is not what the sources give (${stale.map(([name]) => name).join(", ")}); npm run bundle makes it anew`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: name === "bin.cjs" ? 0o755 : 0o644 });
}

async function bundle(options) {
  const { outputFiles, metafile } = await esbuild.build(options);
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

/** Whoever runs the old file meanwhile keeps it whole. */
function put(name, text, mode = 0o644) {
  const temporary = join(dist, `.${name}.${process.pid}`);
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, join(dist, name));
}

function bundledPackages(bundles) {
  const folders = bundles.flatMap(({ inputs }) => inputs.flatMap(packageFolders));
  return [...new Set(folders)].sort().map((folder) => ({ folder, ...JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) }));
}

function licences(bundles) {
  const parts = bundledPackages(bundles).map(({ folder, name, version: installed, license }) => {
    const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file; it may not be bundled`);
    return `${name} ${installed} (${license})\n\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
  });
  return `kronlint contains these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function packageFolders(input) {
  // Code of these packages is in the generated file itself.
  if (input === "schemas/settings-validator.js") return ["node_modules/ajv", "node_modules/fast-deep-equal"];
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.slice(0, 1) ?? [];
}

/** Declarations of what index.ts reaches, free of other packages: a user has none of them. */
function declarations() {
  const folder = join(dist, "types");
  const temporary = join(dist, `.types.${process.pid}`);
  const args = ["--project", "tsconfig.types.json", "--outDir", temporary];
  const { status } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    rmSync(temporary, { recursive: true, force: true });
    throw new Error("the declarations could not be made");
  }
  keepReachable(temporary, [join(temporary, "src", "index.d.ts"), join(temporary, "src", "eslint", "plugin.d.ts")]);
  rmSync(folder, { recursive: true, force: true });
  renameSync(temporary, folder);
}

function keepReachable(folder, starts) {
  const texts = new Map();
  const open = [...starts];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (texts.has(file)) continue;
    const text = withPlainImports(folder, file);
    texts.set(file, text);
    open.push(...imports(text).map((specifier) => resolved(file, specifier)));
  }
  rmSync(folder, { recursive: true });
  for (const [file, text] of texts) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const importing = /\b(from\s+|import\s*\(?\s*)"([^"]+)"/g;

function imports(text) {
  return [...text.matchAll(importing)].map(([, , specifier]) => specifier);
}

function withPlainImports(folder, file) {
  return readFileSync(file, "utf8").replace(importing, (whole, before, specifier) => {
    if (specifier.startsWith(".")) return whole;
    if (specifier !== "#rule") throw new Error(`${relative(folder, file)} shows its users a type of ${specifier}, which they do not have`);
    const path = relative(dirname(file), join(folder, "src", "core", "lint", "rule.js")).replaceAll("\\", "/");
    return `${before}"${path.startsWith(".") ? path : `./${path}`}"`;
  });
}

function resolved(file, specifier) {
  const target = join(dirname(file), specifier.replace(/\.js$/, ".d.ts"));
  if (!existsSync(target)) throw new Error(`${file} imports ${specifier}, which has no declaration`);
  return target;
}

if (process.argv.includes("--bundle")) await committedBundle();
else if (!process.argv.includes("--stale") || !isBuilt({ types: true })) await main();
