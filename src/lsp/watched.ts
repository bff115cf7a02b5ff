import { basename, dirname } from "node:path";
import type { FileEvent } from "vscode-languageserver";
import { settingsNames } from "../node/folder.js";
import { pathOf } from "./places.js";

/** Files that decide how others are judged. */
const decisiveNames: ReadonlySet<string> = new Set([
  ...settingsNames, ".gitignore", "Chart.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization",
]);

/** What the client is asked to watch: manifests are remembered with what was found in them. */
export const watchedGlobs = ["**/*.{yaml,yml,json}", "**/.gitignore", "**/Kustomization"] as const;

/** What changes on the disk mean: everything is judged anew, or only the manifests of some folders. */
export function whatChanged(changes: readonly FileEvent[]): { readonly decisive: boolean; readonly folders: ReadonlySet<string> } {
  const paths = changes.flatMap(({ uri }) => pathOf(uri) ?? []);
  return { decisive: paths.some((path) => decisiveNames.has(basename(path))), folders: new Set(paths.map((path) => dirname(path))) };
}
