import type { Severity } from "./rule.js";

const weights: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

export const weightOf = (severity: Severity): number => weights[severity];

/** The weaker of two severities. */
export function weaker(a: Severity, b: Severity): Severity {
  return weights[a] < weights[b] ? a : b;
}
