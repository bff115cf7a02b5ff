import { type Container, type ContainerScript, defineRule, type Finding, type Job, manifest, type ScriptCommand } from "#rule";
import { curlCall } from "./lib/curl.js";
import { openWaits } from "./lib/open-waits.js";

export default defineRule({
  id: "network-call-no-timeout",
  summary: "A call or a wait without limit, in a Job without a deadline, may keep the run active for ever.",
  why: `
    curl waits for an answer as long as the connection stays open, and \`until nc -z db 5432; do sleep 2; done\` waits for a
    database that may never come. Nothing fails then, so nothing is retried: the pod stays Running (or in \`Init\`), the Job active.
    Under \`concurrencyPolicy: Forbid\` no later run starts; under \`Allow\` they pile up.

    A limit at the call (\`curl --max-time\`, \`timeout 300\`), a count in the loop, or \`activeDeadlineSeconds\` in the Job's spec ends
    it. \`--connect-timeout\` alone does not: it covers the first moments only.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://curl.se/docs/manpage.html#-m",
    "https://www.gnu.org/software/wget/manual/html_node/Download-Options.html",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
  ],
  falsePositives: "Waits for something that surely comes.",

  *container(container, context) {
    const script = isBounded(container.pod.job) ? undefined : context.script(container);
    if (!script || isLimited(container)) return;
    const waits = openWaits(script);
    for (const { keyword, what } of waits) {
      const remedy = "count the rounds or set activeDeadlineSeconds";
      yield { at: script.at(keyword), message: `this loop waits for ${what} without limit, and the Job has no deadline; ${remedy}` };
    }
    for (const command of script.commands) {
      const isInWait = waits.some(({ extent }) => extent.start <= command.start && command.end <= extent.end);
      const finding = isInWait ? undefined : called(script, command);
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "Waiting for a database",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              initContainers:
                - name: wait
                  image: busybox:1.37
                  command: ["sh", "-c", "until nc -z db 5432; do sleep 2; done"]
        #                                ^^^^^ this loop waits for nc without limit, and the Job has no deadline; count the rounds or set activeDeadlineSeconds
              containers:
                - { name: migrate, image: "registry.example.com/shop:4.2" }
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          activeDeadlineSeconds: 600
          template:
            spec:
              restartPolicy: Never
              initContainers:
                - name: wait
                  image: busybox:1.37
                  command: ["sh", "-c", "until nc -z db 5432; do sleep 2; done"]
              containers:
                - { name: migrate, image: "registry.example.com/shop:4.2" }
      `,
    },
  ],
});

/** Something else ends a hang: a deadline, or the next run. */
function isBounded({ activeDeadlineSeconds, pod, cronJob }: Job): boolean {
  if (activeDeadlineSeconds.state !== "absent" || pod.activeDeadlineSeconds.state !== "absent") return true;
  const policy = cronJob?.concurrencyPolicy;
  return policy !== undefined && policy.state !== "absent" && !/^(?:Allow|Forbid)$/.test(policy.value ?? "");
}

/** `timeout 60 sh -c …`. */
function isLimited({ command, args }: Container): boolean {
  return [command, args].some((words) => words.value?.some(({ value }) => value !== undefined && /(?:^|\/)timeout$/.test(value)));
}

function called(script: ContainerScript, command: ScriptCommand): Finding | undefined {
  const { name, args, program, behind, where } = command;
  if (behind.includes("timeout") || where.isInBackground) return undefined;
  const at = script.at(program ?? args[0] ?? command);
  if (name === "curl") {
    const call = curlCall(command, script);
    if (!call || call.isLimited || call.isQuestion) return undefined;
    return { at, severity: "info", message: "curl waits for its answer without limit, and the Job has no deadline; add --max-time" };
  }
  const limit = /^-[a-zA-Z]*T|^--(?:read-)?timeout|^--(?:version|help)|^-[Vh]$/;
  const isLimitedOrNone = args.some(({ lead, isOpen }) => isOpen || limit.test(lead));
  if (name !== "wget" || args.length === 0 || isLimitedOrNone) return undefined;
  return { at, severity: "info", message: "wget waits up to 900 s whenever the server is silent, and the Job has no deadline; add -T" };
}
