import type { Command, ContainerScript, Extent, ScriptCommand, Statement } from "#rule";

/** Commands that hardly fail, or whose failure tells nothing about the work. */
const harmless = new Set([
  ...["echo", "printf", "date", "sleep", "export", "local", "readonly", "declare", "typeset", "unset", "set", "trap", "shopt", "umask"],
  ...["ulimit", "true", "false", ":", "exit", "return", "break", "continue", "shift", "read", "test", "[", "wait", "kill", "command"],
  ...["type", "which", "alias", "env", "printenv", "whoami", "id", "hostname", "pwd", "ls", "cat", "df", "du", "free", "ps", "uname"],
  ...["uptime", "nproc", "seq", "yes", "basename", "dirname", "tee", "head", "tail", "wc", "sort", "uniq", "tr", "cut", "stat", "tree"],
  ...["sync", "clear", "logger", "pkill", "killall", "grep", "egrep", "fgrep", "awk", "gawk", "sed", "jq", "yq", "find", "column", "diff"],
  ...["history", "let", "eval", "mapfile", "readarray"],
]);

/** Commands that prepare: what comes behind them fails too when they did. */
const preparing = new Set([
  ...["cd", "pushd", "popd", "mkdir", "chmod", "chown", "touch", "cp", "mv", "ln", "rm", "rmdir", "source", ".", "apk", "apt-get", "apt"],
  ...["yum", "dnf", "microdnf", "pip", "pip3", "npm", "yarn", "pnpm", "gem", "bundle", "export", "tar", "unzip", "gunzip", "install"],
  ...["git", "ssh-keyscan"],
]);

/** Whether it could fail in a way that matters to the work; a name that only the run knows counts. */
export function mayFail({ name, program, args }: ScriptCommand): boolean {
  if (program === undefined) return false;
  if (name === "rm") return !args.some(({ lead }) => /^-[a-zA-Z]*f/.test(lead));
  if (name === "mkdir") return !args.some(({ lead }) => /^-[a-zA-Z]*p|^--parents/.test(lead));
  return name === undefined || !harmless.has(name);
}

/** Of these hardly one fails, and the work behind them notices it. */
const trivial = new Set(["mkdir", "chmod", "chown", "touch", "ln", "rm", "rmdir", "source", ".", "ssh-keyscan"]);

export function isTrivial({ name }: ScriptCommand): boolean {
  return trivial.has(name ?? "");
}

const installers = new Set(["apk", "apt-get", "apt", "yum", "dnf", "microdnf", "pip", "pip3", "npm", "yarn", "pnpm", "gem"]);
const installing = new Set(["add", "install", "update", "upgrade", "ci"]);

/** Whether it only brings programs that what follows calls. */
export function installs({ name, args }: ScriptCommand): boolean {
  return installers.has(name ?? "") && args.some(({ text }) => text !== undefined && installing.has(text));
}

export function onlyPrepares({ name, args }: ScriptCommand): boolean {
  if (name === "kubectl" || name === "oc") return args.some(({ text }) => text === "delete");
  return name !== undefined && preparing.has(name);
}

