import { checkScenario } from "./scenario-check.js";
import { apiTime, record, recordReason } from "./trace.js";
import { scheduleUse } from "./schedule-use.js";
import type { CronJobSpec, FinalState, Scenario, Simulation } from "./scenario.js";
import { enqueueAtNextTick, sync } from "./sync.js";
import { enqueue } from "./world.js";
import type { World } from "./world.js";

// A sync looks at every Job that exists. A year of one run a minute takes some ten million.
const mostLooks = 40_000_000;
// In a real instant there are at most a handful; the walk over an hour that comes twice could stand still.
const mostAtOnce = 10_000;

/**
 * What the CronJob controller of Kubernetes 1.36 does in a scenario. Syncs and calls to the API take no time here; a Job
 * runs for its duration from the moment it is created. `controllerZone` is where schedules without a zone are read.
 * Throws a TypeError for what is no scenario, and a RangeError for a time that cannot be read, one without durations, or one that takes
 * too much work.
 */
export function simulate(scenario: Scenario, controllerZone = "Etc/UTC"): Simulation {
  checkScenario(scenario);
  const world = newWorld(scenario, controllerZone);
  const agenda = agendaOf(world, scenario, controllerZone);
  const until = moment(scenario.until);
  let looks = 0;
  for (let at = nextMoment(world, agenda); at <= until; at = nextMoment(world, agenda)) {
    world.now = at;
    finishJobs(world);
    while (agenda[0] && agenda[0].at <= at) agenda.shift()?.happen();
    if (world.timer !== undefined && world.timer <= at) wake(world);
    for (let here = 0; world.queued; here++) {
      looks += 1 + world.jobs.length;
      if (here > mostAtOnce || looks > mostLooks) throw new RangeError(`too much work to simulate; given up at ${apiTime(at)}`);
      world.queued = false;
      sync(world);
    }
  }
  const { started, finished, replaced, maxRunning } = world;
  return { trace: world.trace, final: finalState(world), summary: { started, finished, replaced, maxRunning } };
}

function newWorld({ cronjob, durations, failures }: Scenario, controllerZone: string): World {
  if (durations.length === 0) throw new RangeError("a scenario needs at least one duration");
  const created = moment(cronjob.creationTimestamp);
  const { name, spec } = cronjob;
  const status = { jobs: [], active: new Set<never>(), lastSchedule: undefined, lastSuccess: undefined };
  const queue = { controllerRuns: true, queued: false, timer: undefined };
  const counts = { started: 0, finished: 0, replaced: 0, maxRunning: 0 };
  const use = scheduleUse(spec, controllerZone);
  return { name, created, durations, failures: new Set(failures), now: created, spec, use, ...status, ...queue, trace: [], ...counts };
}

interface Happening {
  readonly at: number;
  readonly happen: () => void;
}

// Creation comes first among what happens at one instant, then edits, then the controller's going and coming.
function agendaOf(world: World, { edits = [], downtime = [] }: Scenario, controllerZone: string): Happening[] {
  const changes = edits.map(({ t, spec }) => ({ at: moment(t), happen: () => edit(world, spec, controllerZone) }));
  const stops = downtime.map(({ from }) => ({ at: moment(from), happen: () => stop(world) }));
  const starts = downtime.map(({ to }) => ({ at: moment(to), happen: () => restart(world) }));
  const all = [{ at: world.created, happen: () => enqueue(world) }, ...changes, ...stops, ...starts];
  return all.sort((a, b) => a.at - b.at);
}

function nextMoment({ jobs, timer }: World, agenda: readonly Happening[]): number {
  let at = Math.min(agenda[0]?.at ?? Number.POSITIVE_INFINITY, timer ?? Number.POSITIVE_INFINITY);
  for (const { finished, ends } of jobs) if (!finished && ends < at) at = ends;
  return Number.isFinite(at) ? at : Number.POSITIVE_INFINITY;
}

function finishJobs(world: World): void {
  for (const job of world.jobs) {
    if (job.finished || job.ends > world.now) continue;
    job.finished = true;
    world.finished++;
    record(world, "finished", { job: job.name, result: job.result });
    enqueue(world);
  }
}

function edit(world: World, spec: CronJobSpec, controllerZone: string): void {
  const before = world.spec;
  world.spec = spec;
  world.use = scheduleUse(spec, controllerZone);
  record(world, "edited");
  if (world.controllerRuns) noticeEdit(world, before);
}

// A new schedule or zone is not looked at until its next tick.
function noticeEdit(world: World, before: CronJobSpec): void {
  const { spec: { schedule, timeZone }, use } = world;
  if (schedule === before.schedule && timeZone === before.timeZone) enqueue(world);
  else if (use.next) enqueueAtNextTick(world, use.next);
  else recordReason(world, "UnParseableCronJobSchedule", `unparseable schedule for cronjob: ${schedule}`);
}

function stop(world: World): void {
  world.controllerRuns = false;
  world.queued = false;
  world.timer = undefined;
  record(world, "controller-stopped");
}

function restart(world: World): void {
  world.controllerRuns = true;
  record(world, "controller-started");
  enqueue(world);
}

function wake(world: World): void {
  world.timer = undefined;
  enqueue(world);
}

function finalState({ active, jobs, lastSchedule, lastSuccess, timer }: World): FinalState {
  return {
    active: [...active].map(({ name }) => name),
    jobs: jobs.map(({ name }) => name),
    ...(lastSchedule === undefined ? {} : { lastScheduleTime: apiTime(lastSchedule) }),
    ...(lastSuccess === undefined ? {} : { lastSuccessfulTime: apiTime(lastSuccess) }),
    ...(timer === undefined ? {} : { nextSync: new Date(timer).toISOString() }),
  };
}

function moment(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RangeError(`"${text}" is not a time`);
  return time;
}
