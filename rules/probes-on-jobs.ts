import { type Container, defineRule, type Finding, level, manifest } from "#rule";

export default defineRule({
  id: "probes-on-jobs",
  summary: "Probes are made for services; on a Job they do nothing or kill the run.",
  why: `
    A readiness probe decides whether a Service sends traffic to a pod, and a Job's pod seldom has one. A liveness or startup
    probe that fails makes the kubelet kill the container: under \`restartPolicy: Never\` that is a failed attempt, in the
    middle of the work. Other linters ask for probes on every container; for Jobs that advice is wrong.

    A liveness probe as a watchdog against hanging work can be meant; \`activeDeadlineSeconds\` is the simpler one.
  `,
  category: "hygiene",
  severity: "info",
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"],
  falsePositives: "Indexed Jobs whose pods serve each other behind a headless Service; liveness probes meant as a watchdog.",

  *container(container) {
    if (container.init) return;
    if (container.restartPolicy.state !== "absent") return;
    yield* probe(container, "readinessProbe", readiness);
    yield* probe(container, "livenessProbe", killing);
    yield* probe(container, "startupProbe", killing);
  },

  examples: [
    {
      title: "Copied from a Deployment",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: train }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: train
                  image: train:0.9
                  readinessProbe: { httpGet: { path: /ready, port: 8080 } }
        #         ^^^^^^^^^^^^^^ readinessProbe has no effect on the Job itself, which only waits for the process to end; leave it out
                  livenessProbe: { httpGet: { path: /live, port: 8080 } }
        #         ^^^^^^^^^^^^^ when livenessProbe fails the kubelet kills the container, which counts as a failed attempt; leave it out and set activeDeadlineSeconds
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: train }
        spec:
          activeDeadlineSeconds: 7200
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: train
                  image: train:0.9
      `,
    },
  ],
});

type Text = (name: string, container: Container) => string | undefined;

function* probe(container: Container, name: string, message: Text): Iterable<Finding> {
  const found = level(container.level, name);
  if (found.state !== "present") return;
  const said = message(name, container);
  if (said !== undefined) yield { at: found, message: said };
}

/** Pods of an Indexed Job may serve each other: their readiness then matters. */
function readiness(name: string, { pod }: Container): string | undefined {
  if (pod.job.completionMode.state !== "absent" && pod.job.completionMode.value !== "NonIndexed") return undefined;
  return `${name} has no effect on the Job itself, which only waits for the process to end; leave it out`;
}

function killing(name: string, { pod }: Container): string {
  const result = pod.restartPolicy.value === "Never" ? "which counts as a failed attempt" : "and the work starts again from the beginning";
  const isBounded = pod.job.activeDeadlineSeconds.state !== "absent";
  return `when ${name} fails the kubelet kills the container, ${result}; leave it out${isBounded ? "" : " and set activeDeadlineSeconds"}`;
}
