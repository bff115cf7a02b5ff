import type { Reading } from "../node/read-file.js";
import type { Watched } from "./watch.js";

/** Everything that a run takes from outside besides files, so that tests can put something else in its place. */
export interface World {
  readonly args: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly out: (text: string) => void;
  /** Talk. */
  readonly err: (text: string) => void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Columns of the terminal, if there is one. */
  readonly columns: number | undefined;
  readonly readStdin: () => Reading;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** The zone of the person who reads. */
  readonly timeZone: () => string;
  /** With `--watch`: hears what the run looks at, before it is read. */
  readonly watch?: (what: Watched) => void;
}

/** Nobody reads the results any more (`kronlint … | head`); there is no point in going on. */
export class ClosedPipe extends Error {}
