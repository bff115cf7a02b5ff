import { anyTime, beginning, either } from "./clock.js";
import type { Clock, Reason, Site } from "./clock.js";
import { createMemo } from "./memo.js";
import { argumentPlace, baseName, shellInvocation } from "./invocation.js";
import type { ArgumentPlace, Shell, ShellFlags } from "./invocation.js";
import { isBash, runProgram, runShell } from "./programs.js";
import type { Extent, Script } from "./script.js";
import { subshell } from "./state.js";
import type { Frame, ShellEnd, State, Work } from "./state.js";
import { runStatements } from "./statements.js";
import { setVariable } from "./variables.js";

/**
 * How long a script runs, in seconds. It counts what the script waits for; the moment that a shell or `echo` takes is 0, a command
 * that is not known takes any time, and a signal from outside does not count.
 */
export interface Estimate {
  /** No run is shorter, not even one that fails. Infinity: it never ends by itself. */
  readonly least: number;
  /** No run that succeeds is shorter; what rules speak about. */
  readonly leastOfSuccess: number;
  /** No run is longer; null when nothing bounds it. */
  readonly most: number | null;
  /** Every run succeeds, as far as a script alone can tell. */
  readonly succeeds: boolean;
  /** No run succeeds. */
  readonly fails: boolean;
  /** What takes the time, in the order of the text; its seconds add up to `leastOfSuccess`. */
  readonly evidence: readonly Evidence[];
  /** What `most` consists of; empty where that is null. */
  readonly bounds: readonly Evidence[];
}

/** One place of the script that takes time; offsets into the script. */
export interface Evidence extends Extent {
  /** `sleeps 100 s` */
  readonly text: string;
  readonly seconds: number;
}

export interface ShellSettings {
  readonly shell?: Shell;
  readonly flags?: ShellFlags;
}

/** How long a script runs; without settings as `sh -c` runs it, whichever shell `sh` is. */
export function estimateScript(script: Script, { shell = "sh", flags }: ShellSettings = {}): Estimate {
  return estimate((state, frame) => {
    state.errexit = flags?.errexit === true ? "on" : "off";
    state.nounset = flags?.nounset === true ? "on" : "off";
    runShell(script, state, { ...frame, bash: isBash(shell) });
  }, located);
}

/** Evidence in one word of a container's command; offsets into that word. */
export interface CommandEvidence extends Evidence {
  readonly place: ArgumentPlace;
}

export interface CommandEstimate extends Estimate {
  readonly evidence: readonly CommandEvidence[];
  readonly bounds: readonly CommandEvidence[];
}

/**
 * How long a container's `command` and `args` run: a script in a shell, or `sleep` and `timeout` themselves. Undefined when the image
 * says what runs. `args` without a command are taken for what runs, as with images that have no entrypoint.
 */
export function estimateCommand(
  command: readonly string[] | undefined,
  args: readonly string[] | undefined,
  environment: ReadonlyMap<string, string | undefined> = new Map(),
): CommandEstimate | undefined {
  if ((command?.length ?? 0) + (args?.length ?? 0) === 0) return undefined;
  return recent(JSON.stringify([command, args, [...environment]]), () => estimateWords(command, args, environment));
}

/** Fleets run the same in many places, and an editor asks again at each letter. */
const recent = createMemo<CommandEstimate>(64);

function estimateWords(
  command: readonly string[] | undefined,
  args: readonly string[] | undefined,
  environment: ReadonlyMap<string, string | undefined>,
): CommandEstimate {
  const words = [...(command ?? []), ...(args ?? [])];
  // The kubelet makes one dollar of two, so what runs is not what is written here:
  // https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
  if (words.some((word) => word.includes("$$") || refersTo(environment, word))) return nothingKnownOf;
  const scriptPlace = shellInvocation(command, args)?.scriptIndex;
  const run = (state: State, frame: Frame): void => {
    const site = { start: 0, end: 0, word: 0 };
    if (!words.some((word) => baseName(word) === "env")) for (const [name, value] of environment) setVariable(state, name, value);
    runProgram({ words, complete: true, site, before: "ok", ownInput: false, state, frame });
  };
  return estimate(run, (evidence, site, cause) => {
    if (site.word === undefined && scriptPlace !== undefined) return { ...evidence, place: scriptPlace };
    const index = Math.min(words.findIndex((word) => baseName(word) === cause) + 1, words.length - 1);
    return { ...evidence, start: 0, end: words[index]?.length ?? 0, place: argumentPlace(command, index) };
  });
}

