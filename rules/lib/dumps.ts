import type { ContainerScript, ScriptCommand, ScriptWord } from "#rule";

/** A command that writes a copy of data into a file. */
export interface Dump {
  readonly command: ScriptCommand;
  /** The file or folder, as far as it is known. */
  readonly target: ScriptWord;
  readonly path: string;
}

interface Program {
  /** Options whose value is the target. */
  readonly options: readonly string[];
  /** Words that must be among the arguments. */
  readonly words?: readonly string[];
  /** The last operand is the target. */
  readonly operand?: boolean;
  /** What goes to its output is the dump. */
  readonly prints?: boolean;
  /** It then copies no data. */
  readonly unless?: RegExp;
}

/** From the manuals of these programs. */
const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ["pg_dump", { options: ["-f", "--file"], prints: true, unless: /^(?:-s|--schema-only)$/ }],
  ["pg_dumpall", { options: ["-f", "--file"], prints: true, unless: /^(?:-g|--globals-only|-s|--schema-only|-r|--roles-only)$/ }],
  ["pg_basebackup", { options: ["-D", "--pgdata"] }],
  ["mysqldump", { options: ["-r", "--result-file", "-T", "--tab"], prints: true, unless: /^(?:-d|--no-data)$/ }],
  ["mariadb-dump", { options: ["-r", "--result-file", "-T", "--tab"], prints: true, unless: /^(?:-d|--no-data)$/ }],
  ["mariabackup", { options: ["--target-dir"] }],
  ["xtrabackup", { options: ["--target-dir"] }],
  ["mongodump", { options: ["-o", "--out", "--archive"], prints: true }],
  ["mongoexport", { options: ["-o", "--out"], prints: true }],
  ["redis-cli", { options: ["--rdb"] }],
  ["etcdctl", { options: [], words: ["snapshot", "save"], operand: true }],
  ["consul", { options: [], words: ["snapshot", "save"], operand: true }],
  ["vault", { options: [], words: ["snapshot", "save"], operand: true }],
  ["influx", { options: [], words: ["backup"], operand: true }],
  ["influxd", { options: [], words: ["backup"], operand: true }],
  ["neo4j-admin", { options: ["--to", "--to-path", "--backup-dir"] }],
]);

/** Longer scripts are read so far. */
const most = 2000;

export function dumpsIn(script: ContainerScript): readonly Dump[] {
  return script.commands.slice(0, most).flatMap((command) => {
    const found = targetOf(command, script);
    const path = found && inFolder(found.path, command, script).replace(/\/{2,}/g, "/");
    const isFile = path !== undefined && path !== "" && path !== "-" && !path.startsWith("/dev/");
    return found && isFile ? [{ command, target: found.target, path }] : [];
  });
}

/** Where `cd /backup` has led to. */
function inFolder(path: string, { start }: ScriptCommand, { commands }: ContainerScript): string {
  if (path === "" || path.startsWith("/")) return path;
  const change = commands.findLast((one) => one.name === "cd" && one.start < start && !one.where.isInSubshell);
  const folder = change?.args[0]?.text ?? "";
  return folder.startsWith("/") && path !== "-" ? `${folder}/${path.replace(/^\.\//, "")}` : path;
}

interface Target {
  readonly target: ScriptWord;
  readonly path: string;
}

function targetOf(command: ScriptCommand, script: ContainerScript): Target | undefined {
  if (command.where.isSubstituted) return undefined;
  if (command.name === "tar") return ofTar(command, script);
  const program = programs.get(command.name ?? "");
  const { args } = command;
  if (!program || args.some(({ text }) => program.unless?.test(text ?? "") === true)) return undefined;
  if (program.words?.every((word) => args.some(({ text }) => text === word)) === false) return undefined;
  const ofOption = optionValue(args, program.options);
  if (ofOption) return ofOption;
  const last = args.at(-1);
  if (program.operand === true && last && !last.lead.startsWith("-")) return { target: last, path: last.lead };
  return program.prints === true ? outputOf(command, script) : undefined;
}

function optionValue(args: readonly ScriptWord[], names: readonly string[]): Target | undefined {
  for (const [index, word] of args.entries()) {
    const name = names.find((one) => word.lead === one || word.lead.startsWith(one.startsWith("--") ? `${one}=` : one));
    if (name === undefined) continue;
    const rest = word.lead.slice(name.length).replace(/^=/, "");
    if (rest !== "") return { target: word, path: rest };
    const next = args[index + 1];
    // `--archive` alone writes to the output.
    return word.text === name && next && !next.lead.startsWith("-") ? { target: next, path: next.lead } : undefined;
  }
  return undefined;
}

/** `tar czf /backup/x.tgz /data`, or `tar c /data > /backup/x.tar`. */
function ofTar(command: ScriptCommand, script: ContainerScript): Target | undefined {
  const { args } = command;
  const [first, second] = args;
  const flags = first?.text ?? "";
  const creates = /^-?[a-zA-Z]*c/.test(flags) || args.some(({ text }) => text === "--create" || /^-[a-zA-Z]*c[a-zA-Z]*$/.test(text ?? ""));
  if (!creates) return undefined;
  if (/^-?[a-zA-Z]*f$/.test(flags) && second) return { target: second, path: second.lead };
  return optionValue(args, ["--file", "-f"]) ?? clustered(args) ?? outputOf(command, script);
}

function clustered(args: readonly ScriptWord[]): Target | undefined {
  const at = args.findIndex(({ text }) => /^-[a-zA-Z]+f$/.test(text ?? ""));
  const target = at < 0 ? undefined : args[at + 1];
  return target && { target, path: target.lead };
}

/** Where its output goes in the end: a redirect of its own, or of the last one of its pipe. */
function outputOf({ redirects, where: { pipe } }: ScriptCommand, { commands }: ContainerScript): Target | undefined {
  const own = fileOf(redirects);
  if (own || !pipe) return own;
  const last = pipe.pipeline.commands.length - 1;
  const end = commands.find(({ where }) => where.pipe?.pipeline === pipe.pipeline && where.pipe.index === last);
  if (end === undefined) return undefined;
  return fileOf(end.redirects) ?? (end.name === "tee" || end.name === "dd" ? ofCopy(end) : undefined);
}

function ofCopy({ name, args }: ScriptCommand): Target | undefined {
  const target = args.find(({ lead }) => (name === "dd" ? lead.startsWith("of=") : !lead.startsWith("-")));
  return target && { target, path: target.lead.replace(/^of=/, "") };
}

function fileOf(redirects: ScriptCommand["redirects"]): Target | undefined {
  const file = redirects.find(({ operator, target }) => /^>[>|]?$/.test(operator) && target?.lead.startsWith("/dev/") === false);
  return file?.target && { target: file.target, path: file.target.lead };
}
