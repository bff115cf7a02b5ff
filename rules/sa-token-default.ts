import {
  type Context,
  defineRule,
  type Fact,
  type FactAt,
  type Finding,
  flag,
  insertField,
  itemLevel,
  jobOfWorkload,
  list,
  manifest,
  type OtherObject,
  type PodTemplate,
  type Present,
  type ScriptCommand,
  text,
} from "#rule";
import { homeOf } from "./lib/home.js";
import { commandOf, givesIdentity, type Kubectl, speaksToServer } from "./lib/kubectl.js";

/** Pods whose script asks the API server as the default account. */
interface Caller {
  readonly sort: "caller";
  readonly home: string;
  readonly command: string;
}

/** Rights that somebody gives to the default account: null for those of every namespace. */
interface Grant {
  readonly sort: "grant";
  readonly home: string | null;
}

type Data = Caller | Grant;

export default defineRule({
  id: "sa-token-default",
  summary: "The pod runs as the default ServiceAccount: a token that nothing uses, or kubectl without rights.",
  why: `
    A pod without \`serviceAccountName\` runs as the ServiceAccount \`default\` of its namespace and has its token mounted. Where a script
    calls \`kubectl\`, that account has no rights in most clusters, and every call ends with \`Forbidden\`. Where nothing
    calls the API server, the token is only there to be stolen; \`automountServiceAccountToken: false\` leaves it out.
  `,
  category: "security",
  severity: "warning",
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"],
  falsePositives: "Rights that the default account has by a binding which is not among the files, and programs that use the token.",
  reads: ["RoleBinding", "ClusterRoleBinding"],

  *podTemplate(pod, context) {
    const automount = flag(pod.spec, "automountServiceAccountToken");
    if (pod.spec.state !== "present" || automount.state !== "absent" || !isDefault(pod)) return;
    if (pod.written.length === 0 || pod.written.some((container) => mayCall(context, container))) return;
    yield unused(pod);
  },

  *facts(workload, context): Iterable<FactAt<Data>> {
    const { pod } = jobOfWorkload(workload);
    const home = homeOf(workload);
    if (home === undefined || pod.spec.state !== "present" || !isDefault(pod)) return;
    for (const { at, command } of callsOf(pod, context)) yield { at, data: { sort: "caller", home, command } };
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    const home = grantedHome(object);
    if (home !== undefined) yield { at: object.metadata.name, data: { sort: "grant", home } };
  },

  *workspace(facts: readonly Fact<Data>[]) {
    const grants = facts.filter(isGrant);
    for (const caller of facts.filter(isCaller)) {
      const { home, command } = caller.data;
      if (grants.some(({ data }) => data.home === null || data.home === home || data.home === "" || home === "")) continue;
      const fact = `${command} runs as ServiceAccount default, to which no binding here gives rights`;
      yield { fact: caller, message: `${fact}; set serviceAccountName to one that has them` };
    }
  },

  examples: [
    {
      title: "kubectl without rights",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: restart }
        spec:
          schedule: "0 4 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: kubectl
                      image: registry.k8s.io/kubectl:v1.34.1
                      command: [kubectl, rollout, restart, deployment/web]
        #                       ^^^^^^^ kubectl rollout runs as ServiceAccount default, to which no binding here gives rights; set serviceAccountName to one that has them
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: restart }
        spec:
          schedule: "0 4 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  serviceAccountName: restart-web
                  restartPolicy: Never
                  containers:
                    - name: kubectl
                      image: registry.k8s.io/kubectl:v1.34.1
                      command: [kubectl, rollout, restart, deployment/web]
      `,
    },
    {
      title: "A token for nothing",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          template:
            spec:
        #   ^^^^ the pod gets a token of ServiceAccount default; if it does not talk to the API server, set automountServiceAccountToken: false
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: import }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
              automountServiceAccountToken: false
      `,
    },
  ],
});

