/** `node scripts/run.mjs bench/controller.ts`: 1,000 CronJobs through one year, in the light form of the simulation. */
import { visitRuns, type RunPlan } from "../src/core/time/controller/runs.js";
import { parseSchedule } from "../src/core/time/cron.js";

const from = Date.UTC(2026, 0, 1) - 1000;
const to = Date.UTC(2027, 0, 1);
const policies = ["Allow", "Forbid", "Replace"] as const;
const zones = ["Etc/UTC", "Europe/Berlin", "America/New_York"];
const rounds = 5;

interface Group {
  readonly count: number;
  readonly schedule: (index: number) => string;
  /** Some runs are shorter and some longer than the gap. */
  readonly durations: readonly number[];
}

const groups: readonly Group[] = [
  { count: 10, schedule: () => "* * * * *", durations: [20, 90] },
  { count: 90, schedule: () => "*/5 * * * *", durations: [45, 290, 420] },
  { count: 400, schedule: (index) => `${String(index % 60)} * * * *`, durations: [600, 4000] },
  { count: 500, schedule: (index) => `${String(index % 60)} ${String(index % 24)} * * *`, durations: [1800, 100_000] },
];

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length]!;
}

function planOf({ schedule, durations }: Group, index: number): RunPlan {
  const result = parseSchedule(schedule(index));
  if (!result.ok) throw new Error(result.reason);
  const deadline = index % 4 === 3 ? { startingDeadlineSeconds: 120 } : {};
  const [policy, zone, durationSeconds] = [pick(policies, index), pick(zones, index >> 1), pick(durations, index >> 2)];
  return { schedule: result.schedule, zone, policy, durationSeconds, from, to, ...deadline };
}

const plans = groups.flatMap((group) => Array.from({ length: group.count }, (_, index) => planOf(group, index)));

for (let round = 0; round < rounds; round++) {
  let [started, lost, busy] = [0, 0, 0];
  const visitor = {
    run: (_tick: number, start: number, end: number) => {
      busy += end - start;
    },
    lost: () => {
      lost++;
    },
  };
  const [begin, used] = [performance.now(), process.cpuUsage()];
  for (const plan of plans) started += visitRuns(plan, visitor).started;
  const [spent, cpu] = [performance.now() - begin, process.cpuUsage(used).user / 1000];
  const years = (busy / (to - from)).toFixed(0);
  const found = `${String(started)} starts, ${String(lost)} lost ticks, ${years} run-years`;
  console.log(`${String(plans.length)} CronJobs: ${found} in ${spent.toFixed(0)} ms, ${cpu.toFixed(0)} ms of it on the CPU`);
}
