import { defineRule, type Fact, manifest, parseSchedule, ticksBetween, type WorkspaceFinding } from "#rule";
import { period } from "./lib/ticks.js";
import { weeklyTime } from "./lib/weekly-time.js";

/** The week in which starts are counted: a Monday that is the first of a month, midnight in UTC. */
const from = Date.UTC(2026, 5, 1);
const minute = 60_000;
const minutes = 7 * 24 * 60;
/** Herds of one unit that are told. */
const mostHerds = 20;

interface Start {
  readonly schedule: string;
  readonly zone: string;
}

export default defineRule({
  id: "schedule-herd",
  summary: "Many CronJobs of one folder start in the same minute.",
  why: `
    Kubernetes starts every CronJob at the second its schedule says; there is no jitter and no \`H\`. Where many say minute 0, or
    midnight, their pods come at once: nodes must be added, images pulled, and databases and APIs get all requests together, while
    nothing happens for the rest of the hour. Minutes of their own spread the load at no cost.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax",
    "https://github.com/kubernetes/kubernetes/issues/91652",
  ],
  options: {
    limit: { type: "integer", default: 5, minimum: 2, description: "So many CronJobs of a folder that start in one minute are a herd." },
  },
  falsePositives: "Small work on a cluster with room for all of it, and CronJobs of a folder that go to several clusters.",

  *facts(workload, context) {
    if (workload.kind !== "CronJob" || workload.suspend.value === true) return;
    const reading = context.schedule(workload);
    const { schedule } = workload;
    // What starts every minute has no other minute to go to.
    if (schedule.state !== "present" || reading?.schedule.kind !== "cron" || reading.gap?.longest === 60) return;
    yield { at: schedule, data: { schedule: schedule.value, zone: reading.zone } };
  },

  *workspace(facts: readonly Fact<Start>[], { options: { limit } }) {
    if (facts.length < limit) return;
    const startsOf = startsIn(facts);
    let left = facts;
    for (let herds = 0; herds < mostHerds; herds++) {
      const peak = peakOf(left, startsOf);
      if (peak.size < limit) return;
      const starts = (fact: Fact<Start>): boolean => startsOf(fact)[peak.at] === 1;
      const all = facts.filter(starts);
      const [first] = left.filter(starts);
      if (first) yield herd(first, all.filter((fact) => fact !== first), peak);
      left = left.filter((fact) => !starts(fact));
    }
  },

  examples: [
    {
      title: "Five reports at six",
      bad: manifest`
        apiVersion: v1
        kind: List
        items:
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: sales }, spec: { schedule: "0 6 * * *", jobTemplate: &report
        #                                                                                       ^^^^^^^^^^^ 5 CronJobs start in the same minute (Mon 06:00 Etc/UTC): sales, stock, costs, staff and 1 more; give each a minute of its own, here such as "42 6 * * *"
              { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: report, image: report:3.1 }] } } } } } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: stock }, spec: { schedule: "0 6 * * *", jobTemplate: *report } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: costs }, spec: { schedule: "0 */6 * * *", jobTemplate: *report } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: staff }, spec: { schedule: "0 6 * * 1-5", jobTemplate: *report } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: taxes }, spec: { schedule: "0 6 1 * *", jobTemplate: *report } }
      `,
      good: manifest`
        apiVersion: v1
        kind: List
        items:
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: sales }, spec: { schedule: "7 6 * * *", jobTemplate: &report
              { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: report, image: report:3.1 }] } } } } } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: stock }, spec: { schedule: "19 6 * * *", jobTemplate: *report } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: costs }, spec: { schedule: "28 */6 * * *", jobTemplate: *report } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: staff }, spec: { schedule: "41 6 * * 1-5", jobTemplate: *report } }
          - { apiVersion: batch/v1, kind: CronJob, metadata: { name: taxes }, spec: { schedule: "53 6 1 * *", jobTemplate: *report } }
      `,
    },
  ],
});

type StartsOf = (fact: Fact<Start>) => Uint8Array;

/** For each minute of the week, whether a run starts; worked out once for all that share a schedule. */
function startsIn(facts: readonly Fact<Start>[]): StartsOf {
  const known = new Map<string, Uint8Array>();
  const keyOf = ({ data: { schedule, zone } }: Fact<Start>): string => `${zone} ${schedule}`;
  for (const fact of facts) {
    if (!known.has(keyOf(fact))) known.set(keyOf(fact), weekOf(fact.data));
  }
  const nothing = new Uint8Array(minutes);
  return (fact) => known.get(keyOf(fact)) ?? nothing;
}

function weekOf({ schedule, zone }: Start): Uint8Array {
  const week = new Uint8Array(minutes);
  const parsed = parseSchedule(schedule);
  if (!parsed.ok || parsed.schedule.kind !== "cron") return week;
  for (const tick of ticksBetween(parsed.schedule, zone, from - 1, from + minutes * minute)) week[Math.floor((tick - from) / minute)] = 1;
  return week;
}

interface Peak {
  /** Minutes since the start of the week. */
  readonly at: number;
  readonly size: number;
  /** How often as many start: `every day`. */
  readonly often: string;
}

function peakOf(facts: readonly Fact<Start>[], startsOf: StartsOf): Peak {
  const sharers = new Map<Uint8Array, number>();
  for (const fact of facts) sharers.set(startsOf(fact), (sharers.get(startsOf(fact)) ?? 0) + 1);
  const counts = new Uint32Array(minutes);
  for (const [week, count] of sharers) {
    for (let at = 0; at < minutes; at++) counts[at] = (counts[at] ?? 0) + (week[at] ?? 0) * count;
  }
  const size = counts.reduce((most, count) => Math.max(most, count), 0);
  const peaks = [...counts.keys()].filter((at) => counts[at] === size);
  return { at: peaks[0] ?? 0, size, often: oftenness(peaks) };
}

/** Nothing for once a week, which may be once a month. */
function oftenness(peaks: readonly number[]): string {
  const gaps = new Set(peaks.map((at, index) => (peaks[index + 1] ?? minutes + (peaks[0] ?? 0)) - at));
  const [gap] = gaps;
  if (peaks.length < 2 || gap === undefined) return "";
  return gaps.size === 1 ? `, every ${period(gap * 60)}` : `, ${String(peaks.length)} times a week`;
}

/** Names that are said; the places of all are told beside it. */
const namesSaid = 4;

function herd(first: Fact<Start>, others: readonly Fact<Start>[], { at, often }: Peak): WorkspaceFinding<Start> {
  const moment = weeklyTime(first.data.zone, from + at * minute);
  const names = [first, ...others].map(({ object }) => object.name ?? "one without a name");
  const rest = names.length > namesSaid ? ` and ${String(names.length - namesSaid)} more` : "";
  const members = `${names.slice(0, namesSaid).join(", ")}${rest}`;
  const own = ownMinute(first);
  const advice = own === undefined ? "give each a minute of its own" : `give each a minute of its own, here such as "${own}"`;
  return {
    fact: first,
    message: `${String(names.length)} CronJobs start in the same minute (${moment}${often}): ${members}; ${advice}`,
    related: others.map((fact) => ({ fact, message: `${fact.object.name ?? "this CronJob"} starts in the same minute` })),
  };
}

/** The schedule with another minute, which follows from the name and so stays the same from run to run. */
function ownMinute({ data: { schedule }, object: { namespace = "", name } }: Fact<Start>): string | undefined {
  const [, written, rest] = /^(\d+)(\s+\S.*)$/.exec(schedule.trim()) ?? [];
  if (written === undefined || rest === undefined || name === undefined) return undefined;
  let hash = 0;
  for (const char of `${namespace}/${name}`) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 59;
  const chosen = hash + 1;
  return `${String(chosen === Number(written) ? (chosen % 59) + 1 : chosen)}${rest}`;
}