/** Whether the author looks at exit statuses by hand: asks for `$?`, or exits with one of his own. */
export function handlesFailures({ commands, shell }: ContainerScript): boolean {
  if (/\$\?|\$\{\?|PIPESTATUS/.test(shell?.script.value ?? "")) return true;
  return commands.some(({ name, args }) => (name === "exit" || name === "return") && args[0] !== undefined && args[0].text !== "0");
}

/** Whether `|| exit 1` or the like stands behind it, also with some words before: its failure is to end the run. */
export function endsRun({ commands, shell }: ContainerScript, command: ScriptCommand): boolean {
  const text = shell?.script.value ?? "";
  const next = firstFrom(commands, command.end);
  const [first, second] = commands.slice(next, next + 2);
  const between = first === undefined ? "" : text.slice(command.end, first.start).replace(/\s/g, "");
  return (between === "||" && isFailingExit(first)) || (/^\|\|[{(]$/.test(between) && (isFailingExit(first) || isFailingExit(second)));
}

function isFailingExit(command: ScriptCommand | undefined): boolean {
  return (command?.name === "exit" || command?.name === "return") && command.args[0]?.text !== "0";
}

/**
 * What ends a loop or the run when the command succeeds: `./poll && break`. Its failure is no loss, since another try comes, and
 * `set -e` would not end the script there.
 */
export function wayOut({ commands, shell }: ContainerScript, command: ScriptCommand): ScriptCommand | undefined {
  const text = shell?.script.value ?? "";
  let index = firstFrom(commands, command.end);
  let end = command.end;
  for (let rounds = 0; rounds < 5; rounds++) {
    const next = commands[index++];
    const between = next && text.slice(end, next.start).replace(/\s/g, "");
    if (next === undefined || !(rounds === 0 ? /^&&\{?$/ : /^(?:&&|;)?$/).test(between ?? "")) return undefined;
    if (["break", "continue", "exit", "return"].includes(next.name ?? "")) return next;
    end = next.end;
  }
  return undefined;
}

/** Commands stand in the order of the text, and scripts may be long. */
function firstFrom(commands: readonly ScriptCommand[], offset: number): number {
  let [low, high] = [0, commands.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((commands[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Commands whose failure the script's own status does not tell, since more commands follow and errexit is off. In the order of the text. */
export function lostFailures(script: ContainerScript): readonly ScriptCommand[] {
  const extents = lostIn(script.tree?.statements ?? []);
  let next = 0;
  return script.commands.filter((command) => {
    while ((extents[next]?.end ?? Infinity) <= command.start) next++;
    return (extents[next]?.start ?? Infinity) <= command.start && isLost(command, script);
  });
}

function isLost(command: ScriptCommand, script: ContainerScript): boolean {
  const { isOn } = script;
  const { where: { isTested, isSubstituted, isDefinition, isInBackground, pipe }, start } = command;
  if (isTested || isSubstituted || isDefinition || isInBackground || !mayFail(command) || isOn("errexit", start)) return false;
  if (wayOut(script, command)) return false;
  return pipe === undefined || pipe.index === pipe.pipeline.commands.length - 1 || isOn("pipefail", start);
}

/** What does not decide over the status of a list. */
function lostIn(statements: readonly Statement[]): readonly Extent[] {
  const last = statements.at(-1);
  return last === undefined ? [] : [...statements.slice(0, -1), ...(last.background ? [] : lostInLast(last.command))];
}

function lostInLast(command: Command): readonly Extent[] {
  switch (command.kind) {
    case "while":
    case "for":
    case "arithmetic-for":
      // The last round decides.
      return command.body;
    case "if":
      return [...command.branches.flatMap(({ body }) => lostIn(body)), ...lostIn(command.otherwise ?? [])];
    case "case":
      return command.items.flatMap(({ body }) => lostIn(body));
    case "group":
    case "subshell":
      return lostIn(command.body);
    case "redirected":
      return lostInLast(command.command);
    case "pipeline":
      return command.commands.slice(-1).flatMap(lostInLast);
    case "and-or":
      return [command.first, ...command.rest.map((one) => one.command)].flatMap(lostInLast);
    default:
      return [];
  }
}

/** What the script's last statement makes of its status, when errexit is off there. */
export function lastStatus({ tree, commands, isOn }: ContainerScript): "always 0" | "open" {
  const last = tree?.statements.at(-1);
  const command = last && commands.find(({ start }) => start === last.start);
  if (last?.command.kind !== "simple" || command === undefined || isOn("errexit", command.start)) return "open";
  return isSuccess(command) ? "always 0" : "open";
}

/** `true`, `:`, `exit 0`. */
export function isSuccess({ name, args }: ScriptCommand): boolean {
  return name === "true" || name === ":" || (name === "exit" && args[0]?.text === "0");
}

/** `set +e`: somebody has thought of it, and decided otherwise. */
export function turnsErrexitOff({ name, args }: ScriptCommand): boolean {
  if (name !== "set") return false;
  return args.some(({ text }, index) => /^\+\w*e/.test(text ?? "") || (text === "+o" && args[index + 1]?.text === "errexit"));
}
