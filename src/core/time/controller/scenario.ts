export type ConcurrencyPolicy = "Allow" | "Forbid" | "Replace";

/** What the controller reads of `spec`; a field that is left out has its default. */
export interface CronJobSpec {
  readonly schedule: string;
  readonly timeZone?: string;
  readonly concurrencyPolicy?: ConcurrencyPolicy;
  readonly startingDeadlineSeconds?: number;
  readonly suspend?: boolean;
  readonly successfulJobsHistoryLimit?: number;
  readonly failedJobsHistoryLimit?: number;
}

/** Times are written as in `2026-03-02T09:00:30Z`. */
export interface Scenario {
  readonly cronjob: { readonly name: string; readonly creationTimestamp: string; readonly spec: CronJobSpec };
  /** Run times in seconds of the first, second, … started Job, beginning anew after the last; null never ends. */
  readonly durations: readonly (number | null)[];
  /** Numbers, from 0, of the started Jobs that fail. */
  readonly failures?: readonly number[];
  /** When no controller runs; `to` is exclusive. */
  readonly downtime?: readonly { readonly from: string; readonly to: string }[];
  /** Each replaces the whole spec. */
  readonly edits?: readonly { readonly t: string; readonly spec: CronJobSpec }[];
  /** The last moment that is part of the trace. */
  readonly until: string;
}

export type JobResult = "Complete" | "Failed";

/** Something that happened; `reason` and `message` are those of the event that the controller sends. */
export interface TraceEntry {
  readonly t: string;
  readonly event: string;
  readonly job?: string;
  readonly scheduledFor?: string;
  readonly result?: JobResult;
  readonly reason?: string;
  readonly message?: string;
}

/** How things stand at the end. */
export interface FinalState {
  /** The names in `status.active`. */
  readonly active: readonly string[];
  /** The names of all Jobs that exist. */
  readonly jobs: readonly string[];
  readonly lastScheduleTime?: string;
  readonly lastSuccessfulTime?: string;
  /** When the controller looks next; without it, nothing happens until something changes. */
  readonly nextSync?: string;
}

export interface Summary {
  readonly started: number;
  readonly finished: number;
  readonly replaced: number;
  readonly maxRunning: number;
}

export interface Simulation {
  readonly trace: readonly TraceEntry[];
  readonly final: FinalState;
  readonly summary: Summary;
}
