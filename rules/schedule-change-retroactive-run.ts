import { type Context, type CronJob, defineRule, type Finding, localText, manifest, occurrencesBetween, type ScheduleReading } from "#rule";
import { duration } from "./lib/duration.js";
import { isNoticeable, isRare, smallShare, withDeadline } from "./lib/catch-up.js";

/** A Monday, for callers who do not say what time it is. */
const someDay = Date.UTC(2026, 0, 5);
/** Gaps of the old schedule that are looked at. */
const mostGaps = 60;
/** Of the time, in which the change had better not be applied. */
const largeShare = 0.5;

export default defineRule({
  id: "schedule-change-retroactive-run",
  summary: "After a change of the schedule, one more run starts at the old time.",
  why: `
    When the schedule or its time zone changes, the controller plans the next tick of the new one, but the wake-up that it has planned
    for the old one stays. When that comes, it looks for ticks of the new schedule since the last run, finds one that was never due
    before, and starts it: one run more than wanted, at the old time. A change from 02:00 to 05:00, applied at noon, still runs at 02:00.

    Suspending the CronJob for the change does not help: once resumed, it catches up at once. A short \`startingDeadlineSeconds\` in the
    same change does, or to delete the CronJob and create it anew.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://github.com/kubernetes/kubernetes/issues/130838",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/cronjob/cronjob_controllerv2.go",
  ],
  falsePositives: "Work that may as well be done once more.",

  *change(before, after, context) {
    if (before.kind !== "CronJob" || after.kind !== "CronJob" || !runs(before) || !runs(after)) return;
    const [old, next] = [context.schedule(before), context.schedule(after)];
    const deadline = after.startingDeadlineSeconds;
    if (!old || !next || !isComparable(old) || !isComparable(next) || deadline.state === "unknown" || deadline.value === 0) return;
    const surprise = surpriseOf(old, next, deadline.value ?? Infinity, context.now ?? someDay);
    if (surprise) yield finding(before, after, surprise, context);
  },

  examples: [
    {
      title: "From two o'clock to five",
      before: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: mailing
        spec:
          schedule: "0 2 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: mailing, image: mailing:1.0 }]
      `,
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: mailing
        spec:
          schedule: "0 5 * * *"
        #           ^^^^^^^^^^^ if applied between Wed 2025-12-31 05:00 +00:00 and Thu 2026-01-01 02:00 +00:00, one more run starts at the old time, Thu 2026-01-01 02:00 +00:00; set startingDeadlineSeconds well below 21 h, or create the CronJob anew
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: mailing, image: mailing:1.0 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: mailing
        spec:
          schedule: "0 5 * * *"
          startingDeadlineSeconds: 300
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: mailing, image: mailing:1.0 }]
      `,
    },
  ],
});

function runs({ suspend }: CronJob): boolean {
  return suspend.state === "absent" || suspend.value === false;
}

/** `@every` counts from the last run, which is not known. */
function isComparable({ schedule, gap }: ScheduleReading): boolean {
  return schedule.kind !== "every" && gap !== undefined && isNoticeable(gap.typical);
}

/** An update between `from` and `until` leads to a run at `until`. */
interface Window {
  readonly from: number;
  readonly until: number;
}

interface Surprise {
  /** The window that is open now or opens next. */
  readonly window: Window;
  /** Of the time, from 0 to 1. */
  readonly share: number;
}

function surpriseOf(old: ScheduleReading, next: ScheduleReading, deadline: number, now: number): Surprise | undefined {
  const longest = (old.gap?.longest ?? 0) * 1000;
  const ticks = occurrencesBetween(old.schedule, old.zone, now - longest - 7_200_000, now + 60 * longest, mostGaps);
  const windows = ticks.slice(1).flatMap((due, index) => windowBefore(due, ticks[index] ?? due, next, deadline));
  const time = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0);
  const share = windows.reduce((sum, { from, until }) => sum + until - from, 0) / time;
  const window = windows.find(({ until }) => until > now);
  return window && share >= smallShare ? { window, share } : undefined;
}

/** The old wake-up at `due` starts the latest tick of the new schedule since the run before, if the new one has none later by then. */
function windowBefore(due: number, last: number, { schedule, zone, gap }: ScheduleReading, deadline: number): readonly Window[] {
  const longest = ((gap?.longest ?? 0) + 7200) * 1000;
  const ticks = occurrencesBetween(schedule, zone, Math.max(last, due - longest), due + 1, 5000);
  const missed = ticks.at(-1);
  return missed !== undefined && missed < due && due - missed <= deadline * 1000 ? [{ from: missed, until: due }] : [];
}

function finding(before: CronJob, after: CronJob, { window, share }: Surprise, context: Context): Finding {
  const isOtherZone = before.schedule.value === after.schedule.value && after.timeZone.state === "present";
  const zone = context.schedule(after)?.zone ?? "Etc/UTC";
  const [from, until] = [localText(zone, window.from), localText(zone, window.until)];
  const when =
    context.now === undefined
      ? "if a tick of the new schedule comes before the next of the old one"
      : `if applied between ${from} and ${until}`;
  const moment = context.now === undefined ? "" : `, ${until}`;
  const bound = duration((window.until - window.from) / 1000);
  const fix = withDeadline(after);
  const isMild = share < largeShare || !isRare(context.schedule(after)?.gap?.typical ?? 0);
  return {
    at: isOtherZone ? after.timeZone : after.schedule,
    ...(isMild ? { severity: "info" } : {}),
    message: `${when}, one more run starts at the old time${moment}; set startingDeadlineSeconds well below ${bound}, or create the CronJob anew`,
    ...(fix ? { fix } : {}),
  };
}
