import { defineRule, type Fact, type FactAt, jobOfWorkload, manifest, text, type WorkspaceFinding } from "#rule";
import { homeOf } from "./lib/home.js";
import { type Breach, breachesOf, checks, checksOf, type Standard } from "./lib/pod-security.js";
import { ofSort } from "./lib/sorts.js";

/** What one check holds against the pods of a Job, by its number. */
type Held = readonly [check: number, what: string, how: string, set?: string];

interface Breaches {
  readonly sort: "breaches";
  readonly home: string;
  readonly of: readonly Held[];
}

interface Enforcement {
  readonly sort: "enforcement";
  readonly namespace: string;
  readonly standard: Standard;
  /** The minor of `enforce-version`; none means the cluster's own. */
  readonly minor?: number;
}

type Data = Breaches | Enforcement;

const label = "pod-security.kubernetes.io/enforce";

export default defineRule({
  id: "psa-rejects-pods",
  summary: "The namespace enforces a Pod Security Standard that refuses the pods of the Job.",
  why: `
    Pod Security admission enforces on pods, not on what creates them: the Job is accepted, with a warning at most, and then every
    attempt of its controller to create a pod is refused. The Job shows no pod, no failure and no log, only \`FailedCreate\` events,
    and it does not count towards \`backoffLimit\`: without a deadline it tries for ever.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/concepts/security/pod-security-admission/#workload-resources-and-pod-templates",
  ],
  falsePositives: "Clusters that exempt the namespace or the runtime class, or whose webhooks add to a pod's securityContext.",
  reads: ["Namespace"],

  *facts(workload): Iterable<FactAt<Data>> {
    const home = homeOf(workload);
    if (home === undefined || home === "") return;
    const found = breachesOf(jobOfWorkload(workload).pod);
    const [worst] = [...found].sort((a, b) => rank(a) - rank(b));
    if (worst) yield { at: worst.breach.at, data: { sort: "breaches", home, of: found.map(heldBy) } };
  },

  *otherFacts({ metadata }): Iterable<FactAt<Data>> {
    const { name, labels } = metadata;
    const level = text(labels, label);
    const version = text(labels, `${label}-version`);
    if (name.state !== "present" || version.state === "unknown" || (level.value !== "baseline" && level.value !== "restricted")) return;
    const minor = minorOf(version.value ?? "latest");
    if (minor === undefined) return;
    const data = { sort: "enforcement", namespace: name.value, standard: level.value } as const;
    yield { at: level, data: minor === "latest" ? data : { ...data, minor } };
  },

  *workspace(facts: readonly Fact<Data>[], { kubernetes }) {
    const enforced = ofSort(facts, "enforcement");
    for (const fact of ofSort(facts, "breaches")) {
      const namespace = enforced.find(({ data }) => data.namespace === fact.data.home);
      const finding = namespace && refusal(fact, namespace, kubernetes);
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "A Job without a securityContext where restricted is enforced",
      bad: manifest`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: payments
          labels:
            pod-security.kubernetes.io/enforce: restricted
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: settle, namespace: payments }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: settle
        #         ^^^^ namespace payments enforces restricted, so no pod is created; set allowPrivilegeEscalation: false, runAsNonRoot: true, seccompProfile and capabilities.drop: [ALL]
                  image: settle:3.0
      `,
      good: manifest`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: payments
          labels:
            pod-security.kubernetes.io/enforce: restricted
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: settle, namespace: payments }
        spec:
          template:
            spec:
              restartPolicy: Never
              securityContext:
                runAsNonRoot: true
                seccompProfile: { type: RuntimeDefault }
              containers:
                - name: settle
                  image: settle:3.0
                  securityContext:
                    allowPrivilegeEscalation: false
                    capabilities: { drop: [ALL] }
      `,
    },
    {
      title: "A path of the node where baseline is enforced",
      bad: manifest`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: tools
          labels: { pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.30 }
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: prune, namespace: tools }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: prune, image: prune:1.0, volumeMounts: [{ name: logs, mountPath: /logs }] }]
              volumes:
                - name: logs
                  hostPath: { path: /var/log }
        #         ^^^^^^^^ namespace tools enforces baseline v1.30, so no pod is created: a hostPath volume is used; remove it
      `,
      good: manifest`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: tools
          labels: { pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.30 }
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: prune, namespace: tools }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: prune, image: prune:1.0, volumeMounts: [{ name: logs, mountPath: /logs }] }]
              volumes:
                - name: logs
                  persistentVolumeClaim: { claimName: logs }
      `,
    },
  ],
});

interface Found {
  readonly check: number;
  readonly breach: Breach;
}

function heldBy({ check, breach: { what, how, set } }: Found): Held {
  return set === undefined ? [check, what, how] : [check, what, how, set];
}

/** What is written is told before what is missing, and what baseline refuses before what restricted does. */
function rank({ check, breach }: Found): number {
  const standing = breach.at.state === "present" ? 0 : 2;
  return standing + (checks[check]?.standard === "baseline" ? 0 : 1);
}

/** https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/pod-security-admission/api/helpers.go */
function minorOf(version: string): number | "latest" | undefined {
  if (version === "latest") return version;
  const [, minor] = /^v1\.(\d|[1-9]\d{1,3})$/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

function refusal(fact: Fact<Breaches>, namespace: Fact<Enforcement>, kubernetes: readonly string[]): WorkspaceFinding<Data> | undefined {
  const { standard, minor, namespace: name } = namespace.data;
  const policies = kubernetes.map((one) => Math.min(minor ?? Infinity, Number(one.slice(one.indexOf(".") + 1))));
  const refused = policies.map((policy) => refusedBy(fact.data, standard, policy)).find((all) => all.length > 0);
  if (!refused) return undefined;
  const policy = minor === undefined ? standard : `${standard} v1.${String(minor)}`;
  const message = `namespace ${name} enforces ${policy}, so no pod is created${reason(refused)}`;
  return { fact, message, related: [{ fact: namespace, message: `enforces ${policy}` }] };
}

/** Each remedy names what it is for, so that many need no list of reasons beside it. */
function reason(refused: readonly Held[]): string {
  const [first, second] = refused;
  const sets = refused.flatMap(([, , , set]) => set ?? []);
  const removes = refused.flatMap(([, what, , set]) => (set === undefined ? [what.replace(/^an? /, "the ")] : []));
  if (first && !second) return `: ${first[1]} ${first[2]}; ${first[3] === undefined ? "remove it" : `set ${first[3]}`}`;
  const remedies = [...(removes.length > 0 ? [`remove ${listed(removes)}`] : []), ...(sets.length > 0 ? [`set ${listed(sets)}`] : [])];
  return `; ${remedies.join(", ")}`;
}

/** `a, b and c`. */
function listed(all: readonly string[]): string {
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

/** The checks of a policy of one minor that the pods fail. */
function refusedBy({ of }: Breaches, standard: Standard, policy: number): readonly Held[] {
  const judging = new Set(checksOf(standard, policy));
  return of.filter(([index]) => {
    const check = checks[index];
    return check !== undefined && judging.has(check);
  });
}
