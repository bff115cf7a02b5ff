import type { AnyRule } from "../engine.js";
import type { Flags } from "./flags.js";
import { openKnownFindings } from "./known-findings.js";
import type { LintJob } from "./lint-job.js";
import type { Sieve } from "./sieve.js";
import { openSince } from "./since.js";
import type { World } from "./world.js";

/** What is worth saying now: what no baseline knows and, with --since, what a change touched or brought. Throws a UsageError. */
export function openNews(world: World, flags: Flags, rules: readonly AnyRule[], job: LintJob): Sieve {
  // The baseline sees all that is found, or it would take for resolved what another sieve holds back.
  const sieves = [openKnownFindings(world, flags, rules, job), openSince(world, flags, job)].filter((sieve) => sieve !== undefined);
  return {
    ofFile: (target, text, judgement, all) => sieves.reduce((rest, sieve) => sieve.ofFile(target, text, judgement, rest), all),
    ofWorkspace: (all) => sieves.reduce((rest, sieve) => sieve.ofWorkspace(rest), all),
    end: (outcome) => {
      for (const sieve of sieves) sieve.end(outcome);
    },
  };
}
