import {
  type Container,
  type CronJob,
  defineRule,
  flag,
  integer,
  itemLevel,
  type Job,
  list,
  manifest,
  type Present,
  type RunTime,
} from "#rule";
import { because, evidencePlaces } from "./lib/evidence.js";
import { due, gapBetweenStarts, type StartGap } from "./lib/ticks.js";

export default defineRule({
  id: "hostport-overlap",
  summary: "Pods that run at the same time want the same port of their node.",
  why: `
    A \`hostPort\` can be taken once on a node; with \`hostNetwork\` that goes for every port that a container declares. The
    scheduler keeps a second pod with it off the node. Where several pods of a Job run at once, or runs of a CronJob overlap, each
    needs a node of its own, and a pod that finds none is pending until another ends.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/configuration/overview/#services",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/plugins/nodeports/node_ports.go",
  ],
  falsePositives: "Pods that are to be spread over nodes, of which there are enough.",

  *job(job, context) {
    const port = hostPort(job);
    if (!port) return;
    const pods = podsAtOnce(job);
    if (pods !== undefined && pods > 1) {
      const nodes = `${String(pods)} pods run at once and each wants port ${String(port.value)} of its node`;
      yield { at: port, message: `${nodes}, so ${String(pods)} nodes are needed or pods wait; do without the host's port` };
    } else if (pods === 1 && job.cronJob && isAllowed(job.cronJob)) {
      const gap = gapBetweenStarts(job.cronJob, context.schedule(job.cronJob));
      const run = context.runTime(job);
      if (!gap || run.least <= gap.shortest) return;
      yield { at: port, message: meeting(port, gap, run), related: evidencePlaces(run) };
    }
  },

  examples: [
    {
      title: "Three pods, one port",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: probe
        spec:
          completions: 3
          parallelism: 3
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: probe
                  image: probe:1.2
                  ports:
                    - containerPort: 8080
                      hostPort: 8080
        #                       ^^^^ 3 pods run at once and each wants port 8080 of its node, so 3 nodes are needed or pods wait; do without the host's port
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: probe
        spec:
          completions: 3
          parallelism: 3
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: probe
                  image: probe:1.2
                  ports:
                    - containerPort: 8080
      `,
    },
  ],
});

/** The first port of the node that a pod takes. */
function hostPort({ pod }: Job): Present<number> | undefined {
  const isOnHost = flag(pod.spec, "hostNetwork").value === true;
  const serving = pod.written.filter(({ init, restartPolicy }) => !init || restartPolicy.value === "Always");
  return serving.flatMap((container) => portsOf(container, isOnHost))[0];
}

function portsOf({ level }: Container, isOnHost: boolean): readonly Present<number>[] {
  const ports = list(level, "ports", (node, path) => itemLevel(node, path, level));
  return (ports.value ?? []).flatMap((port) => {
    const written = integer(port, "hostPort");
    const taken = written.state === "absent" && isOnHost ? integer(port, "containerPort") : written;
    return taken.state === "present" && taken.value > 0 ? [taken] : [];
  });
}

/** Undefined when a template decides. */
function podsAtOnce({ parallelism, completions }: Job): number | undefined {
  if (parallelism.state === "unknown" || completions.state === "unknown") return undefined;
  const pods = parallelism.value ?? 1;
  return Math.min(pods, completions.value ?? pods);
}

function isAllowed({ concurrencyPolicy: policy }: CronJob): boolean {
  return policy.state !== "unknown" && ["", "Allow"].includes(policy.value ?? "");
}

function meeting({ value }: Present<number>, gap: StartGap, run: RunTime): string {
  const port = `runs overlap and each wants port ${String(value)} of its node`;
  return `${due(gap)}, but ${because(run)}: ${port}; use Forbid, or do without the host's port`;
}
