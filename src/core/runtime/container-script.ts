import { type Field, text, within } from "../model/field.js";
import { MASK, type TemplatedWord, templatedWord } from "../model/templated-word.js";
import type { Container } from "../model/workload.js";
import type { Place } from "../text/place.js";
import { shellInvocation, type Shell, type ShellFlags } from "./invocation.js";
import type { Extent, Script } from "./script.js";
import { commandsOf, directCommand, type ScriptCommand, type ScriptWord } from "./script-commands.js";
import { optionAt, type ShellOption } from "./script-options.js";
import { parseScript } from "./parsed-script.js";
import { imageFamily, type ImageFamily } from "./image-family.js";

/**
 * What a container's `command` and `args` run, as its shell reads it. Offsets count in the script, or, where there is no shell, in the
 * words of the one command with a blank between them; `at` finds them in the manifest.
 */
export interface ContainerScript {
  /** Undefined: one program is started without a shell. */
  readonly shell: ContainerShell | undefined;
  /** The tree; undefined where there is no shell. */
  readonly tree: Script | undefined;
  /** Every simple command in the order of the text, also those in functions, conditions and substitutions. */
  readonly commands: readonly ScriptCommand[];
  readonly at: (extent: Extent) => Place;
  /** Whether a shell option is in force where an offset stands: by the shell's own flags or by `set` before it. */
  readonly isOn: (option: ShellOption, offset: number) => boolean;
  /** False where a template adds commands or leaves some of these out. */
  readonly isWhole: boolean;
}

export interface ContainerShell {
  readonly name: Shell;
  readonly flags: ShellFlags;
  /** Which shell `sh` is in this image; undefined when the image does not say. */
  readonly family: "bash" | "ash" | "dash" | undefined;
  readonly image: ImageFamily | undefined;
  /** The argument that holds the script. */
  readonly script: Extract<Field<string>, { state: "present" }>;
}

type Words = readonly Extract<Field<string>, { state: "present" }>[];

/** Undefined where the image says what runs, where a template hides some of it, and where the script cannot be read. */
export function scriptOf(container: Container): ContainerScript | undefined {
  return scriptIn(container, present(container.command), present(container.args));
}

/**
 * The script of a container in which a template writes: what it writes is unknown, where it stands for a command so is every shell
 * option from there on, and its conditions stand for nothing. Undefined where the template could change how all of it is read.
 */
export function templatedScriptOf(container: Container): ContainerScript | undefined {
  const [command, args] = [written(container.command), written(container.args)];
  const [texts, others] = [command?.map(({ word }) => word), args?.map(({ word }) => word)];
  const script = scriptIn(container, texts, others);
  if (script === undefined || texts === undefined || others === undefined) return undefined;
  const before = script.shell ? [...texts, ...others].slice(0, [...texts, ...others].indexOf(script.shell.script)) : [];
  if (before.some(({ value }) => value.includes(MASK))) return undefined;
  const opened = script.commands.filter((one) => isHole(script, one.program) || setsUnknown(one)).map(({ start }) => start);
  return {
    ...script,
    commands: script.commands.map((one) => (isHole(script, one.program) ? { ...one, name: undefined, program: undefined, args: [] } : one)),
    isOn: (option, offset) => opened.some((start) => start < offset) || script.isOn(option, offset),
    isWhole: opened.length === 0 && [...(command ?? []), ...(args ?? [])].every(({ isWhole }) => isWhole),
  };
}

function isHole({ shell }: ContainerScript, program: ScriptWord | undefined): boolean {
  return program !== undefined && shell?.script.value.slice(program.start, program.start + 2).includes(MASK) === true;
}

/** `set {{ .Values.flags }}`. */
function setsUnknown({ name, args }: ScriptCommand): boolean {
  return name === "set" && args.some(({ text }) => text === undefined);
}

