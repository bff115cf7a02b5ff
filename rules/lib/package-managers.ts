import type { ScriptCommand } from "#rule";

/** A command that fetches and installs packages. */
export interface Installation {
  /** `apt-get install`. */
  readonly name: string;
  /** Writes where only root may write. */
  readonly needsRoot: boolean;
  /** It asks whether to go on, unless it is told. */
  readonly asks: boolean;
}

interface Manager {
  readonly verbs: readonly string[];
  readonly needsRoot: boolean;
  /** What keeps it from asking; undefined: it never asks. */
  readonly silent?: RegExp;
}

const yes = /^-[a-zA-Z]*y|^--(?:yes|assume-?yes|assumeno|download-only|dry-run)$|^-s$|^-q{2,}/;

const managers: ReadonlyMap<string, Manager> = new Map<string, Manager>([
  ["apt-get", { verbs: ["install"], needsRoot: true, silent: yes }],
  ["apt", { verbs: ["install"], needsRoot: true, silent: yes }],
  ["yum", { verbs: ["install"], needsRoot: true, silent: yes }],
  ["dnf", { verbs: ["install"], needsRoot: true, silent: yes }],
  ["microdnf", { verbs: ["install"], needsRoot: true }],
  ["tdnf", { verbs: ["install"], needsRoot: true, silent: yes }],
  ["zypper", { verbs: ["install", "in"], needsRoot: true, silent: /^-n$|^--non-interactive$|^-[a-zA-Z]*y/ }],
  ["apk", { verbs: ["add"], needsRoot: true }],
  ["pip", { verbs: ["install"], needsRoot: false }],
  ["pip3", { verbs: ["install"], needsRoot: false }],
  ["npm", { verbs: ["install", "i", "ci"], needsRoot: false }],
  ["yarn", { verbs: ["install", "add"], needsRoot: false }],
  ["pnpm", { verbs: ["install", "add", "i"], needsRoot: false }],
  ["gem", { verbs: ["install"], needsRoot: false }],
  ["bundle", { verbs: ["install"], needsRoot: false }],
  ["cargo", { verbs: ["install"], needsRoot: false }],
  ["composer", { verbs: ["install", "require"], needsRoot: false }],
]);

export function installationOf({ name = "", args }: ScriptCommand): Installation | undefined {
  if (!managers.has(name) && !name.startsWith("python")) return undefined;
  const words = args.map(({ text, lead }) => text ?? lead);
  const isModule = /^python[\d.]*$/.test(name) && words[0] === "-m" && /^pip3?$/.test(words[1] ?? "");
  const [program, rest] = isModule ? ["pip", words.slice(2)] : [name, words];
  const manager = managers.get(program);
  const verb = rest.find((word) => !word.startsWith("-"));
  if (!manager || verb === undefined || !manager.verbs.includes(verb) || isLocal(rest)) return undefined;
  const { silent, needsRoot } = manager;
  const asks = silent !== undefined && !rest.some((word) => silent.test(word));
  return { name: `${program} ${verb}`, needsRoot, asks };
}

/** From what is in the image already. */
function isLocal(words: readonly string[]): boolean {
  return words.some((word) => /^--(?:no-index|offline|no-network|help|version|local)$/.test(word));
}
