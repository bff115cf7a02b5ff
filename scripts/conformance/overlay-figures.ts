import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { comparedOverlays, type ComparedOverlay, comparedRecorded, kustomizeProgram } from "./overlays.js";

const projects = fileURLToPath(new URL("../../fixtures/projects", import.meta.url));

/** Prints how far kronlint and Kustomize agree about what kustomizations make. */
export function showOverlays(folders: readonly string[]): void {
  show("recorded kustomizations", comparedRecorded());
  const program = kustomizeProgram();
  if (program === undefined) return console.log("kustomizations of projects: Go or the modules of Kustomize are missing");
  show("kustomizations of fixtures/projects", comparedOverlays(projects, program));
  for (const folder of folders) show(`kustomizations below ${folder}`, comparedOverlays(resolve(folder), program));
}

function show(what: string, all: readonly ComparedOverlay[]): void {
  const built = all.filter(({ refused }) => refused === undefined);
  const sum = (of: (one: ComparedOverlay) => number): number => built.reduce((total, one) => total + of(one), 0);
  const differences = sum((one) => one.differences.length);
  const scalars = sum((one) => one.scalars);
  const refused = all.length - built.length;
  const parts = [`${String(scalars - differences)} of ${String(scalars)} scalars agree`, `${String(sum((one) => one.unknown))} unknown`];
  console.log(`${what}: ${String(built.length)} built, ${String(refused)} that Kustomize refuses; ${parts.join(", ")}`);
  for (const one of built) for (const difference of one.differences) console.log(`  ${one.folder}: ${difference.slice(0, 300)}`);
}
