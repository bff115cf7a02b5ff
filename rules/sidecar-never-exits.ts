import {
  type Container,
  type Context,
  defineRule,
  type Fact,
  type FactAt,
  type Finding,
  flag,
  insertField,
  isAtLeast,
  jobOfWorkload,
  manifest,
  type PodTemplate,
  textAt,
} from "#rule";
import type { Daemon } from "./lib/daemon-programs.js";
import { daemonOf, wordsOf } from "./lib/daemons.js";
import { duration } from "./lib/duration.js";
import { foreverIn } from "./lib/forever.js";
import { homeOf } from "./lib/home.js";
import { injectedInto, type Injector, leavesToNamespace, type MeshFact, meshOf } from "./lib/mesh.js";
import { ownRestartPolicy, toInitContainers } from "./lib/native-sidecars.js";

export default defineRule({
  id: "sidecar-never-exits",
  summary: "A proxy, an agent or a server beside the work goes on when the work is done.",
  why: `
    A pod of a Job has succeeded when **all** its containers have ended. A proxy or a log shipper among \`containers\` never ends: the
    work is done, the pod stays \`Running\`, the Job stays active until a deadline makes it fail, and under
    \`concurrencyPolicy: Forbid\` no further run starts. As an ordinary init container it keeps the others from starting at all.

    A **native sidecar**, an init container with \`restartPolicy: Always\` (Kubernetes ${ownRestartPolicy.sidecarsFrom} and later), is ended
    by the kubelet when the others are done. Elsewhere the work has to end it: \`/quitquitquit\`, a shared process namespace, a file
    that it waits for.
  `,
  category: "reliability",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers",
    "https://github.com/kubernetes/kubernetes/issues/25908",
  ],
  supersedes: ["never-ending-command"],
  reads: ["Namespace"],
  falsePositives: "A program in another container that ends the sidecar in a way that the manifest does not show.",

  *podTemplate(pod, context) {
    if (pod.spec.state !== "present") return;
    const main = pod.written.filter(({ init }) => !init);
    const ending = main.filter(endsSidecars);
    for (const container of main.length > 1 ? main : []) {
      // Whoever ends others does not end by itself.
      if (!ending.some((one) => one !== container)) yield* besideWork(container, context);
    }
    for (const container of pod.written.filter(({ init }) => init)) yield* beforeWork(container, context);
    if (ending.length > 0) return;
    for (const { injector, at } of injectedInto(pod)) yield { at, severity: "info", message: injectedText(injector) };
  },

  *facts(workload): Iterable<FactAt<MeshFact>> {
    const { pod } = jobOfWorkload(workload);
    const home = homeOf(workload);
    const main = pod.written.filter(({ init }) => !init);
    if (home === undefined || home === "" || pod.spec.state !== "present" || !leavesToNamespace(pod) || main.some(endsSidecars)) return;
    yield { at: pod.metadata.labels, data: { sort: "pod", home } };
  },

  *otherFacts(object): Iterable<FactAt<MeshFact>> {
    const data = meshOf(object);
    if (data) yield { at: object.metadata.name, data };
  },

  *workspace(facts: readonly Fact<MeshFact>[]) {
    for (const pod of facts.filter(({ data }) => data.sort === "pod")) {
      const mesh = facts.find(({ data }) => data.sort === "mesh" && data.home === pod.data.home);
      if (mesh?.data.sort === "mesh") yield { fact: pod, severity: "info", message: namespaceText(mesh.data) };
    }
  },

  examples: [
    {
      title: "A proxy beside the work",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "30 5 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: report
                      image: report:1.4
                    - name: sql-proxy
                      image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0
        #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cloud-sql-proxy goes on when the work is done, so the Job never completes; make it an init container with restartPolicy: Always
                      args: [--port=5432, "shop:europe-west1:db"]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "30 5 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  initContainers:
                    - name: sql-proxy
                      image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0
                      args: [--port=5432, "shop:europe-west1:db"]
                      restartPolicy: Always
                  containers:
                    - name: report
                      image: report:1.4
      `,
    },
    {
      title: "A proxy before the work",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              initContainers:
                - name: sql-proxy
                  image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0
        #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cloud-sql-proxy never ends, so no container after this init container starts; add restartPolicy: Always to it
                  args: ["shop:europe-west1:db"]
              containers:
                - name: report
                  image: report:1.4
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              initContainers:
                - name: sql-proxy
                  image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0
                  args: ["shop:europe-west1:db"]
                  restartPolicy: Always
              containers:
                - name: report
                  image: report:1.4
      `,
    },
  ],
});

