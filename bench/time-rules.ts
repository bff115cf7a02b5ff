/**
 * What the rules about time cost on the path that a lint run takes, as a share of reading and parsing the same documents:
 * `npm run bench` prints it.
 */
import { rules } from "../rules/index.js";
import type { AnyRule } from "../src/core/lint/rule.js";
import { lintReports } from "../src/core/lint/run.js";
import { defaultFileSettings } from "../src/core/lint/settings-file.js";
import { type StoredFact, workspaceDiagnostics } from "../src/core/lint/workspace.js";
import { read } from "../src/core/read/read.js";
import { document } from "./generate.js";
import { cpuMs, median } from "./measure.js";

const count = 2000;
const rounds = 15;

/** Those that ask when a run starts or how long it lasts. */
const asksForTime = new Set([
  "allow-pileup", "deadline-cuts-backoff", "deadline-exceeds-interval", "forbid-loses-ticks", "forbid-wedge", "history-limits-extreme",
  "hostport-overlap", "no-active-deadline", "pod-replacement-overlap", "replace-never-completes", "rwo-pvc-contention",
  "suspended-forgotten", "ttl-vs-history", "unsuspend-immediate-run",
]);
const isAboutTime = ({ id }: AnyRule): boolean => asksForTime.has(id) || /^(?:schedule|timezone|starting-deadline)-/.test(id);

/** Medians. */
export interface TimeRulesCost {
  readonly documents: number;
  readonly rounds: number;
  readonly rules: number;
  readonly readingMs: number;
  /** What a run with these rules alone takes beyond one without any. */
  readonly share: number;
}

/** Rounds are interleaved, so that a machine that slows down slows all of them, and the first ones only warm up. */
export function timeRulesCost(): TimeRulesCost {
  const sources = Array.from({ length: count }, (_, index) => ({ name: `${String(index)}.yaml`, text: document(index) }));
  const settings = defaultFileSettings({ now: Date.UTC(2026, 0, 5) });
  const timeRules = rules.filter(isAboutTime);
  const lint = (chosen: readonly AnyRule[]): number => cpuMs(() => {
    const units = sources.map((source): { readonly facts: readonly StoredFact[] } => ({ facts: lintReports(source, { rules: chosen, settings }).facts }));
    workspaceDiagnostics(units, chosen, []);
  });
  const reading: number[] = [];
  const shares: number[] = [];
  for (let round = 0; round < 2 * rounds; round++) {
    const spent = cpuMs(() => {
      for (const source of sources) read(source);
    });
    const share = (lint(timeRules) - lint([])) / spent;
    if (round < rounds) continue;
    reading.push(spent);
    shares.push(share);
  }
  return { documents: count, rounds, rules: timeRules.length, readingMs: median(reading), share: median(shares) };
}
