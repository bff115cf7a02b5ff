import { type Container, type ContainerScript, textAt } from "#rule";
import { type Daemon, daemons } from "./daemon-programs.js";
import { imageName } from "./image.js";
import { fullRepository } from "./registry.js";

/** Asked for its version or its help, any program ends. */
const talks = /^(?:--?version|--?help|-h|-V|version|help)$/;

/** The daemon that a container certainly is. */
export function daemonOf(container: Container, script: ContainerScript | undefined): Daemon | undefined {
  const { image, command, args } = container;
  if (image.state === "unknown" || command.state === "unknown" || args.state === "unknown") return undefined;
  const found = command.state === "absent" ? fromImage(image.value ?? "", args) : (fromCommand(script) ?? fromWords(container));
  if (!found) return undefined;
  const { daemon, words } = found;
  const first = words.find((word) => !word.startsWith("-"));
  if (words.some((word) => talks.test(word) || daemon.ends?.some((end) => word === end || word.startsWith(`${end}=`)))) return undefined;
  // Behind an option a word may be the option's value.
  if (first === undefined || words[0] !== first || takesOperands.has(daemon.name)) return daemon;
  return daemon.words?.includes(first) || daemon.programs.includes(first) ? daemon : undefined;
}

/** Their operands are no commands: what they connect to. */
const takesOperands = new Set(["cloud-sql-proxy", "PgBouncer"]);

interface Started {
  readonly daemon: Daemon;
  readonly words: readonly string[];
}

function fromImage(image: string, args: Container["args"]): Started | undefined {
  const repository = fullRepository(imageName(image.trim())?.repository ?? "");
  const daemon = daemons.find(({ images }) => images.some((one) => repository.endsWith(`/${one}`)));
  const isDind = /(?:^|\/)docker:(?:[\w.-]*-)?dind\b/.test(image);
  const words = wordsOf(args);
  const found = isDind ? daemons.find(({ name }) => name === "dockerd") : daemon;
  return found && { daemon: found, words };
}

/** The words of a list; one that a template fills in as it is written, from its literal beginning on. */
export function wordsOf(list: Container["command"]): readonly string[] {
  return (list.value ?? []).map(({ value, place }) => value ?? textAt(place).replace(/^["']/, ""));
}

/** A program with arguments that a template fills in. */
function fromWords({ command, args }: Container): Started | undefined {
  const program = command.value?.[0]?.value?.split("/").at(-1);
  const daemon = daemons.find(({ programs }) => program !== undefined && programs.includes(program));
  return daemon && { daemon, words: [...wordsOf(command).slice(1), ...wordsOf(args)] };
}

/** A program that is started alone: with a shell around it, anything may end it. */
function fromCommand(script: ContainerScript | undefined): Started | undefined {
  const [only, another] = script?.commands ?? [];
  if (!only || another || only.where.isInBackground || only.behind.some((program) => program === "timeout")) return undefined;
  const daemon = daemons.find(({ programs }) => only.name !== undefined && programs.includes(only.name));
  return daemon && { daemon, words: only.args.map(({ lead }) => lead) };
}
