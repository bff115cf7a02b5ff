import { defineRule, type Fact, type FactAt, jobOfWorkload, manifest, type WorkspaceFinding } from "#rule";
import { homeOf } from "./lib/home.js";
import { kustomizations, type Made, madeBy, makers } from "./lib/made.js";
import { type Referred, referencesOf } from "./lib/needed-objects.js";
import { isSlip } from "./lib/slip.js";
import { ofSort } from "./lib/sorts.js";

interface Wanted {
  readonly sort: "wanted";
  readonly kind: Referred;
  readonly name: string;
  readonly key?: string;
  readonly home: string;
  readonly lenient: boolean;
  /** Comes out of a template, so other objects may come too. */
  readonly template: boolean;
}

/** Overlays may add to the folder, and kustomizations take in what stands elsewhere. */
interface Kustomized {
  readonly sort: "kustomized";
}

type Data = Wanted | Made | Kustomized;

/** What is in every cluster or namespace, or is put there by what runs it. */
const given = /^(?:ServiceAccount default|PriorityClass system-.*|ConfigMap (?:kube-root-ca|openshift-service-ca|istio-ca-root)[.-]\w+)$/;

const waits = "its pods wait for it for ever";
const effects: Readonly<Record<Referred, string>> = {
  ConfigMap: waits,
  Secret: waits,
  PersistentVolumeClaim: "its pods are never scheduled",
  ServiceAccount: "no pod can be created",
  PriorityClass: "no pod can be created",
};

