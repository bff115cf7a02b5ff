import type { Spot } from "../typed.js";

/** Adds a warning. It begins with the field's path, or with what else the server begins with. */
export type Warn = (spot: Spot, text: string, beginning?: string) => void;
