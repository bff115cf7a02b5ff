import { type Container, type Context, defineRule, type Job, manifest } from "#rule";
import { mentions } from "./lib/mentions.js";
import { readsNoEnvironment } from "./lib/plain-programs.js";

/** The index by its variable, its annotation or label, the pod's name or its hostname, all of which tell it. */
const index = /completion[-_. ]?index|(?<!kubernetes\.io\/)hostname|metadata\.name\b/i;

export default defineRule({
  id: "indexed-without-index",
  summary: "An indexed Job whose pods never look at their index all do the same work.",
  why: `
    With \`completionMode: Indexed\` each pod gets a number from 0 on, as the variable \`JOB_COMPLETION_INDEX\`, as an annotation
    and label, and in its hostname. What part of the work is whose follows from that number alone. A script that does not use
    it does the same work as many times as there are completions.
  `,
  category: "correctness",
  severity: "info",
  references: ["https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/"],
  falsePositives: "A program that reads `JOB_COMPLETION_INDEX` or its host name without being told to.",

  *job(job, context) {
    const { completionMode, completions, pod, successPolicy, backoffLimitPerIndex } = job;
    if (completionMode.state !== "present" || completionMode.value !== "Indexed") return;
    const count = completions.value ?? 0;
    if (count < 2 || successPolicy.state !== "absent" || backoffLimitPerIndex.state !== "absent") return;
    if (!isPlain(job, context) || mentions(pod.spec, index)) return;
    yield {
      at: completionMode,
      message: `nothing here uses JOB_COMPLETION_INDEX, so all ${String(count)} pods do the same work; use it, or leave Indexed out`,
    };
  },

  examples: [
    {
      title: "Five times the same",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: resize
        spec:
          completionMode: Indexed
        #                 ^^^^^^^ nothing here uses JOB_COMPLETION_INDEX, so all 5 pods do the same work; use it, or leave Indexed out
          completions: 5
          parallelism: 5
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: resize
                  image: amazon/aws-cli:2.22.0
                  command: [sh, -c, aws s3 cp s3://images/raw/ s3://images/small/ --recursive]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: resize
        spec:
          completionMode: Indexed
          completions: 5
          parallelism: 5
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: resize
                  image: amazon/aws-cli:2.22.0
                  command: [sh, -c, 'aws s3 cp "s3://images/raw/$JOB_COMPLETION_INDEX/" s3://images/small/ --recursive']
      `,
    },
  ],
});

/** A program of somebody's own may look at the variable itself. */
function isPlain({ pod }: Job, context: Context): boolean {
  const { containers } = pod;
  if (containers.state !== "present" || pod.initContainers.state !== "absent") return false;
  return containers.value.every((container) => readsNothing(container, context));
}

function readsNothing(container: Container, context: Context): boolean {
  const script = context.script(container);
  return script !== undefined && script.commands.length > 0 && script.commands.every(readsNoEnvironment);
}
