import type { CronJob, Job } from "../model/workload.js";
import { type RunTime, runTimeOf } from "../runtime/run-time.js";
import { readingOf, type ScheduleReading } from "../time/reading.js";
import type { Context } from "./context.js";
import { optionValues } from "./options.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings, RuleSetting } from "./settings.js";

/** What rules ask about one document, answered once for all of them. */
export interface Answers {
  readonly schedule: (cronJob: CronJob) => ScheduleReading | undefined;
  readonly runTime: (job: Job) => RunTime;
}

export function answersFor(settings: FileSettings): Answers {
  return {
    schedule: once((cronJob: CronJob) => readingOf(cronJob, settings.timeZone)),
    runTime: once((job: Job) => runTimeOf(job, settings.runtimes)),
  };
}

function once<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}

/** What one rule sees besides the manifest. */
export function contextFor(rule: AnyRule, settings: FileSettings, answers: Answers): Context {
  return {
    now: settings.now,
    kubernetes: settings.kubernetes,
    delivery: settings.delivery,
    timeZone: settings.timeZone,
    options: optionValues(rule.options, givenOptions(settings.rules[rule.id])),
    schedule: answers.schedule,
    runTime: answers.runTime,
  };
}

function givenOptions(setting: RuleSetting | undefined): Readonly<Record<string, unknown>> {
  return typeof setting === "object" ? setting[1] : {};
}
