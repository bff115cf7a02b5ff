import type { Container, CronJob, Job } from "../model/workload.js";
import { type ContainerScript, scriptOf, templatedScriptOf } from "../runtime/container-script.js";
import { type RunTime, runTimeOf } from "../runtime/run-time.js";
import { readingOf, type ScheduleReading } from "../time/reading.js";
import type { Context } from "./context.js";
import { optionValues } from "./options.js";
import type { AnyRule } from "./rule.js";
import type { FileSettings, RuleSetting } from "./settings.js";

/** What rules ask about the document in hand, answered once for all of them. */
interface Answers {
  readonly schedule: (cronJob: CronJob) => ScheduleReading | undefined;
  readonly runTime: (job: Job) => RunTime;
  readonly script: (container: Container) => ContainerScript | undefined;
  readonly writtenScript: (container: Container) => ContainerScript | undefined;
}

/** What one rule sees besides the manifest. */
export type ContextOf = (rule: AnyRule) => Context;

/** Contexts for all documents that are judged by these settings. */
export function contextsFor(settings: FileSettings): ContextOf {
  const script = each(scriptOf);
  const answers: Answers = {
    schedule: once((cronJob: CronJob) => readingOf(cronJob, settings.timeZone)),
    runTime: once((job: Job) => runTimeOf(job, settings)),
    script,
    writtenScript: each((container: Container) => script(container) ?? templatedScriptOf(container)),
  };
  return (rule) => contextFor(rule, settings, answers);
}

/** Documents come one after another, so it is enough, and cheap, to know the last one. */
function once<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

/** A pod has several containers, and rules ask for all of them in turn. */
function each<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}

function contextFor(rule: AnyRule, settings: FileSettings, answers: Answers): Context {
  return {
    now: settings.now,
    kubernetes: settings.kubernetes,
    delivery: settings.delivery,
    timeZone: settings.timeZone,
    options: optionValues(rule.options, givenOptions(settings.rules[rule.id])),
    schedule: answers.schedule,
    runTime: answers.runTime,
    script: answers.script,
    writtenScript: answers.writtenScript,
  };
}

function givenOptions(setting: RuleSetting | undefined): Readonly<Record<string, unknown>> {
  return typeof setting === "object" ? setting[1] : {};
}
