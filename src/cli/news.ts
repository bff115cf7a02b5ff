import type { Flags } from "./flags.js";
import { openKnownFindings } from "./known-findings.js";
import type { Sieve } from "./sieve.js";
import { openSince } from "./since.js";
import type { World } from "./world.js";

/** What is worth saying now: what no baseline knows and, with --since, what a change touched or brought. Throws a UsageError. */
export function openNews(world: World, flags: Flags): Sieve {
  const sieves = [openSince(world, flags), openKnownFindings(world, flags)].filter((sieve) => sieve !== undefined);
  return {
    ofFile: (target, text, judgement, all) => sieves.reduce((rest, sieve) => sieve.ofFile(target, text, judgement, rest), all),
    ofWorkspace: (all) => sieves.reduce((rest, sieve) => sieve.ofWorkspace(rest), all),
    end: () => {
      for (const sieve of sieves) sieve.end();
    },
  };
}
