import { type Container, type Context, defineRule, type Finding, isAtLeast, manifest, type Present } from "#rule";
import { ownRestartPolicy, toInitContainers } from "./lib/native-sidecars.js";

const { sidecarsFrom, anyContainerFrom } = ownRestartPolicy;

export default defineRule({
  id: "native-sidecar-misplaced",
  summary: "restartPolicy Always makes a sidecar only in an init container, and only where the cluster knows it.",
  why: `
    A native sidecar is an **init container** with \`restartPolicy: Always\`: it starts before the others, goes on beside them and
    is ended when they are done. Among \`containers\` the same line does something else. Up to Kubernetes
    ${previous(anyContainerFrom)} it is refused or dropped; from ${anyContainerFrom} on it is obeyed: the container is started
    again whenever it ends, so the pod never succeeds and the Job never completes.

    Before ${sidecarsFrom} the line is lost or refused in an init container too. Where it is lost, the sidecar becomes an init
    container that has to end before the others start, which a proxy never does.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/",
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-restart-rules",
  ],
  supersedes: ["field-forbidden", "field-too-new", "unknown-field"],

  *container(container, { kubernetes }) {
    const { restartPolicy: policy, init } = container;
    if (policy.state !== "present" || policy.value !== "Always") return;
    if (init) yield* tooOld(policy, kubernetes);
    else yield misplaced(container, policy, kubernetes);
  },

  examples: [
    {
      title: "Among the main containers",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: report
                  image: report:1.4
                - name: sql-proxy
                  image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0
                  restartPolicy: Always
        #                        ^^^^^^ Always starts this container again whenever it ends, so the Job never completes; move the container to initContainers
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
                  restartPolicy: Always
              containers:
                - name: report
                  image: report:1.4
      `,
    },
    {
      title: "Older than native sidecars",
      settings: { kubernetes: "1.27 - 1.31" },
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: monthly-report }
        spec:
          template:
            spec:
              restartPolicy: Never
              initContainers:
                - name: sql-proxy
                  image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0
                  restartPolicy: Always
        #                        ^^^^^^ 1.27 to 1.28 refuse or lose this line, and then the other containers wait until this one has ended; a native sidecar needs 1.29
              containers:
                - name: report
                  image: report:1.4
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: monthly-report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: report
                  image: report:1.4
                  env: [{ name: DB_HOST, value: sql.internal }]
      `,
    },
  ],
});

/** `1.34` for `1.35`. */
function previous(minor: string): string {
  const [major = "", number = "0"] = minor.split(".");
  return `${major}.${String(Number(number) - 1)}`;
}

function misplaced(container: Container, policy: Present<string>, kubernetes: Context["kubernetes"]): Finding {
  const obeys = kubernetes.some((minor) => isAtLeast(minor, anyContainerFrom));
  const ignores = kubernetes.some((minor) => !isAtLeast(minor, anyContainerFrom));
  const older = `before ${anyContainerFrom} it is refused or lost`;
  const newer = "Always starts this container again whenever it ends, so the Job never completes";
  const neither = "Always makes a sidecar of init containers only, and is refused or lost here";
  const fact = obeys ? newer + (ignores ? `, and ${older}` : "") : neither;
  const isNative = kubernetes.every((minor) => isAtLeast(minor, sidecarsFrom));
  const edits = isNative ? toInitContainers(container) : [];
  const fix = { title: "move the container to initContainers, where it is a sidecar", safe: false, edits };
  return { at: policy, message: `${fact}; move the container to initContainers`, ...(edits.length > 0 ? { fix } : {}) };
}

function* tooOld(policy: Present<string>, kubernetes: Context["kubernetes"]): Iterable<Finding> {
  const old = kubernetes.filter((minor) => !isAtLeast(minor, sidecarsFrom));
  const [first, last] = [old[0], old.at(-1)];
  if (first === undefined || last === undefined) return;
  const clusters = first === last ? `${first} refuses or loses` : `${first} to ${last} refuse or lose`;
  const fact = `${clusters} this line, and then the other containers wait until this one has ended`;
  yield { at: policy, message: `${fact}; a native sidecar needs ${sidecarsFrom}` };
}
