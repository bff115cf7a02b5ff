import type { Command, ContainerScript, Extent, ScriptCommand, Statement } from "#rule";

/** A loop that ends only when something out there has come about. */
export interface OpenWait {
  /** `until`, `while`. */
  readonly keyword: Extent;
  readonly extent: Extent;
  /** The program that asks: `nc`. */
  readonly what: string;
}

/** Nobody reads more of them. */
const most = 100;

type Loop = Extract<Command, { kind: "while" }>;

/** Loops with a sleep in them that ask again and again, and neither count nor look at the clock. */
export function openWaits(script: ContainerScript): readonly OpenWait[] {
  const loops: Loop[] = [];
  visit(script.tree?.statements ?? [], loops);
  return loops.slice(0, most).flatMap((loop) => {
    const commands = script.commands.filter(({ start, end }) => start >= loop.start && end <= loop.end);
    const bodyStart = loop.body[0]?.start ?? loop.end;
    const what = commands.find((command) => asks(command) && (command.start < bodyStart || isForEver(loop, commands)));
    if (what?.name === undefined || !isOpen(loop, commands, bodyStart)) return [];
    return [{ keyword: { start: loop.start, end: loop.start + 5 }, extent: loop, what: isTest(what) ? "a file" : what.name }];
  });
}

/** `while true; do nc -z db 5432 && break; sleep 1; done`. */
function isForEver(loop: Loop, commands: readonly ScriptCommand[]): boolean {
  const [first] = commands;
  const isTrue = first !== undefined && first.start < (loop.body[0]?.start ?? 0) && (first.name === "true" || first.name === ":");
  return isTrue && !loop.until && commands.some(({ name, where }) => name === "break" && where.isConditional);
}

const asking = new Set([
  ...["nc", "ncat", "netcat", "curl", "wget", "pg_isready", "psql", "mysqladmin", "mysql", "mariadb", "mariadb-admin", "redis-cli"],
  ...["mongosh", "mongo", "kubectl", "oc", "ping", "nslookup", "dig", "host", "getent", "telnet", "etcdctl", "vault", "cqlsh"],
  ...["rabbitmqctl", "rabbitmq-diagnostics", "aws"],
]);

function asks({ name, args }: ScriptCommand): boolean {
  if (isTest({ name })) return args.some(({ text }) => /^-[efs]$/.test(text ?? ""));
  return asking.has(name ?? "");
}

function isTest({ name }: Pick<ScriptCommand, "name">): boolean {
  return name === "[" || name === "test";
}

/** Nothing else in it can end it. */
function isOpen(loop: Loop, commands: readonly ScriptCommand[], bodyStart: number): boolean {
  const sleeps = commands.some(({ name, start }) => name === "sleep" && start >= bodyStart);
  if (!sleeps || hasArithmetic([...loop.condition, ...loop.body])) return false;
  return commands.every((command) => {
    const { name, args, start, behind, assignments } = command;
    if (behind.includes("timeout") || ["exit", "return", "let", "expr", "read", "kill"].includes(name ?? "")) return false;
    if (name === "break") return isForEver(loop, commands);
    if (isTest(command) && args.some(({ text }) => /^-(?:lt|le|gt|ge|ne|eq)$/.test(text ?? ""))) return false;
    const isCount = name === undefined && start >= bodyStart && !assignments.every(({ expanded }) => hasSubstitution(expanded));
    return !isCount;
  });
}

function hasSubstitution(words: readonly { readonly parts: readonly { readonly kind: string }[] }[]): boolean {
  return words.some(({ parts }) => parts.some(({ kind }) => kind === "substitution"));
}

/** `((i++))`, which is no simple command. */
function hasArithmetic(statements: readonly Statement[]): boolean {
  return statements.some(({ command }) => isArithmetic(command));
}

function isArithmetic(command: Command): boolean {
  if (command.kind === "arithmetic" || command.kind === "arithmetic-for") return true;
  if (command.kind === "and-or") return [command.first, ...command.rest.map((one) => one.command)].some(isArithmetic);
  if (command.kind === "if") return command.branches.some((branch) => hasArithmetic([...branch.condition, ...branch.body]));
  return command.kind === "group" && hasArithmetic(command.body);
}

/** Loops that are not part of another one that was found. */
function visit(statements: readonly Statement[], loops: Loop[]): void {
  for (const { command, background } of statements) if (!background) visitCommand(command, loops);
}

function visitCommand(command: Command, loops: Loop[]): void {
  switch (command.kind) {
    case "while":
      loops.push(command);
      return;
    case "for":
    case "group":
    case "subshell":
      return visit(command.body, loops);
    case "redirected":
      return visitCommand(command.command, loops);
    case "function":
      return visitCommand(command.body, loops);
    case "if":
      for (const { body } of command.branches) visit(body, loops);
      return visit(command.otherwise ?? [], loops);
    case "and-or":
      for (const one of [command.first, ...command.rest.map((each) => each.command)]) visitCommand(one, loops);
      return;
    default:
      return;
  }
}
