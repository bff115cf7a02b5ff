import { dirname, resolve } from "node:path";
import { type AnyRule, levelOf } from "../engine.js";
import { isWithin, shownPath } from "../node/path.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, UsageError } from "./flags.js";
import { createJudging } from "./judging.js";
import type { World } from "./world.js";

/** `--print-config PATH`: by what a run over this folder would judge a file, all decisions taken. The file need not exist. */
export function printConfigCommand(world: World, flags: Flags, rules: readonly AnyRule[]): ExitCode {
  const given = flags.text("print-config") ?? ".";
  const path = resolve(world.cwd, given);
  const shown = shownPath(world.cwd, path);
  const judgement = createJudging(world, flags, [isWithin(world.cwd, path) ? "." : dirname(path)], rules).of({ path, shown, named: true });
  if (judgement === undefined) throw new UsageError(`the settings for ${shown} are not valid, see above`);
  const { settings, settingsFile, selection } = judgement;
  const { kubernetes, delivery, timeZone, preset, runtimes, now, inlineIgnore } = settings;
  const levels = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1)).map((rule) => [rule.id, ruleSetting(rule, settings)]);
  const decided: Readonly<Record<string, unknown>> = {
    file: shown,
    settings: settingsFile === undefined ? null : shownPath(world.cwd, settingsFile),
    kubernetes,
    delivery,
    timeZone,
    preset,
    runtimes,
    include: selection.include,
    exclude: selection.exclude,
    ...(settings.helm === undefined ? {} : { helm: settings.helm }),
    inlineIgnore,
    // Only where it was given: the clock of this moment decides nothing.
    ...(now !== undefined && flags.text("now") !== undefined ? { now: new Date(now).toISOString() } : {}),
    rules: Object.fromEntries(levels),
  };
  world.out(`${JSON.stringify(decided, null, 2)}\n`);
  return exitCode.clean;
}

/** The level, with the options where some are set. */
function ruleSetting(rule: AnyRule, settings: Parameters<typeof levelOf>[1]): unknown {
  const level = levelOf(rule, settings);
  const written = settings.rules[rule.id];
  return typeof written === "object" ? [level, written[1]] : level;
}
