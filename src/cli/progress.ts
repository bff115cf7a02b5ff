import { visible } from "../engine.js";
import type { World } from "./world.js";

/** A line on a terminal that says how far a long run is. */
export interface Progress {
  readonly show: (files: number, current: string) => void;
  /** To be called before anything else is printed. */
  readonly clear: () => void;
}

const patience = 1000;
const pace = 100;

/** Silent in the first second, and when standard error is no terminal. */
export function createProgress(world: World): Progress {
  let next = world.clock() + patience;
  let isShown = false;
  return {
    show: (files, current) => {
      if (!world.errIsTerminal) return;
      const now = world.clock();
      if (now < next) return;
      next = now + pace;
      isShown = true;
      world.err(`\r\u001b[K${files} files … ${visible(current).slice(0, 60)}`);
    },
    clear: () => {
      if (isShown) world.err("\r\u001b[K");
      isShown = false;
    },
  };
}
