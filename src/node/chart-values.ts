import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DeployedValues, type Deployment, deploymentsIn, type Source } from "../engine.js";
import { type Folders, pathFrom, upward } from "./folder.js";
import { isWithin } from "./path.js";
import { deliverySign, firstManifests } from "./project.js";

/** What one object of Argo CD or Flux gives a chart: one installation of it. */
export interface ChartValues extends DeployedValues {
  /** The file in which that object stands, named by its path from the top of the repository; places of `values` are in it. */
  readonly source: Source;
  /** `files` of the installation: absolute paths, whether they exist or not. */
  readonly files: readonly string[];
}

/**
 * One entry for each Application or HelmRelease in the tree that installs the chart of a folder (absolute path), none if no one does. Each
 * is to be evaluated for itself: `values.yaml` of the chart, then `files` in their order, then `values`, then `parameters`
 * (as `--set`), later ones winning. Where `open` is true, further values may come from elsewhere.
 */
export type ChartValuesFor = (folder: string) => readonly ChartValues[];

/** Looks through the folders that are linted anyway, and only when it is first asked. */
export function createChartValues(linted: readonly string[], folders: Folders): ChartValuesFor {
  const known = new Map<string, readonly Deployment[]>();
  return (folder) => {
    const top = topOf(folder, linted, folders);
    const deployments = known.get(top) ?? deploymentsBelow(top);
    known.set(top, deployments);
    const from = pathFrom(top, folder);
    const absolute = (file: string): string => join(file.startsWith("/") ? top : folder, file);
    return deployments
      .filter(({ path }) => !path.includes("*") && steps(path).join("/") === from)
      .map(({ source, values }) => ({ ...values, source, files: values.files.map(absolute) }));
  };
}

function topOf(folder: string, linted: readonly string[], folders: Folders): string {
  const repository = [...upward(folders(folder))].find(({ isRepository }) => isRepository)?.path;
  return repository ?? linted.find((top) => isWithin(top, folder)) ?? folder;
}

function deploymentsBelow(top: string): readonly Deployment[] {
  return [...firstManifests(top)].flatMap((path) => {
    const text = textOf(path);
    return deliverySign(text) === undefined ? [] : deploymentsIn({ name: pathFrom(top, path), text });
  });
}

function steps(path: string): readonly string[] {
  return path.split("/").filter((step) => step !== "" && step !== ".");
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").slice(0, 100_000);
  } catch {
    return "";
  }
}
