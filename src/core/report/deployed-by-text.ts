import type { Palette } from "./palette.js";
import { visible } from "./visible.js";

/** Behind the name of an object that something deploys in its own way: ` as overlays/prod deploys it`. */
export function deployedByText(deployedBy: string | undefined, paint: Palette): string {
  return deployedBy === undefined ? "" : paint.faint(` as ${visible(deployedBy)} deploys it`);
}
