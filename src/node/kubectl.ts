import { execFileSync } from "node:child_process";

export interface ClusterQuestion {
  readonly namespace?: string;
  readonly allNamespaces: boolean;
  readonly context?: string;
}

export type ClusterAnswer =
  { readonly state: "read"; readonly text: string } | { readonly state: "failed"; readonly reason: string };

const patience = 60_000;
const largestAnswer = 512 * 1024 * 1024;

/**
 * The CronJobs and Jobs of a cluster as the user's own kubectl prints them, with the user's own access. Reads only, and gives up after a
 * minute. No shell is asked, and whatever is given stays the value of its flag.
 */
export function exportFromCluster(
  { namespace, allNamespaces, context }: ClusterQuestion,
  env: Readonly<Record<string, string | undefined>>,
): ClusterAnswer {
  const args = [
    "get",
    "cronjobs.batch,jobs.batch",
    "--output=json",
    ...(allNamespaces ? ["--all-namespaces"] : []),
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    ...(context === undefined ? [] : [`--context=${context}`]),
  ];
  try {
    const text = execFileSync("kubectl", args, {
      env: { ...env },
      encoding: "utf8",
      timeout: patience,
      maxBuffer: largestAnswer,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { state: "read", text };
  } catch (error) {
    return { state: "failed", reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "kubectl is not installed, or not on the PATH";
  if (code === "ETIMEDOUT") return `kubectl did not answer within ${String(patience / 1000)} s; is the cluster reachable?`;
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  // What it tells a developer comes first, what it tells a person last.
  const last = said.slice(said.lastIndexOf("\n") + 1);
  return `kubectl get failed: ${last === "" ? String(code ?? error) : last.slice(0, 1000)}`;
}
