import type { Check } from "./check.js";
import type { Lowered } from "./lower.js";

/** Takes out the fields that the server loses because their gate is off; their paths. */
export function dropDisabled(check: Check, { gated }: Lowered): readonly string[] {
  const dropped: string[] = [];
  for (const { owner, name, jobsOnly } of gated) {
    if (jobsOnly && check.kind === "CronJob") continue;
    const field = owner.fields.get(name);
    if (!field) continue;
    owner.fields.delete(name);
    dropped.push(field.path);
  }
  return dropped;
}
