import { neighbourOf } from "../model/neighbour.js";
import type { OtherObject } from "../model/other-object.js";
import type { LookingRule } from "./active-rules.js";
import type { Report } from "./diagnostic.js";
import { ruleReport, type RuleRun } from "./findings.js";
import { neighbourRules } from "./neighbour-rules.js";
import { objectName } from "./object-name.js";
import type { Finding } from "./rule.js";

/** What rules find in one object of another kind: those that are about its kind, and those that hold for what a neighbour has inside. */
export function otherRuleReports(subject: OtherObject, { document, active, failures }: RuleRun): readonly Report[] {
  const object = objectName(subject);
  const neighbour = neighbourOf(subject);
  const reports = new Map<string, Report>();
  for (const looking of active.looking) {
    const { rule, level, context } = looking;
    const add = (findings: Iterable<Finding>): void => {
      // Several schedules share a zone, about which one word is enough.
      for (const report of [...findings].map((finding) => ruleReport(rule, level, finding, document, object))) {
        reports.set(`${report.rule} ${String(report.place.start)} ${report.message}`, report);
      }
    };
    try {
      if (rule.other && rule.reads?.includes(subject.kind) === true) add(rule.other(subject, context));
      if (neighbour && neighbourRules[neighbour.kind].has(rule.id)) lookInside(neighbour, looking, add);
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return [...reports.values()];
}

type Inside = NonNullable<ReturnType<typeof neighbourOf>>;

type Add = (findings: Iterable<Finding>) => void;

function lookInside({ cronJobs, jobs, containers }: Inside, { rule, context }: LookingRule, add: Add): void {
  for (const cronJob of cronJobs) if (rule.cronJob) add(rule.cronJob(cronJob, context));
  for (const job of jobs) {
    if (rule.job) add(rule.job(job, context));
    if (rule.podTemplate) add(rule.podTemplate(job.pod, context));
  }
  if (!rule.container) return;
  for (const container of [...jobs.flatMap(({ pod }) => pod.written), ...containers]) add(rule.container(container, context));
}
