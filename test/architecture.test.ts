import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Room {
  /** The files of this room: a folder with all that is in it, or one file. */
  readonly at: string;
  /** Rooms it may import; its own files always. */
  readonly imports: readonly string[];
  /** Rooms of which it may import types only. */
  readonly types?: readonly string[];
  /** Packages, each with the file or folder that alone may import it. */
  readonly packages?: Readonly<Record<string, string>>;
}

const core = ["text", "read", "render", "model", "time", "api", "runtime", "lint", "report"].map((name) => `src/core/${name}`);
const before = (room: string): string[] => core.slice(0, core.indexOf(room));

/** The table of docs/architecture.md. A row comes with its room: one that matches no file fails. */
const rooms: readonly Room[] = [
  { at: "rules/lib", imports: ["#rule"] },
  { at: "rules/index.ts", imports: ["rules"], types: ["#rule"] },
  { at: "rules", imports: ["#rule", "rules/lib"] },
  { at: "src/core/text", imports: [] },
  {
    at: "src/core/read",
    imports: ["src/core/text"],
    packages: { yaml: "src/core/read/yaml-library.ts", "js-yaml": "src/core/read/yaml-fast.ts" },
  },
  { at: "src/core/render", imports: ["src/core/text", "src/core/read"] },
  { at: "src/core/model", imports: ["src/core/text", "src/core/read/node.ts", "src/core/read/kinds.ts"], types: ["src/core/read", "src/core/render"] },
  { at: "src/core/time", imports: ["src/core/text", "src/core/model", "schemas"] },
  { at: "src/core/api", imports: ["src/core/text", "src/core/read", "src/core/model", "src/core/time", "schemas"] },
  { at: "src/core/runtime", imports: ["src/core/text", "src/core/model", "src/core/time"], packages: { unbash: "src/core/runtime/shell.ts" } },
  { at: "src/core/lint", imports: [...before("src/core/lint"), "schemas"] },
  { at: "src/core/report", imports: ["src/core/text", "src/core/time", "src/core/api"], types: before("src/core/report"), packages: { "get-east-asian-width": "src/core/report" } },
  { at: "src/core/editor", imports: [...core, "schemas"] },
  { at: "src/index.ts", imports: ["src/core", "rules/index.ts", "schemas"] },
  { at: "src/engine.ts", imports: ["src/core", "rules/index.ts", "schemas"] },
  { at: "src/node", imports: ["src/engine.ts", "node:"] },
  { at: "src/cli", imports: ["src/index.ts", "src/engine.ts", "src/node", "node:"] },
  {
    at: "src/lsp",
    imports: ["src/engine.ts", "src/node", "node:"],
    packages: { "vscode-languageserver": "src/lsp", "vscode-languageserver-textdocument": "src/lsp" },
  },
  { at: "src/eslint", imports: ["src/index.ts", "src/core/report/visible.ts"] },
  { at: "src/action", imports: ["src/engine.ts", "src/node/git.ts", "node:"] },
  { at: "src/bin.ts", imports: ["src/node", "node:"] },
];

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function filesIn(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const found = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return found.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/")).sort();
}

