const units: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86_400],
]);

/** 0 means that no signal to kill follows, as does what is no time. */
function graceSeconds(text: string | undefined): number {
  const seconds = sleepSeconds(text) ?? 0;
  return seconds > 0 ? seconds : Infinity;
}

/** Seconds of one operand of sleep or timeout (`90`, `1.5m`, `infinity`): https://www.gnu.org/software/coreutils/sleep */
export function sleepSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\+?inf(?:inity)?[smhd]?$/i.test(text)) return Infinity;
  const parts = /^\+?(\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})([smhd]?)$/.exec(text);
  const unit = units.get(parts?.[2] ?? "");
  if (parts === null || unit === undefined) return undefined;
  return Math.round(Number(parts[1]) * unit * 1000) / 1000;
}

export interface TimeLimit {
  /** 0: none. */
  readonly seconds: number;
  /** How much longer the command may live, when it does not give in to the signal. */
  readonly grace: number;
  /** Every program ends at the signal that does not arrange for something else. */
  readonly ends: boolean;
  /** The version of BusyBox decides whether anything runs at all. */
  readonly optional: boolean;
  /** What it limits. */
  readonly rest: readonly (string | undefined)[];
}

const withValue = new Set(["-s", "--signal", "-k", "--kill-after"]);

/** Reads `timeout [options] seconds command …`, undefined when not everything before the command is known. */
export function timeLimit(operands: readonly (string | undefined)[]): TimeLimit | undefined {
  let index = 0;
  let grace = Infinity;
  let [ends, optional] = [true, false];
  for (; operands[index]?.startsWith("-") === true; index++) {
    const option = operands[index] ?? "";
    if (option === "--") {
      index++;
      break;
    }
    // BusyBox before 1.30 took the seconds as an option; all others refuse it.
    if (option.startsWith("-t")) {
      optional = true;
      if (option === "-t") continue;
      return undefined;
    }
    const value = withValue.has(option) ? operands[++index] : option.replace(/^(?:--[a-z-]+=|-[sk])/, "");
    if (/^(?:-k|--kill-after)/.test(option)) grace = graceSeconds(value);
    if (!/^(?:-s|--signal)/.test(option)) continue;
    if (/^(?:SIG)?KILL$|^9$/.test(value ?? "")) grace = 0;
    else ends = /^(?:SIG)?(?:TERM|HUP|INT|QUIT)$|^(?:15|1|2|3)$/.test(value ?? "");
  }
  const seconds = sleepSeconds(operands[index]);
  return seconds === undefined ? undefined : { seconds, grace, ends, optional, rest: operands.slice(index + 1) };
}
