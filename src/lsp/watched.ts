import { basename, dirname } from "node:path";
import { FileChangeType, type FileEvent } from "vscode-languageserver";
import { mayInstall } from "../node/chart-values.js";
import { baselineName, settingsNames } from "../node/folder.js";
import { readTextFile } from "../node/read-file.js";
import { pathOf } from "./places.js";

/** Files that decide how others are judged. */
const decisiveNames: ReadonlySet<string> = new Set([
  ...settingsNames, baselineName, ".gitignore", "Chart.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization",
]);

/** What the client is asked to watch: manifests are remembered with what was found in them. */
export const watchedGlobs = ["**/*.{yaml,yml,json}", "**/.gitignore", "**/Kustomization"] as const;

/** What changes on the disk mean: everything is judged anew, or only the manifests of some folders. */
export function whatChanged(changes: readonly FileEvent[]): { readonly decisive: boolean; readonly folders: ReadonlySet<string> } {
  const paths = changes.flatMap(({ uri }) => pathOf(uri) ?? []);
  const decisive = paths.some((path) => decisiveNames.has(basename(path))) || changes.some(mayHaveInstalled);
  return { decisive, folders: new Set(paths.map((path) => dirname(path))) };
}

/** A file that is gone may have given charts their values as well. */
function mayHaveInstalled({ uri, type }: FileEvent): boolean {
  const path = pathOf(uri);
  if (path === undefined || !/\.ya?ml$/.test(path)) return false;
  const reading = readTextFile(path);
  return type === FileChangeType.Deleted || (reading.state === "read" && mayInstall(reading.text));
}