const nothingKnownOf: CommandEstimate = {
  least: 0,
  leastOfSuccess: 0,
  most: null,
  succeeds: false,
  fails: false,
  evidence: [],
  bounds: [],
};

/** Whether the kubelet puts the value of a variable here. */
function refersTo(environment: ReadonlyMap<string, unknown>, word: string): boolean {
  return word.includes("$(") && [...word.matchAll(/\$\(([^()\s]{1,256})\)/g)].some(([, name = ""]) => environment.has(name));
}

type Locate<E extends Evidence> = (evidence: Evidence, site: Site, cause: Reason["cause"]) => E;

function located(evidence: Evidence): Evidence {
  return evidence;
}

type Run = (state: State, frame: Frame) => void;

type EstimateWith<E> = Estimate & { readonly evidence: readonly E[]; readonly bounds: readonly E[] };

function estimate<E extends Evidence>(run: Run, locate: Locate<E>): EstimateWith<E> {
  const { clock: every = anyTime, failed, succeeds, fails } = follow(run, true);
  const success = failed ? follow(run, false).clock : every;
  const { least, most } = every;
  const reached = success !== undefined && success.least > least ? success : every;
  return {
    least: rounded(least),
    leastOfSuccess: rounded(reached.least),
    most: Number.isFinite(most) ? rounded(most) : null,
    succeeds,
    fails,
    evidence: evidenceOf(reached.why, locate),
    bounds: Number.isFinite(most) ? evidenceOf(every.bound, locate) : [],
  };
}

const mostSteps = 50_000;

interface Followed {
  readonly clock: Clock | undefined;
  readonly failed: boolean;
  readonly succeeds: boolean;
  readonly fails: boolean;
}

function follow(run: Run, failures: boolean): Followed {
  const begun = { budget: mostSteps, failed: false, stubborn: false, nextJob: 0, depth: 0, anyRound: 0 };
  const work: Work = { ...begun, failures, run: runStatements };
  const shell: ShellEnd = { outermost: true, exited: undefined, stopped: undefined, trapped: false };
  const inside = { loop: undefined, call: undefined, guarded: false, last: true, piped: false, at: undefined, bash: undefined };
  const frame: Frame = { work, shell, ...inside };
  const end = subshell(nothingKnown(), frame, run, true);
  const { stopped } = shell;
  const clock = end !== undefined && stopped !== undefined ? either(end.clock, stopped) : (end?.clock ?? stopped);
  const status = stopped === undefined && !shell.trapped ? end?.status : undefined;
  return { clock, failed: work.failed, succeeds: stopped === undefined && end?.status === "ok", fails: status === "fail" };
}

function nothingKnown(): State {
  return {
    clock: beginning,
    alive: true,
    status: "ok",
    variables: new Map(),
    functions: new Map(),
    constants: new Set(),
    sourced: false,
    errexit: "off",
    nounset: "off",
    jobs: [],
  };
}

function evidenceOf<E extends Evidence>(last: Reason | undefined, locate: Locate<E>): readonly E[] {
  const groups = new Map<string, Reason[]>();
  for (let reason = last; reason !== undefined; reason = reason.before) {
    const { start, end, word } = reason.site;
    const key = [start, end, word, reason.cause].join(" ");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [reason]);
    else group.push(reason);
  }
  const found = [...groups.values()].flatMap((group) => {
    const [reason] = group;
    return reason === undefined ? [] : [locate(summary(reason, group), reason.site, reason.cause)];
  });
  return found.sort((one, other) => one.start - other.start);
}

function summary({ site: { start, end }, cause, seconds }: Reason, group: readonly Reason[]): Evidence {
  const total = rounded(group.reduce((sum, reason) => sum + reason.seconds, 0));
  return { start, end, text: wordsFor[cause](total, seconds, group), seconds: total };
}

type Words = (total: number, seconds: number, group: readonly Reason[]) => string;

const wordsFor: Readonly<Record<Reason["cause"], Words>> = {
  sleep: sleeps,
  timeout: (total) => `runs into its timeout of ${String(total)} s`,
  loop: () => "loops for ever",
  endless: () => "runs for ever",
  limit: (total, _, { length }) => (length === 1 ? `takes up to ${total} s` : `takes up to ${total} s in ${String(length)} calls`),
};

function sleeps(total: number, seconds: number, group: readonly Reason[]): string {
  if (total === Infinity) return "sleeps for ever";
  if (group.length === 1) return `sleeps ${total} s`;
  const same = group.every((reason) => reason.seconds === seconds);
  return same ? `sleeps ${seconds} s ${group.length} times` : `sleeps ${total} s in ${group.length} parts`;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