function unused(pod: PodTemplate): Finding {
  const remedy = "if it does not talk to the API server, set automountServiceAccountToken: false";
  return {
    at: flag(pod.spec, "automountServiceAccountToken"),
    severity: "info",
    message: `the pod gets a token of ServiceAccount default; ${remedy}`,
    fix: {
      title: "set automountServiceAccountToken: false; a program that does use the token then fails",
      safe: false,
      edits: insertField(pod.spec, "automountServiceAccountToken", false),
    },
  };
}

/** `serviceAccount` is the older name of the field: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
function isDefault({ spec, serviceAccountName }: PodTemplate): boolean {
  const older = text(spec, "serviceAccount");
  const isOrdinary = (value = ""): boolean => value === "" || value === "default";
  return [serviceAccountName, older].every(({ state, value }) => state !== "unknown" && isOrdinary(value));
}

const clients = /kubectl|kustomize|helm|argocd|flux|oc-cli|ose-cli|k8s|kube|openshift|operator|velero/i;

/** Its script, its image or a template may have a use for the token. */
function mayCall({ script }: Pick<Context, "script">, container: PodTemplate["written"][number]): boolean {
  const { image, command, args } = container;
  if (clients.test(image.value ?? "") || [image, command, args].some(({ state }) => state === "unknown")) return true;
  return (script(container)?.commands ?? []).some((one) => commandOf(one) !== undefined);
}

interface Call {
  readonly at: FactAt<Data>["at"];
  readonly command: string;
}

/** The first call of each container that goes to the API server with the pod's own account. */
function callsOf(pod: PodTemplate, { script }: Pick<Context, "script">): readonly Call[] {
  const automount = flag(pod.spec, "automountServiceAccountToken");
  if (automount.state !== "absent" && automount.value !== true) return [];
  return pod.written.flatMap((container) => {
    const read = script(container);
    if (!read || hasOtherIdentity(container)) return [];
    const known: readonly { readonly command: ScriptCommand; readonly call: Kubectl }[] = read.commands.flatMap((command) => {
      const call = commandOf(command);
      return call ? [{ command, call }] : [];
    });
    if (known.some(({ call }) => call.hasOwnCredentials) || read.commands.some(givesIdentity)) return [];
    const first = known.find(({ call }) => speaksToServer(call));
    return first ? [{ at: read.at(first.command.program ?? first.command), command: first.call.text }] : [];
  });
}

/** A kubeconfig that is mounted or named, or one that a program writes. */
function hasOtherIdentity({ env, level: own }: PodTemplate["written"][number]): boolean {
  if (env.state === "unknown" || list(own, "envFrom", () => true).state !== "absent") return true;
  const mounts = list(own, "volumeMounts", (node, path) => text(itemLevel(node, path, own), "mountPath"));
  const identity = /\.kube|kubeconfig|serviceaccount/i;
  const isMounted = (mounts.value ?? []).some(({ state, value = "" }) => state !== "present" || identity.test(value));
  return isMounted || (env.value ?? []).some((variable) => text(variable, "name").value === "KUBECONFIG");
}

function isCaller(fact: Fact<Data>): fact is Fact<Caller> {
  return fact.data.sort === "caller";
}

function isGrant(fact: Fact<Data>): fact is Fact<Grant> {
  return fact.data.sort === "grant";
}

/** The namespace whose default account gets rights; undefined where none does. Groups that hold all accounts count too. */
function grantedHome(object: OtherObject): string | null | undefined {
  const subjects = list(object.root, "subjects", (node, path) => itemLevel(node, path, object.root));
  if (subjects.state === "unknown") return null;
  for (const subject of subjects.value ?? []) {
    const [kind, name, namespace] = [text(subject, "kind"), text(subject, "name"), text(subject, "namespace")];
    if (kind.state === "unknown" || name.state === "unknown") return null;
    if (kind.value === "Group" && isGroupOfAccounts(name)) return null;
    if (kind.value !== "ServiceAccount" || name.value !== "default") continue;
    return namespace.state === "unknown" ? null : (namespace.value ?? homeOf(object) ?? null);
  }
  return undefined;
}

function isGroupOfAccounts(name: Present<string> | { readonly state: "absent"; readonly value?: undefined }): boolean {
  return /^system:(?:serviceaccounts|authenticated)/.test(name.value ?? "");
}
