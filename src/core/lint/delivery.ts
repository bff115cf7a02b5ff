import type { Delivery } from "./context.js";

/** Something in a tree that says how manifests reach the cluster. */
export interface DeliveryFact {
  /** The path of the file from the top of the tree, with `/`. */
  readonly file: string;
  readonly kind: "argocd" | "flux" | "chart";
  /**
   * Folders that an Application or a Kustomization deploys, from the top of the tree, `*` for any; files of its bases too. None when
   * it says no folder of this tree.
   */
  readonly paths: readonly string[];
  /** Everything below those folders is deployed together. */
  readonly whole?: boolean;
}

/**
 * How a manifest reaches the cluster: the setting, else an Argo CD Application or a Flux Kustomization that deploys its
 * folder (the nearest one), else a chart around it, else kubectl.
 */
export function deliveryOf(file: string, facts: readonly DeliveryFact[], setting?: Delivery): Delivery {
  if (setting !== undefined) return setting;
  const covering = facts.flatMap(({ kind, paths }) => (kind === "chart" ? [] : paths.map((path) => ({ kind, path: folderPath(path) }))));
  const nearest = covering.filter(({ path }) => isInside(file, path)).reduce(deeper, undefined);
  if (nearest) return nearest.kind;
  const charts = facts.filter(({ kind }) => kind === "chart");
  return charts.some((chart) => isInside(file, folderOf(chart.file))) ? "helm" : "kubectl";
}

/** The folder whose files, with those below it, are deployed together with a file; undefined where nothing says so. */
export function unitOf(file: string, facts: readonly DeliveryFact[]): string | undefined {
  const folders = facts.flatMap(({ whole, paths }) => (whole === true ? paths.map(folderPath) : []));
  const covering = folders.filter((folder) => !folder.includes("*") && isInside(file, folder));
  return covering.sort((a, b) => b.length - a.length)[0];
}

interface Covering {
  readonly kind: "argocd" | "flux";
  readonly path: string;
}

function deeper(best: Covering | undefined, next: Covering): Covering {
  return best && best.path.length >= next.path.length ? best : next;
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** `./deploy/` is `deploy`, and `.` is the whole tree. */
function folderPath(path: string): string {
  return path
    .split("/")
    .filter((step) => step !== "" && step !== ".")
    .join("/");
}

/** The file itself counts, and `apps/*` is each folder of apps. */
function isInside(file: string, folder: string): boolean {
  if (!folder.includes("*")) return folder === "" || file === folder || file.startsWith(`${folder}/`);
  const steps = file.split("/");
  const wanted = folder.split("/");
  if (wanted.includes("**")) return isInside(file, wanted.slice(0, wanted.findIndex((step) => step.includes("*"))).join("/"));
  return wanted.length < steps.length && wanted.every((step, index) => step === "*" || step === steps[index]);
}
