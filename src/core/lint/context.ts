import type { Container, CronJob, Job } from "../model/workload.js";
import type { ContainerScript } from "../runtime/container-script.js";
import type { RunTime } from "../runtime/run-time.js";
import type { ScheduleReading } from "../time/reading.js";
import type { OptionSpecs, OptionValues } from "./options.js";

export type Delivery = "argocd" | "flux" | "helm" | "kubectl";

/** What a rule may ask that judges several objects together. Everything that could differ between two runs stands here. */
export interface WorkspaceContext<Specs extends OptionSpecs = OptionSpecs> {
  /** Milliseconds since the epoch, where the caller says what time it is. */
  readonly now: number | undefined;
  /** Kubernetes minors that must accept, ascending. */
  readonly kubernetes: readonly string[];
  readonly delivery: Delivery;
  /** The zone of a CronJob without `spec.timeZone`. */
  readonly timeZone: string;
  readonly options: OptionValues<Specs>;
}

/** What a rule may ask besides the manifest. */
export interface Context<Specs extends OptionSpecs = OptionSpecs> extends WorkspaceContext<Specs> {
  /** The schedule as the controller reads it, with its gaps; undefined when it is absent, templated or refused. */
  readonly schedule: (cronJob: CronJob) => ScheduleReading | undefined;
  /** How long a run of the Job takes, from the annotation, the settings or the script. */
  readonly runTime: (job: Job) => RunTime;
  /** What a container runs, as its shell reads it; undefined when the image says so, a template hides it or it cannot be read. */
  readonly script: (container: Container) => ContainerScript | undefined;
  /** The same also where a template writes words or lines of it, which are unknown then; for rules that judge single commands. */
  readonly writtenScript: (container: Container) => ContainerScript | undefined;
}
