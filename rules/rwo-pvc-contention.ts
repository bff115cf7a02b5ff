import {
  type Context,
  type CronJob,
  defineRule,
  type Fact,
  type FactAt,
  type Job,
  jobOfWorkload,
  manifest,
  type WorkspaceFinding,
} from "#rule";
import { type Claim, claimNames, claimsOf, type Holder, holderOf, isNamed, isPlaced, meetIn } from "./lib/claims.js";
import { because } from "./lib/evidence.js";
import { firstMeeting, type Runs } from "./lib/meeting.js";
import { due, gapBetweenStarts } from "./lib/ticks.js";
import { weeklyTime } from "./lib/weekly-time.js";

/** A Job or CronJob that mounts a claim. */
interface User {
  readonly sort: "user";
  readonly claim: string;
  /** Pods of one run that are there at once. */
  readonly pods: number;
  /** Of a CronJob. */
  readonly runs?: Runs;
  /** What says that its own runs overlap, or that they may. */
  readonly overlap?: { readonly certain: boolean; readonly because: string };
}

type Data = Claim | Holder | User;

const day = 86_400;

export default defineRule({
  id: "rwo-pvc-contention",
  summary: "Pods that run at the same time share a volume that one node at a time can have.",
  why: `
    A \`ReadWriteOnce\` claim can be mounted on one node. Where two runs meet, or a run and a Deployment that uses the claim, the pod
    that lands on another node stays in \`ContainerCreating\` with a \`Multi-Attach error\` until the other has gone: for ever, beside
    a Deployment. With \`ReadWriteOncePod\` no second pod is scheduled at all.

    Pods that must share it need \`podAffinity\` to the one that has it; runs of one CronJob, \`concurrencyPolicy: Forbid\`.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",
    "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",
  ],
  falsePositives: "A cluster of one node, and storage that is bound to a node or that several nodes can mount whatever the claim says.",
  reads: ["PersistentVolumeClaim", "Deployment", "StatefulSet"],

  *facts(workload, context): Iterable<FactAt<Data>> {
    const job = jobOfWorkload(workload);
    const isOff = workload.suspend.value === true || job.suspend.value === true;
    const pods = podsAtOnce(job);
    if (isOff || isPlaced(job) || pods === undefined || pods < 1) return;
    for (const claim of claimNames(job.pod.spec)) {
      const runs = workload.kind === "CronJob" ? runsOf(workload, context) : {};
      yield { at: claim, data: { sort: "user", claim: claim.value, pods, ...runs } };
    }
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    yield* claimsOf(object);
    if (object.kind !== "PersistentVolumeClaim") yield* holderOf(object);
  },

  *workspace(facts: readonly Fact<Data>[]) {
    const users = facts.filter(isUser);
    for (const [index, user] of users.entries()) {
      const claim = facts.filter(isClaim).find((one) => isNamed(one.data, user.data.claim) && meetIn(one, user));
      if (!claim) continue;
      const holder = facts.filter(isHolder).find((one) => holds(one.data, claim.data, user.data.claim) && meetIn(one, user));
      const earlier = users.slice(0, index).filter((one) => one.data.claim === user.data.claim && meetIn(one, user));
      const finding = besideHolder(user, claim, holder) ?? besideItself(user, claim) ?? besideOthers(user, claim, earlier);
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "A backup of what a Deployment has mounted",
      bad: manifest`
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: data }
        spec:
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 20Gi } }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: wiki }
        spec:
          selector: { matchLabels: { app: wiki } }
          template:
            metadata: { labels: { app: wiki } }
            spec:
              containers: [{ name: wiki, image: wiki:5.1, volumeMounts: [{ name: data, mountPath: /data }] }]
              volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: backup, image: backup:1.0, volumeMounts: [{ name: data, mountPath: /data }] }]
                  volumes:
                    - name: data
                      persistentVolumeClaim:
                        claimName: data
        #                          ^^^^ Deployment wiki always has this ReadWriteOnce claim, so on another node this pod waits for ever; add podAffinity to it, or use ReadWriteMany
      `,
      good: manifest`
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: data }
        spec:
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 20Gi } }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: wiki }
        spec:
          selector: { matchLabels: { app: wiki } }
          template:
            metadata: { labels: { app: wiki } }
            spec:
              containers: [{ name: wiki, image: wiki:5.1, volumeMounts: [{ name: data, mountPath: /data }] }]
              volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "20 3 * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  affinity:
                    podAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        - labelSelector: { matchLabels: { app: wiki } }
                          topologyKey: kubernetes.io/hostname
                  containers: [{ name: backup, image: backup:1.0, volumeMounts: [{ name: data, mountPath: /data }] }]
                  volumes:
                    - name: data
                      persistentVolumeClaim:
                        claimName: data
      `,
    },
  ],
});

/** Undefined when a template decides. */
function podsAtOnce({ parallelism, completions }: Job): number | undefined {
  if (parallelism.state === "unknown" || completions.state === "unknown") return undefined;
  const pods = parallelism.value ?? 1;
  return Math.min(pods, completions.value ?? pods);
}

function runsOf(cronJob: CronJob, context: Context): Pick<User, "runs" | "overlap"> {
  const { schedule, concurrencyPolicy: written, startingDeadlineSeconds: deadline, job } = cronJob;
  const reading = context.schedule(cronJob);
  const gap = gapBetweenStarts(cronJob, reading);
  const policy = policyOf(written.value ?? "Allow");
  if (schedule.state !== "present" || written.state === "unknown" || !policy || !reading || !gap) return {};
  const run = context.runTime(job);
  const bound = deadline.value === undefined ? {} : { startingDeadline: deadline.value };
  const runs = { schedule: schedule.value, zone: reading.zone, policy, seconds: Math.max(1, run.least), ...bound };
  if (policy !== "Allow") return { runs };
  if (run.least > gap.shortest) return { runs, overlap: { certain: true, because: `${due(gap)}, but ${because(run)}` } };
  const mayOverlap = gap.typical <= day && (run.most === null || run.most > gap.shortest);
  return mayOverlap ? { runs, overlap: { certain: false, because: `${due(gap)}, and a slow run meets the next` } } : { runs };
}

function policyOf(written: string): Runs["policy"] | undefined {
  if (written === "Forbid" || written === "Replace") return written;
  return written === "" || written === "Allow" ? "Allow" : undefined;
}

function isUser(fact: Fact<Data>): fact is Fact<User> {
  return fact.data.sort === "user";
}

function isClaim(fact: Fact<Data>): fact is Fact<Claim> {
  return fact.data.sort === "claim";
}

function isHolder(fact: Fact<Data>): fact is Fact<Holder> {
  return fact.data.sort === "holder";
}

function holds({ claims }: Holder, claim: Claim, claimed: string): boolean {
  return claims.includes(claim.numbered ? claim.name : claimed);
}

type Found = WorkspaceFinding<Data> | undefined;

function modeOf({ oncePod }: Claim): string {
  return oncePod ? "ReadWriteOncePod" : "ReadWriteOnce";
}

function besideHolder(user: Fact<User>, { data: claim }: Fact<Claim>, holder: Fact<Holder> | undefined): Found {
  if (!holder) return undefined;
  const { kind, name } = holder.object;
  const who = `${kind} ${name ?? ""} always has this ${modeOf(claim)} claim`;
  const end = claim.oncePod
    ? "so no other pod is ever scheduled; use ReadWriteMany"
    : "so on another node this pod waits for ever; add podAffinity to it, or use ReadWriteMany";
  return { fact: user, message: `${who}, ${end}`, related: [{ fact: holder, message: `${kind} ${name ?? ""} mounts it` }] };
}

function besideItself(user: Fact<User>, { data: claim }: Fact<Claim>): Found {
  const { pods, overlap } = user.data;
  const waiting = claim.oncePod ? "one waits for the other" : "one on another node waits";
  if (pods > 1) {
    const message = `${String(pods)} pods at once mount this ${modeOf(claim)} claim, and ${waiting} until it is free; use ReadWriteMany, or one pod at a time`;
    return { fact: user, message };
  }
  if (!overlap) return undefined;
  const message = `${overlap.because}: both runs mount this ${modeOf(claim)} claim, and ${waiting} until it is free; use Forbid`;
  return { fact: user, message, ...(overlap.certain ? {} : { severity: "info" }) };
}

/** Pods of one claim that many CronJobs have: more are not compared. */
const mostCompared = 50;

function besideOthers(user: Fact<User>, { data: claim }: Fact<Claim>, others: readonly Fact<User>[]): Found {
  const { runs } = user.data;
  if (!runs) return undefined;
  for (const other of others.slice(0, mostCompared)) {
    const at = other.data.runs && firstMeeting(runs, other.data.runs);
    if (at === undefined) continue;
    const name = other.object.name ?? "another";
    const meeting = `runs of CronJob ${name} go on at the same time (${weeklyTime(runs.zone, at)}) and mount this ${modeOf(claim)} claim too`;
    const waiting = claim.oncePod ? "one waits for the other" : "on another node one waits";
    return {
      fact: user,
      message: `${meeting}: ${waiting} until it is free; move one of them`,
      related: [{ fact: other, message: `${name} mounts it` }],
    };
  }
  return undefined;
}