export default defineRule({
  id: "missing-reference",
  summary: "A Job refers to an object, or to a key of one, that is not among the manifests.",
  why: `
    A pod whose ConfigMap, Secret or key is missing waits in \`CreateContainerConfigError\` or \`ContainerCreating\` for as long as
    it stays missing, and does not count towards \`backoffLimit\`. Without its claim it is never scheduled; without its ServiceAccount or
    PriorityClass no pod is created at all, and only events of the Job say so.

    It is said as a warning where a key is missing in an object that is there, or where a name looks mistyped; as advice where the manifests
    hold other objects of that kind in the same namespace. With the option \`complete\`, every reference must be among them.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/configuration/configmap/#configmaps-and-pods",
    "https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret",
    "https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#pod-priority",
  ],
  options: {
    complete: { type: "boolean", default: false, description: "Each folder holds all objects that its Jobs and CronJobs refer to." },
  },
  falsePositives: "Objects that are made by hand or by another tool, beside some that are among the manifests.",
  reads: makers,

  *facts(workload): Iterable<FactAt<Data>> {
    const home = homeOf(workload);
    if (home === undefined) return;
    const { template } = workload.document;
    const seen = new Set<string>();
    for (const { kind, at, key, lenient } of referencesOf(jobOfWorkload(workload).pod)) {
      const name = `${kind} ${at.value}`;
      const id = `${name} ${key?.value ?? ""}`;
      if (seen.has(id) || given.test(name)) continue;
      seen.add(id);
      yield { at: key ?? at, data: { sort: "wanted", kind, name: at.value, home, lenient, template, ...(key ? { key: key.value } : {}) } };
    }
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    const at = object.metadata.name;
    for (const data of madeBy(object)) yield { at, data };
    if (kustomizations.includes(object.kind)) yield { at, data: { sort: "kustomized" } };
  },

  *workspace(facts: readonly Fact<Data>[], { options: { complete } }) {
    const made = ofSort(facts, "made");
    const wanted = ofSort(facts, "wanted");
    const set: ObjectSet = { ...byKind(made), kustomized: ofSort(facts, "kustomized"), wanted, complete };
    for (const fact of wanted) {
      const finding = judged(fact, set);
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "A letter too few",
      bad: manifest`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: report-settings }
        data: { currency: EUR }
        ---
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
                  envFrom:
                    - configMapRef:
                        name: report-setings
        #                     ^^^^^^^^^^^^^^ ConfigMap report-setings is not among these manifests, so its pods wait for it for ever; report-settings is there, name that
      `,
      good: manifest`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: report-settings }
        data: { currency: EUR }
        ---
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
                  envFrom:
                    - configMapRef:
                        name: report-settings
      `,
    },
    {
      title: "A key that the ConfigMap does not have",
      bad: manifest`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: report-settings }
        data: { currency: EUR }
        ---
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
                  env:
                    - name: CURRENCY
                      valueFrom:
                        configMapKeyRef:
                          name: report-settings
                          key: CURRENCY
        #                      ^^^^^^^^ ConfigMap report-settings has no key CURRENCY, so its pods wait for it for ever; it has currency
      `,
      good: manifest`
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: report-settings }
        data: { currency: EUR }
        ---
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
                  env:
                    - name: CURRENCY
                      valueFrom:
                        configMapKeyRef:
                          name: report-settings
                          key: currency
      `,
    },
  ],
});

interface ObjectSet {
  /** By kind, then by name. */
  readonly named: ReadonlyMap<string, readonly Fact<Made>[]>;
  readonly ofKind: ReadonlyMap<Referred, readonly Fact<Made>[]>;
  readonly kustomized: readonly Fact<Kustomized>[];
  readonly wanted: readonly Fact<Wanted>[];
  readonly complete: boolean;
}

function byKind(made: readonly Fact<Made>[]): Pick<ObjectSet, "named" | "ofKind"> {
  const named = new Map<string, Fact<Made>[]>();
  const ofKind = new Map<Referred, Fact<Made>[]>();
  for (const fact of made) {
    const { kind, name } = fact.data;
    const same = named.get(`${kind} ${name ?? ""}`) ?? [];
    same.push(fact);
    named.set(`${kind} ${name ?? ""}`, same);
    const all = ofKind.get(kind) ?? [];
    all.push(fact);
    ofKind.set(kind, all);
  }
  return { named, ofKind };
}

type Found = WorkspaceFinding<Data> | undefined;

function judged(fact: Fact<Wanted>, set: ObjectSet): Found {
  const { kind, name, home, key } = fact.data;
  const isHere = (one: Made): boolean => kind === "PriorityClass" || one.home === home;
  // What has no namespace may go to any.
  const there = (set.named.get(`${kind} ${name}`) ?? []).filter(({ data }) => isHere(data) || !data.home || home === "");
  if (there.length > 0) return key === undefined ? undefined : withoutKey(fact, key, there, set);
  const others = set.ofKind.get(kind) ?? [];
  if (key !== undefined || others.some(({ data }) => data.name === undefined || data.home === undefined)) return undefined;
  return absent(fact, others.filter(({ data }) => isHere(data)), set);
}

/** Only where one object is certainly the one meant. */
function withoutKey(fact: Fact<Wanted>, key: string, there: readonly Fact<Made>[], { kustomized }: ObjectSet): Found {
  const [only] = there;
  const { kind, name, home } = fact.data;
  if (!only || there.length > 1 || only.data.home !== home || kustomized.length > 0) return undefined;
  const { keys } = only.data;
  if (!keys || keys.includes(key)) return undefined;
  const message = `${kind} ${name} has no key ${key}, so ${effects[kind]}; it has ${listed(keys)}`;
  return { fact, message, related: [{ fact: only, message: `${kind} ${name} is made here` }] };
}

const keysSaid = 4;

function listed(keys: readonly string[]): string {
  const rest = keys.length - keysSaid;
  return `${keys.slice(0, keysSaid).join(", ")}${rest > 0 ? ` and ${String(rest)} more` : ""}`;
}

/** Objects of one kind and namespace among which a slip is looked for. */
const mostCompared = 300;

function absent(fact: Fact<Wanted>, others: readonly Fact<Made>[], { kustomized, wanted, complete }: ObjectSet): Found {
  const { kind, name, lenient, template } = fact.data;
  const missing = `${kind} ${name} is not among these manifests, so ${lenient ? "images may not be pulled" : effects[kind]}`;
  const isMeant = (other: string): boolean => isSlip(name, other) && !isWantedBeside(fact, other, wanted);
  const meant = others.slice(0, mostCompared).find(({ data }) => data.name !== undefined && isMeant(data.name));
  if (meant) {
    const right = meant.data.name ?? "";
    const related = [{ fact: meant, message: `${kind} ${right} is made here` }];
    return { fact, message: `${missing}; ${right} is there, name that`, related };
  }
  if (complete) return { fact, message: `${missing}; add it` };
  const own = others.filter(({ data }) => data.itself);
  const [near] = own;
  if (!near || lenient || template || kustomized.length > 0 || own.length < others.length) return undefined;
  const other = near.data.name ?? "";
  const there = own.length === 1 ? `only ${other} is` : `${String(own.length)} others are, such as ${other}`;
  return { fact, severity: "info", message: `${missing} unless something else makes it; ${there}` };
}

/** The same pod names the other one too, so the two names are two objects. */
function isWantedBeside(fact: Fact<Wanted>, name: string, wanted: readonly Fact<Wanted>[]): boolean {
  const { kind } = fact.data;
  const beside = wanted.filter(({ at, object }) => at.file === fact.at.file && object.name === fact.object.name);
  return beside.some(({ data }) => data.name === name && data.kind === kind);
}
