import type { Diagnostic } from "../engine.js";
import type { Target } from "../node/targets.js";
import type { Judgement } from "./judging.js";

/** Lets some of the findings through. */
export interface Sieve {
  /** `text` is what the findings stand in. */
  readonly ofFile: (target: Target, text: string, judgement: Judgement, diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Of what was found when all objects were seen together. */
  readonly ofWorkspace: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Says on stderr what was held back, and what of it is no longer found. */
  readonly end: (outcome: { readonly faulty: boolean }) => void;
}

/** Lets everything through. */
export const open: Sieve = {
  ofFile: (_target, _text, _judgement, diagnostics) => diagnostics,
  ofWorkspace: (diagnostics) => diagnostics,
  end: () => undefined,
};
