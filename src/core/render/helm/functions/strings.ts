import { derived, made } from "../text.js";
import { bool, int, known, printed, type Value } from "../value.js";
import { type HelmFunction, type HelmFunctions, numberOf, ofTexts } from "./function.js";
import { chargeFor } from "../machine.js";
import { semverMatches } from "./semver.js";

/** Functions of texts that must be known. */
export const stringFunctions: HelmFunctions = {
  lower: changed((text) => text.toLowerCase()),
  upper: changed((text) => text.toUpperCase()),
  title: changed((text) => text.replace(/(^|\s)(\S)/g, (_, before: string, letter: string) => before + letter.toUpperCase())),
  untitle: changed((text) => text.replace(/(^|\s)(\S)/g, (_, before: string, letter: string) => before + letter.toLowerCase())),
  kebabcase: () => undefined,
  replace: ([from, to, text]) => {
    const [old, fresh] = [known(from), known(to)];
    return old === undefined || fresh === undefined ? undefined : changedText(text, (whole) => replaced(whole, old, fresh));
  },
  trimLeft: ofTexts((cut, text) => made(withoutStart(text, cut))),
  contains: ofTexts((part, text) => bool(text.includes(part))),
  hasPrefix: ofTexts((part, text) => bool(text.startsWith(part))),
  hasSuffix: ofTexts((part, text) => bool(text.endsWith(part))),
  repeat: ([count, text], machine) => {
    const [times, part] = [numberOf(count), known(text)];
    if (times === undefined || part === undefined || times < 0) return undefined;
    chargeFor(machine, times * part.length);
    return made(part.repeat(times));
  },
  plural: () => undefined,
  semverCompare: ofTexts((range, version) => {
    const matches = semverMatches(range, version);
    return matches === undefined ? undefined : bool(matches);
  }),
  toDecimal: ofTexts((text) => (/^[0-7]{1,10}$/.test(text) ? int(Number.parseInt(text, 8)) : undefined)),
};

/** Nobody writes a text that grows so much. */
const longest = 1_000_000;

function replaced(whole: string, old: string, fresh: string): string | undefined {
  return whole.length * (1 + fresh.length / Math.max(1, old.length)) > longest ? undefined : whole.replaceAll(old, () => fresh);
}

function changed(change: (text: string) => string): HelmFunction {
  return ([text]) => changedText(text, change);
}

function changedText(value: Value | undefined, change: (text: string) => string | undefined): Value | undefined {
  const whole = known(value);
  const text = value && printed(value);
  if (whole === undefined || (value?.kind === "nil" && value.soft)) return undefined;
  const fresh = change(whole);
  if (fresh === undefined) return undefined;
  return text ? derived(text, fresh) : made(fresh);
}

function withoutStart(text: string, cut: string): string {
  let from = 0;
  while (from < text.length && cut.includes(text.charAt(from))) from++;
  return text.slice(from);
}
