import type { TraceEntry } from "./scenario.js";
import type { World } from "./world.js";

export function record(world: World, event: string, rest: Omit<TraceEntry, "t" | "event"> = {}): void {
  world.trace.push({ t: new Date(world.now).toISOString(), event, ...rest });
}

/** An event of which nothing but the reason and the message matter. */
export function recordReason(world: World, reason: string, message: string, job?: string): void {
  record(world, `event:${reason}`, { ...(job === undefined ? {} : { job }), reason, message });
}

/** A time as the API writes it: in whole seconds, the rest cut off. */
export function apiTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, -5)}Z`;
}
