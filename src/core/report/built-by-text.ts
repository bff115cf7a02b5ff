import type { Palette } from "./palette.js";
import { visible } from "./visible.js";

/** Behind the name of an object that an overlay makes of a file: ` as overlays/prod builds it`. */
export function builtByText(builtBy: string | undefined, paint: Palette): string {
  return builtBy === undefined ? "" : paint.faint(` as ${visible(builtBy)} builds it`);
}
