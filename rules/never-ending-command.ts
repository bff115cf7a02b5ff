import { type Container, type Context, defineRule, type Finding, manifest, type Place, textAt } from "#rule";
import { daemonOf } from "./lib/daemons.js";
import { neverEnds } from "./lib/evidence.js";
import { serverIn } from "./lib/servers.js";

export default defineRule({
  id: "never-ending-command",
  summary: "A Job is done when its command ends; a server, a worker or an endless loop never does.",
  why: `
    A Job counts runs that end. A container that sleeps for ever, serves, waits for messages or follows a file keeps its pod
    \`Running\`, and the Job active until a deadline makes it fail. In a CronJob each tick adds such a pod under \`Allow\`; under \`Forbid\`
    the first run is the last; under \`Replace\` every run is killed by the next.

    What is to run all the time belongs into a Deployment; a cron daemon inside a CronJob is one too many. Workers often have an
    option with which they end when the queue is empty.
  `,
  category: "correctness",
  severity: "warning",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/job/"],
  // They tell what comes of a run without end under their policy.
  outranks: ["forbid-loses-ticks", "replace-never-completes", "allow-pileup", "no-active-deadline"],
  falsePositives: "Servers that something else tells to end, such as a test that calls their shutdown address.",

  *job(job, context) {
    const main = job.pod.written.filter(({ init }) => !init);
    const [only] = main;
    // Beside other work it is a sidecar, of which another rule speaks.
    if (only === undefined || main.length > 1 || job.pod.containers.state !== "present") return;
    const run = context.runTime(job);
    const evidence = run.from === "script" && neverEnds(run) ? run.evidence : [];
    const endless = evidence.find(({ seconds, place }) => seconds === Infinity && place);
    const hasDeadline = job.activeDeadlineSeconds.state !== "absent" || job.pod.activeDeadlineSeconds.state !== "absent";
    const never = job.cronJob ? "so no run of this CronJob ends" : "so the Job never completes";
    const where = hasDeadline ? "so it goes on until activeDeadlineSeconds makes it fail" : never;
    if (endless?.place) {
      const mayFail = Number.isFinite(run.shortest) && !hasDeadline;
      yield { at: beginning(endless.place), message: `${endless.text}, ${mayFail ? "so no run succeeds" : where}; let it end, or use a Deployment` };
      return;
    }
    yield* served(only, context, where);
  },

  examples: [
    {
      title: "A placeholder that stayed",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          activeDeadlineSeconds: 3600
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: registry.example.com/import:3.1
                  command: ["sh", "-c", "./import --all; sleep infinity"]
        #                                                ^^^^^^^^^^^^^^ the script sleeps for ever, so it goes on until activeDeadlineSeconds makes it fail; let it end, or use a Deployment
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          activeDeadlineSeconds: 3600
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: registry.example.com/import:3.1
                  command: ["sh", "-c", "./import --all"]
      `,
    },
    {
      title: "cron inside a CronJob",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: rotate }
        spec:
          schedule: "15 * * * *"
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: rotate
                      image: alpine:3.20
                      command: [crond, -f]
        #                       ^^^^^ cron runs until it is told to end, so it goes on until activeDeadlineSeconds makes it fail; start the command itself, since the CronJob is the clock
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: rotate }
        spec:
          schedule: "15 * * * *"
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: rotate
                      image: alpine:3.20
                      command: [/etc/periodic/hourly/rotate]
      `,
    },
  ],
});

/** Of a loop, its first word. */
function beginning(place: Place): Place {
  const word = /^(?:while|until|for)\b/.exec(textAt(place))?.[0];
  return word === undefined ? place : { ...place, end: place.start + word.length };
}

function* served(container: Container, context: Context, where: string): Iterable<Finding> {
  const script = context.script(container);
  const daemon = daemonOf(container, script);
  if (daemon) {
    const program = script?.shell && script.commands[0]?.program;
    const at = program ? script.at(program) : (container.command.value?.[0] ?? container.image);
    yield { at, message: `${daemon.name} runs until it is told to end, ${where}; give it a command that ends, or use a Deployment` };
    return;
  }
  const server = script && serverIn(script);
  if (server) yield { at: server.at, message: `${server.name} runs until it is told to end, ${where}; ${server.remedy ?? "let it end, or use a Deployment"}` };
}
