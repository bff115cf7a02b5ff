import { join } from "node:path";
import { type AnyRule, exportedObjects, visible } from "../engine.js";
import { exportFromCluster } from "../node/kubectl.js";
import type { Target } from "../node/targets.js";
import { type ExitCode, exitCode } from "./exit-code.js";
import { type Flags, UsageError } from "./flags.js";
import { createJudging } from "./judging.js";
import { lintGiven } from "./lint.js";
import { lintOptions } from "./lint-options.js";
import type { World } from "./world.js";

/** Lints what runs in a cluster, as the user's own kubectl shows it. Throws a UsageError, also when kubectl does not answer. */
export function clusterCommand(world: World, flags: Flags, rest: readonly string[], rules: readonly AnyRule[]): ExitCode {
  if (rest.length > 0) throw new UsageError(`cluster takes no ${rest[0] ?? ""}; choose with --namespace, --all-namespaces and --context`);
  const options = lintOptions(world, flags);
  if (options.fix !== "no") throw new UsageError("cluster only reads; mend the manifests that were applied");
  const namespace = flags.text("namespace");
  const context = flags.text("context");
  const question = {
    allNamespaces: flags.is("all-namespaces"),
    ...(namespace === undefined ? {} : { namespace }),
    ...(context === undefined ? {} : { context }),
  };
  const answer = exportFromCluster(question, world.env);
  if (answer.state === "failed") throw new UsageError(visible(answer.reason));
  const objects = exportedObjects(answer.text);
  if (objects === undefined) throw new UsageError("kubectl printed something else than a list of objects");
  if (objects.length === 0) world.err("kronlint: no CronJob and no Job there\n");
  if (objects.length === 0) return exitCode.clean;
  // Settings are those of the folder; objects meet in their namespace.
  const files = objects.map(({ name, namespace: folder, text }): Target => {
    return { path: join(world.cwd, folder, name.replaceAll("/", " ")), shown: name, named: true, isStdin: true, text };
  });
  const given = { files, roots: [], asked: [], hasStdin: false };
  return lintGiven(world, flags, rules, { options, judging: createJudging(world, flags, [], rules), given });
}
