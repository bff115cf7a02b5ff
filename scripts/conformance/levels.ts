import { readFileSync, writeFileSync } from "node:fs";
import { differencesFile, levelsFile } from "./cases.js";
import type { Compared } from "./compared.js";
import { type Difference, differencesJson, differencesOf } from "./differences.js";
import { type Figure, figuresJson, figuresOf, raised } from "./figures.js";

export const readLevels = (): readonly Figure[] => JSON.parse(readFileSync(levelsFile, "utf8")) as readonly Figure[];
export const readDifferences = (): readonly Difference[] => JSON.parse(readFileSync(differencesFile, "utf8")) as readonly Difference[];

/** Commits to what is reached: levels are never lowered, and reasons that are known are kept. */
export function writeLevels(compared: readonly Compared[]): void {
  writeFileSync(levelsFile, figuresJson(raised(readLevels(), figuresOf(compared))));
  writeFileSync(differencesFile, differencesJson(differencesOf(compared, readDifferences())));
}