const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`) || (place === "node:" && file.startsWith(place));

const parsed = new Map<string, ts.SourceFile>();
function parse(file: string): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2023, true);
  parsed.set(file, known);
  return known;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => {
    visit(child, see);
  });
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function specifierOf(node: ts.Node): { text: string; typeOnly: boolean } | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { text: node.moduleSpecifier.text, typeOnly: isTypeOnly(node) };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return { text: node.arguments[0] && ts.isStringLiteral(node.arguments[0]) ? node.arguments[0].text : "?", typeOnly: false };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { text: node.argument.literal.text, typeOnly: true };
  }
  return undefined;
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  visit(parse(file), (node) => {
    const specifier = specifierOf(node);
    if (!specifier) return;
    const { text, typeOnly } = specifier;
    const target = text.startsWith(".") ? join(dirname(file), text).replaceAll("\\", "/").replace(/\.js$/, ".ts") : text;
    found.push({ file, target, typeOnly });
  });
  return found;
}

function packageOf(target: string): string {
  return target.split("/", target.startsWith("@") ? 2 : 1).join("/");
}

function mayImport(room: Room, { file, target, typeOnly }: Import): boolean {
  if (isIn(target, room.at) && room.at !== "rules") return true;
  if (room.imports.some((place) => isIn(target, place))) return true;
  if (typeOnly && room.types?.some((place) => isIn(target, place)) === true) return true;
  const holder = room.packages?.[packageOf(target)];
  return holder !== undefined && isIn(file, holder);
}

const isTypeScript = (file: string): boolean => file.endsWith(".ts");
const isGenerated = (file: string): boolean => readFileSync(join(root, file), "utf8").startsWith("// Generated by");
const sources = [...filesIn("src"), ...filesIn("rules")].filter(isTypeScript);
const roomOf = (file: string): Room | undefined => rooms.find(({ at }) => isIn(file, at));

describe("rooms", () => {
  test.each(rooms)("$at has files", ({ at }) => {
    expect(sources.filter((file) => isIn(file, at))).not.toEqual([]);
  });

  test("every source file stands in a room", () => {
    expect(sources.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  test.each(rooms)("$at imports only what its row allows", (room) => {
    const imports = sources.filter((file) => roomOf(file) === room).flatMap(importsOf);
    const refused = imports.filter((found) => !mayImport(room, found));
    expect(refused.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  test.each(rooms.flatMap(({ packages }) => Object.entries(packages ?? {})))("package %s is used in %s", (name, holder) => {
    const imports = sources.filter((file) => isIn(file, holder)).flatMap(importsOf);
    expect(imports.some(({ target }) => packageOf(target) === name)).toBe(true);
  });
});

describe("purity", () => {
  const pure = sources.filter((file) => isIn(file, "src/core") || isIn(file, "rules"));
  const banned = /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())|\bDate\s*\(\s*\)|\bMath\s*\.\s*random\b/;

  function bans(file: string): string[] {
    const found: string[] = [];
    visit(parse(file), (node) => {
      const isCall = ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isPropertyAccessExpression(node);
      if (isCall && banned.test(headOf(node))) found.push(`${file}: ${headOf(node)}`);
    });
    return found;
  }

  function headOf(node: ts.CallExpression | ts.NewExpression | ts.PropertyAccessExpression): string {
    if (ts.isPropertyAccessExpression(node)) return node.getText();
    const callee = node.expression.getText();
    return `${ts.isNewExpression(node) ? "new " : ""}${callee}(${node.arguments?.length ? "…" : ""})`;
  }

  test("core and rules know neither the clock nor chance", () => {
    expect(pure.flatMap(bans)).toEqual([]);
  });

  test.each(["Date.now()", "new Date()", "new Date", "Date()", "Math.random()"])("%s would be noticed", (code) => {
    const file = `code ${code}`;
    parsed.set(file, ts.createSourceFile(file, `const x = ${code};`, ts.ScriptTarget.ES2023, true));
    expect(bans(file)).not.toEqual([]);
  });

  test.each(["new Date(0)", "new Date(now)", "Date.UTC(2026, 0)", "Math.max(1, 2)"])("%s is fine", (code) => {
    const file = `code ${code}`;
    parsed.set(file, ts.createSourceFile(file, `const x = ${code};`, ts.ScriptTarget.ES2023, true));
    expect(bans(file)).toEqual([]);
  });
});

describe("size and names", () => {
  const written = [...sources, ...filesIn("scripts"), ...filesIn("bench"), ...filesIn("test")]
    .filter((file) => isTypeScript(file) && !isGenerated(file));
  const linesOf = (file: string): string[] => readFileSync(join(root, file), "utf8").trimEnd().split("\n");

  function longFunctions(file: string): string[] {
    const source = parse(file);
    const found: string[] = [];
    visit(source, (node) => {
      if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return;
      const start = source.getLineAndCharacterOfPosition(node.getStart()).line;
      const lines = source.getLineAndCharacterOfPosition(node.end).line - start + 1;
      if (lines > 50) found.push(`${file}:${String(start + 1)} has ${String(lines)} lines`);
    });
    return found;
  }

  test("no file has more than 300 lines", () => {
    expect(written.filter((file) => linesOf(file).length > 300)).toEqual([]);
  });

  /** A message is not cut in two, nor what an example expects. */
  const indivisible = /^\s*#.*\^|"[^"]{70,}"|`[^`]{70,}`|\/[^/]{70,}\//;

  test("no line has more than 140 characters", () => {
    const isLong = (line: string): boolean => line.length > 140 && !indivisible.test(line);
    const long = sources.filter((file) => !isGenerated(file)).flatMap((file) =>
      linesOf(file).flatMap((line, index) => (isLong(line) ? [`${file}:${String(index + 1)}`] : [])),
    );
    expect(long).toEqual([]);
  });

  test("no function has more than 50 lines", () => {
    expect(sources.filter((file) => !isGenerated(file)).flatMap(longFunctions)).toEqual([]);
  });

  test("no drawers", () => {
    const drawers = /^(utils?|helpers?|common|misc|shared)\b/;
    const parts = (file: string): string[] => [...dirname(file).split("/"), basename(file)];
    expect(written.filter((file) => parts(file).some((part) => drawers.test(part)))).toEqual([]);
  });

  test("a rule's file is named after its id", () => {
    const rules = filesIn("rules").filter((file) => dirname(file) === "rules" && isTypeScript(file) && file !== "rules/index.ts");
    const misnamed = rules.filter((file) => !readFileSync(join(root, file), "utf8").includes(`id: "${basename(file, ".ts")}"`));
    expect(misnamed).toEqual([]);
  });
});
