import type { Extent, ScriptCommand, ScriptWord } from "#rule";
import { promiseOf } from "./secret-names.js";
import { isLiteral, isSecret, looksRandom } from "./secret-texts.js";

export interface PasswordOption {
  readonly at: Extent;
  /** As written, without its value: `--password`. */
  readonly option: string;
}

interface ShortOption {
  readonly programs: readonly string[];
  readonly option: string;
  /** The password stands in the same word. */
  readonly glued: boolean;
  readonly source: string;
}

const mysql = ["mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlcheck", "mysqlpump"];
const mariadb = ["mariadb", "mariadb-dump", "mariadb-admin", "mariabackup", "xtrabackup"];

/** Short options that take a password, by program. */
const shortOptions: readonly ShortOption[] = [
  {
    programs: [...mysql, ...mariadb],
    option: "-p",
    glued: true,
    source: "https://dev.mysql.com/doc/refman/8.4/en/connection-options.html",
  },
  {
    programs: ["mongo", "mongosh", "mongodump", "mongorestore", "mongoexport", "mongoimport"],
    option: "-p",
    glued: false,
    source: "https://www.mongodb.com/docs/database-tools/mongodump/",
  },
  { programs: ["sshpass"], option: "-p", glued: true, source: "https://linux.die.net/man/1/sshpass" },
  { programs: ["redis-cli", "valkey-cli"], option: "-a", glued: false, source: "https://redis.io/docs/latest/develop/tools/cli/" },
  {
    programs: ["ldapsearch", "ldapmodify", "ldapadd", "ldapdelete"],
    option: "-w",
    glued: false,
    source: "https://www.openldap.org/software/man.cgi?query=ldapsearch",
  },
  { programs: ["sqlcmd", "bcp"], option: "-P", glued: false, source: "https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility" },
];

/** What HTTP clients call a credential in a header. */
const header =
  /^(?:(?:proxy-)?authorization|(?:x-)?api-key|private-token|x-(?:vault|auth)-token): ?(?:(?:bearer|basic|token) )?(\S{6,2000})$/i;

/** In an editor the same commands come back at each letter. */
const known = new WeakMap<ScriptCommand, readonly PasswordOption[]>();

/** Words of a command that hold a password which is written there. */
export function passwordOptions(command: ScriptCommand): readonly PasswordOption[] {
  const found = known.get(command) ?? findOptions(command);
  known.set(command, found);
  return found;
}

function findOptions(whole: ScriptCommand): readonly PasswordOption[] {
  const command = withoutProgram(whole);
  return command.args.flatMap((word, index) => {
    const text = literalOf(word);
    if (text === undefined || !mayHold(command, text)) return [];
    const ways = [longOption(command, index, text), shortOption(command, index, text), login(command, index, text)];
    return [...ways, exported(command, word, text)].flatMap((found) => [...found]);
  });
}

/** Programs that send a login or a header, and those that set variables. */
const clients: ReadonlySet<string> = new Set(["curl", "wget", "http", "https", "xh"]);
const setters: ReadonlySet<string> = new Set(["export", "declare", "local", "readonly", "typeset", "env"]);

/** Most words are no option, and need no closer look. */
function mayHold({ name = "" }: ScriptCommand, text: string): boolean {
  return text.startsWith("-") || clients.has(name) || setters.has(name);
}

const nowhere: Extent = { start: 0, end: 0 };

/** Arguments of the image's own program: the first of them is no program. */
function withoutProgram(command: ScriptCommand): ScriptCommand {
  const { program, args } = command;
  return program?.lead.startsWith("-") ? { ...command, name: undefined, args: [program, ...args] } : command;
}

/** The word itself, if nothing in it is worked out later. */
export function literalOf({ text, parts, start, end }: ScriptWord): string | undefined {
  if (parts.length > 0) return parts.every(({ kind }) => kind === "text") ? text : undefined;
  return text?.length === end - start ? text : undefined;
}

/** Long names behind one dash: `-password`. What begins with another p, or has capitals, may be `-p` with the password itself. */
const singleDashed = /^(?:[a-oq-z]|pass(?:word|wd|phrase|$))[a-z\d._-]*$/;

function* longOption(command: ScriptCommand, index: number, text: string): Iterable<PasswordOption> {
  const { args } = command;
  // `-pMyPassword1` holds the password itself; taken for the name of an option it would be printed.
  if (shortOptionOf(command, text)) return;
  const [, option, name = "", glued] = /^(--?([A-Za-z][\w.-]{2,60}))(?:=(.*))?$/s.exec(text) ?? [];
  const promise = promiseOf(name);
  if (option === undefined || (!option.startsWith("--") && !singleDashed.test(name))) return;
  const literal = /^--from-literal$/.test(option) ? /^([\w.-]{1,100})=(.*)$/s.exec(glued ?? "") : undefined;
  if (literal) {
    if (isSecret(promiseOf(literal[1] ?? ""), literal[2] ?? "")) yield { at: args[index] ?? nowhere, option };
    return;
  }
  const word = glued === undefined ? args[index + 1] : args[index];
  const value = glued ?? (word && literalOf(word)) ?? "";
  if (word && !value.startsWith("-") && isSecret(promise, value)) yield { at: word, option };
}

function shortOptionOf({ name }: ScriptCommand, text: string): ShortOption | undefined {
  if (text.startsWith("--")) return undefined;
  return shortOptions.find(({ programs, option }) => programs.includes(name ?? "") && text.startsWith(option));
}

function* shortOption(command: ScriptCommand, index: number, text: string): Iterable<PasswordOption> {
  const { name, args } = command;
  const short = shortOptionOf(command, text);
  if (!short) return;
  const { option, glued } = short;
  const own = text.slice(option.length);
  const next = args[index + 1];
  if (own !== "" && glued && isLiteral(own)) yield { at: args[index] ?? nowhere, option };
  if (own !== "" || !next || (glued && name !== "sshpass")) return;
  const value = literalOf(next) ?? "";
  if (isLiteral(value) && !value.startsWith("-")) yield { at: next, option };
}

/** `curl -u user:password`, `curl -H 'Authorization: Bearer …'`. */
function* login({ name, args }: ScriptCommand, index: number, text: string): Iterable<PasswordOption> {
  if (!clients.has(name ?? "")) return;
  const [before, at] = [args[index - 1]?.text, args[index]];
  if (!at) return;
  if (name === "curl" && (before === "-u" || before === "--user") && isLogin(text)) yield { at, option: before };
  const value = header.exec(text.replace(/^(?:--header=|-H)\s*/, ""))?.[1];
  if (value !== undefined && isLiteral(value) && (looksRandom(value) || /basic\s/i.test(text))) yield { at, option: "a header" };
}

function isLogin(text: string): boolean {
  const [, password] = /^[^:\s]{1,100}:(\S{1,200})$/.exec(text) ?? [];
  return password !== undefined && isLiteral(password);
}

/** `export PGPASSWORD=hunter2`: the name of the variable. */
function* exported({ name }: ScriptCommand, at: ScriptWord, text: string): Iterable<PasswordOption> {
  if (!setters.has(name ?? "")) return;
  const [, variable, value] = /^([A-Za-z_]\w{0,100})=(.*)$/s.exec(text) ?? [];
  if (variable !== undefined && isSecret(promiseOf(variable), value ?? "")) yield { at, option: variable };
}