function* besideWork(container: Container, context: Context): Iterable<Finding> {
  const { pod } = container;
  // With a restart policy of its own another rule speaks.
  if (container.restartPolicy.state !== "absent") return;
  const script = context.script(container);
  const daemon = daemonOf(container, script);
  const forever = daemon ? undefined : foreverIn(container, script, context.runTime(pod.job));
  if (!daemon && !forever) return;
  const at = forever?.at ?? startOf(container);
  const name = daemon?.name ?? forever?.name ?? "";
  const isCertain = cannotBeEnded(container, daemon);
  yield {
    at,
    ...(isCertain ? {} : { severity: "info" }),
    message: `${name} goes on when the work is done, ${consequence(pod)}; ${remedy(context, isCertain)}`,
    ...fixFor(container, context),
  };
}

/** It then starts before the work, and is ended after it. */
function fixFor(container: Container, context: Context): Pick<Finding, "fix"> {
  const edits = isNativeIn(context) ? toInitContainers(container) : [];
  const title = "make it a native sidecar; a Job that exists must be replaced";
  return edits.length > 0 ? { fix: { title, safe: false, edits } } : {};
}

function isNativeIn({ kubernetes }: Context): boolean {
  return kubernetes.every((minor) => isAtLeast(minor, ownRestartPolicy.sidecarsFrom));
}

function injectedText({ name, isNativeAtTimes, end }: Injector): string {
  const unless = isNativeAtTimes ? ", unless it is injected as a native sidecar" : "";
  return `${name} goes on when the work is done, so the Job stays active${unless}; ${end}`;
}

function namespaceText({ home, name, optOut }: Extract<MeshFact, { readonly sort: "mesh" }>): string {
  const fact = `namespace ${home} injects ${name}, which goes on when the work is done unless it is a native sidecar`;
  return `${fact}; add ${optOut} to the pod template`;
}

/** What says which program it is. */
function startOf({ image, command }: Container): Finding["at"] {
  return command.value?.[0] ?? image;
}

function consequence({ job, activeDeadlineSeconds }: PodTemplate): string {
  const deadline = job.activeDeadlineSeconds.value ?? activeDeadlineSeconds.value;
  if (deadline === undefined) return "so the Job never completes";
  return `so the Job never completes and fails after ${duration(deadline)}`;
}

function remedy(context: Context, isCertain: boolean): string {
  const isNative = isNativeIn(context);
  if (!isCertain) return isNative ? "end it from the work, or make it a native sidecar" : "end it from the work";
  return isNative ? "make it an init container with restartPolicy: Always" : "let the work end it";
}

/** Only then: no way to end it is open. Whether a program uses one cannot be seen. */
function cannotBeEnded({ pod, args, command }: Container, daemon: Daemon | undefined): boolean {
  if (flag(pod.spec, "shareProcessNamespace").state !== "absent") return false;
  if (!daemon?.quit) return true;
  const { option } = daemon.quit;
  const words = [...wordsOf(command), ...wordsOf(args)];
  const bare = (word: string): string => word.replace(/^-+/, "-");
  return option !== undefined && !words.some((word) => word.startsWith("{{") || bare(word).startsWith(bare(option)));
}

const ends =
  /quitquitquit|shutdown|\bp?kill|linkerd-await|scuttle|agent\/v1\/quit|\/quit\b|\btouch\b|delete pod|nsenter|docker stop|kubexit/i;

/** Whether a container ends others, as far as its command shows. */
function endsSidecars({ command, args, level }: Container): boolean {
  const texts = [...(command.value ?? []), ...(args.value ?? [])].map(({ value }) => value ?? "");
  const hooks = level.mapping?.entries.find(({ key }) => key.text === "lifecycle");
  return texts.some((text) => ends.test(text)) || (hooks !== undefined && ends.test(textAt(hooks.value.place)));
}

/** As an ordinary init container it has to end before the others start. */
function* beforeWork(container: Container, context: Context): Iterable<Finding> {
  const { restartPolicy, level } = container;
  if (restartPolicy.state !== "absent") return;
  const daemon = daemonOf(container, context.script(container));
  if (!daemon) return;
  const isNative = isNativeIn(context);
  const remedy = isNative ? "add restartPolicy: Always to it" : "do not run it as an init container";
  const message = `${daemon.name} never ends, so no container after this init container starts; ${remedy}`;
  const edits = insertField(level, "restartPolicy", "Always");
  const fix = { title: "add restartPolicy: Always, which makes it a sidecar", safe: false, edits };
  yield { at: startOf(container), message, ...(isNative ? { fix } : {}) };
}
