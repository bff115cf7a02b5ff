import { resolve } from "node:path";
import { observedHistory } from "../engine.js";
import { readTextFile } from "../node/read-file.js";
import { type Flags, UsageError } from "./flags.js";
import type { World } from "./world.js";

/** The runs in the file that `--observed` names, by CronJob. Throws a UsageError for a file that has none. */
export function observedIn(world: World, flags: Flags): ReturnType<typeof observedHistory> | undefined {
  const path = flags.text("observed");
  if (path === undefined) return undefined;
  const reading = path === "-" ? world.readStdin() : readTextFile(resolve(world.cwd, path));
  if (reading.state === "unreadable") throw new UsageError(`--observed ${path} cannot be read: ${reading.reason}`);
  const history = observedHistory({ name: path, text: reading.text });
  if (history.size === 0) {
    throw new UsageError(`--observed ${path} has no runs of CronJobs; it is the output of kubectl get cronjobs,jobs -A -o json`);
  }
  return history;
}
