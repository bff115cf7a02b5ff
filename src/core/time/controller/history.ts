import { second } from "../civil.js";
import { record } from "./trace.js";
import { removeJob } from "./world.js";
import type { Job, World } from "./world.js";

/** Deletes the oldest finished Jobs beyond the limits, which default to 3 and 1, successful ones first. */
export function cleanUpHistory(world: World, jobs: readonly Job[]): void {
  const { successfulJobsHistoryLimit: successful = 3, failedJobsHistoryLimit: failed = 1 } = world.spec;
  const finished = jobs.filter((job) => job.finished);
  removeOldest(world, finished.filter(({ result }) => result === "Complete"), successful);
  removeOldest(world, finished.filter(({ result }) => result === "Failed"), failed);
}

function removeOldest(world: World, jobs: readonly Job[], limit: number): void {
  if (jobs.length <= limit) return;
  // The sort is stable and the Jobs stand in the order of their names, which decides between equal times.
  const oldest = jobs.toSorted((a, b) => startTime(a) - startTime(b)).slice(0, jobs.length - Math.max(0, limit));
  for (const job of oldest) {
    removeJob(world, job);
    record(world, "deleted-history", { job: job.name, reason: "SuccessfulDelete", message: `Deleted job ${job.name}` });
  }
}

// The API keeps whole seconds.
function startTime({ started }: Job): number {
  return Math.floor(started / second);
}
