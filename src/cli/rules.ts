import { type AnyRule, displayWidth, palette, ruleUrl } from "../engine.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, oneOf, UsageError } from "./flags.js";
import { usesColour } from "./lint-options.js";
import type { World } from "./world.js";

/** `kronlint rules`: every rule with its level. */
export function rulesCommand(world: World, flags: Flags, rest: readonly string[], rules: readonly AnyRule[]): ExitCode {
  const [extra] = rest;
  if (extra !== undefined) {
    throw new UsageError(`rules takes no argument; one rule: kronlint explain ${extra}; a folder of that name: ./rules`);
  }
  const format = oneOf("format", flags.text("format"), ["text", "json"]);
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  world.out(format === "json" ? asJson(sorted) : asTable(sorted, usesColour(world, flags)));
  return exitCode.clean;
}

function asJson(rules: readonly AnyRule[]): string {
  const described = rules.map(({ id, summary, category, severity, options }) => ({
    id,
    summary,
    category,
    severity,
    url: ruleUrl(id),
    ...(options === undefined ? {} : { options }),
  }));
  return `${JSON.stringify(described, null, 2)}\n`;
}

function asTable(rules: readonly AnyRule[], colour: boolean): string {
  const paint = palette(colour);
  const width = Math.max(...rules.map(({ id }) => displayWidth(id)));
  const rows = rules.map(({ id, severity, summary }) => {
    return `${paint.bold(id.padEnd(width))}  ${paint.severity(severity, severity.padEnd(7))}  ${summary}\n`;
  });
  return `${rows.join("")}\n${rules.length} rules; more about one: kronlint explain ${rules[0]?.id ?? "RULE"}\n`;
}
