import type { Summary } from "../engine.js";
import type { LintOptions } from "./lint-options.js";

/** What the exit code tells scripts. */
export const exitCode = { clean: 0, findings: 1, usage: 2, fault: 3 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What a run that went well comes to. */
export function codeFor({ errors, warnings, notes }: Summary, options: Pick<LintOptions, "failOn" | "mostWarnings">): ExitCode {
  const { failOn, mostWarnings } = options;
  if (failOn === "never") return exitCode.clean;
  const tooManyWarnings = warnings > (mostWarnings ?? 0);
  const failed =
    errors > 0 ||
    (mostWarnings !== undefined && tooManyWarnings) ||
    (failOn !== "error" && tooManyWarnings) ||
    (failOn === "info" && notes > 0);
  return failed ? exitCode.findings : exitCode.clean;
}