function scriptIn(container: Container, command: Words | undefined, args: Words | undefined): ContainerScript | undefined {
  if (command === undefined || args === undefined || command.length + args.length === 0) return undefined;
  const values = [...command, ...args].map(({ value }) => value);
  const invocation = shellInvocation(values, undefined);
  const script = invocation && [...command, ...args][invocation.scriptIndex.index];
  if (invocation === undefined || script === undefined) return withoutShell(container, command, args);
  const tree = parseScript(script.value);
  if (tree === undefined) return undefined;
  const { shell: name, flags } = invocation;
  const image = imageFamily(container.image.value ?? "");
  const commands = commandsOf(tree, environment(container));
  // Rules ask at many places, and no script sets more.
  const setting = commands.filter((one) => one.name === "set" || one.name === "trap").slice(0, 1000);
  return {
    shell: { name, flags, image, family: familyOf(name, image), script },
    tree,
    commands,
    at: ({ start, end }) => within(script, start, end),
    isOn: (option, offset) => optionAt(setting, flags, option, offset),
    isWhole: true,
  };
}

function withoutShell(container: Container, command: Words, args: Words): ContainerScript {
  const words = [...command, ...args];
  const own = command.length === 0 ? programOf(container.image.value ?? "", words[0]?.value) : undefined;
  const { command: direct, extents } = directCommand(own, words.map(({ value }) => value), environment(container));
  return {
    shell: undefined,
    tree: undefined,
    commands: [direct],
    at: (extent) => placeAmong(words, extents, extent),
    isOn: () => false,
    isWhole: true,
  };
}

function placeAmong(words: Words, extents: readonly Extent[], { start, end }: Extent): Place {
  const first = extents.findIndex((one) => start <= one.end);
  const last = extents.findLastIndex((one) => one.start < end || one.start <= start);
  const [word, until] = [words[first] ?? words[0], words[Math.max(first, last)]];
  const from = extents[first]?.start ?? 0;
  // There is at least one word, or there would be no script.
  if (word === undefined) throw new RangeError("no words");
  if (until === undefined || until === word || until.place.source !== word.place.source || until.place.start < word.place.end) {
    return within(word, Math.max(0, start - from), Math.min(end - from, word.value.length));
  }
  return { ...word.place, end: until.place.end };
}

/** Images whose entrypoint is one program, so that `args` alone are its arguments. */
const entrypoints: ReadonlyMap<string, string> = new Map([
  ["curl", "curl"],
  ["kubectl", "kubectl"],
  ["aws-cli", "aws"],
  ["rclone", "rclone"],
]);

function programOf(image: string, first: string | undefined): string | undefined {
  const name = image.replace(/[@].*$/, "").replace(/:[^/:]*$/, "").split("/").at(-1) ?? "";
  const program = entrypoints.get(name);
  return program === undefined || first === program || first?.startsWith("/") === true ? undefined : program;
}

function familyOf(shell: Shell, image: ImageFamily | undefined): ContainerShell["family"] {
  if (shell === "bash" || shell === "ash" || shell === "dash") return shell;
  if (shell === "busybox") return "ash";
  return shell === "sh" ? image?.sh : undefined;
}

/** Undefined when a template or a wrong type hides some of it. */
function present(list: Container["command"]): Words | undefined {
  if (list.state === "absent") return [];
  if (list.state === "unknown") return undefined;
  const words = list.value.flatMap((item) => (item.state === "present" ? [item] : []));
  return words.length === list.value.length ? words : undefined;
}

/** The words with what a template leaves of them. */
function written(list: Container["command"]): readonly TemplatedWord[] | undefined {
  if (list.state !== "present") return list.state === "absent" ? [] : undefined;
  const words = list.value.flatMap((item) => templatedWord(item) ?? []);
  return words.length === list.value.length ? words : undefined;
}

function environment({ env }: Container): ReadonlyMap<string, string | undefined> {
  const variables = new Map<string, string | undefined>();
  for (const variable of env.value ?? []) {
    const [name, value] = [text(variable, "name"), text(variable, "value")];
    if (name.state === "present") variables.set(name.value, value.value);
  }
  return variables;
}
