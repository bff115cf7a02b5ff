import { type Container, defineRule, type Fact, type FactAt, itemLevel, jobOfWorkload, type Level, level, list, manifest } from "#rule";
import { type OtherObject, scalar, text, type Workload, type WorkspaceFinding } from "#rule";
import { homeOf } from "./lib/home.js";
import { type JobLabel, type JobPods, jobPodsOf, matchedLabel, selectorText } from "./lib/pod-labels.js";
import { equalities, type Labels, labelsOf, type Selector, selecting, selectorOf, selects } from "./lib/selector.js";
import { ofSort } from "./lib/sorts.js";

/** What a Service must know of the pods of a Job. */
interface Ports {
  readonly sort: "ports";
  readonly of: string;
  /** Some container declares a port: that pods are to be reached is no surprise. */
  readonly any: boolean;
  readonly names: readonly string[];
}

interface Service {
  readonly sort: "service";
  readonly home: string;
  readonly selector: Selector;
  /** Names of the container ports it sends to; undefined when it also sends to a number. */
  readonly portNames?: readonly string[];
}

interface Autoscaler {
  readonly sort: "autoscaler";
  readonly home: string;
  readonly target: string;
}

/** A Deployment or the like, with what it selects and what its pods are labelled. */
interface Server {
  readonly sort: "server";
  readonly home: string;
  readonly target: string;
  readonly selector?: Selector;
  readonly labels: Labels;
}

type Data = JobPods | JobLabel | Ports | Service | Autoscaler | Server;

const servers = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];

export default defineRule({
  id: "label-collision",
  summary: "A Service or an autoscaler that is meant for other pods also selects those of a Job.",
  why: `
    A Service knows pods by their labels alone. When a Job's template repeats the labels of a Deployment, the Service sends a share
    of the requests to the Job's pods for as long as they run: without a readiness probe they count as ready at once, and nothing
    listens there. A HorizontalPodAutoscaler averages over all pods that its target's selector matches, so a busy Job makes
    the Deployment grow.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes",
    "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/podautoscaler/horizontal.go",
  ],
  falsePositives: "A Job whose pods are meant to answer the requests of that Service.",
  reads: ["Service", "HorizontalPodAutoscaler", ...servers],

  *facts(workload): Iterable<FactAt<Data>> {
    const pods = jobPodsOf(workload);
    yield* pods;
    if (pods.length > 0) yield* portsOf(workload);
  },

  *otherFacts(object): Iterable<FactAt<Data>> {
    const home = homeOf(object);
    const data = home === undefined ? undefined : dataOf(object, home);
    if (data) yield { at: object.metadata.name, data };
  },

  *workspace(facts: readonly Fact<Data>[]) {
    const labels = ofSort(facts, "label");
    const ports = new Map(ofSort(facts, "ports").map(({ at, data }) => [`${at.file} ${data.of}`, data]));
    const all = among(facts);
    for (const pods of ofSort(facts, "pods")) {
      const own = ports.get(`${pods.at.file} ${pods.data.of}`);
      const found = (own && byService(pods, own, labels, all)) ?? byAutoscaler(pods, labels, all);
      if (found) yield found;
    }
  },

  examples: [
    {
      title: "The labels of the Deployment, copied",
      bad: manifest`
        apiVersion: v1
        kind: Service
        metadata: { name: shop }
        spec:
          selector: { app: shop }
          ports: [{ port: 80, targetPort: 8080 }]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: shop }
        spec:
          selector: { matchLabels: { app: shop } }
          template:
            metadata: { labels: { app: shop } }
            spec:
              containers: [{ name: shop, image: shop:2.3 }]
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            metadata:
              labels:
                app: shop
        #            ^^^^ Service shop selects app=shop and sends requests to these pods too while they run; give them a label value of their own
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:2.3, args: [migrate] }]
      `,
      good: manifest`
        apiVersion: v1
        kind: Service
        metadata: { name: shop }
        spec:
          selector: { app: shop }
          ports: [{ port: 80, targetPort: 8080 }]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: shop }
        spec:
          selector: { matchLabels: { app: shop } }
          template:
            metadata: { labels: { app: shop } }
            spec:
              containers: [{ name: shop, image: shop:2.3 }]
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            metadata:
              labels:
                app: shop-migrate
            spec:
              restartPolicy: Never
              containers: [{ name: migrate, image: shop:2.3, args: [migrate] }]
      `,
    },
  ],
});

/** Nothing where a pod answers when it is ready, or belongs to a Service by name: those are to be found. */
function portsOf(workload: Workload): readonly FactAt<Ports>[] {
  const { pod } = jobOfWorkload(workload);
  const main = pod.written.filter(({ init }) => !init);
  const isProbed = pod.containers.state !== "present" || main.some((one) => level(one.level, "readinessProbe").state !== "absent");
  if (isProbed || text(pod.spec, "subdomain").state !== "absent") return [];
  const { labels } = pod.metadata;
  const written = main.flatMap(writtenPorts);
  const names = written.flatMap((port) => text(port, "name").value ?? []);
  return [{ at: labels, data: { sort: "ports", of: String(labels.place.start), any: written.length > 0, names } }];
}

function writtenPorts({ level: own }: Container): readonly Level[] {
  return list(own, "ports", (node, path) => itemLevel(node, path, own)).value ?? [];
}

function dataOf({ kind, metadata, root }: OtherObject, home: string): Service | Autoscaler | Server | undefined {
  const spec = level(root, "spec");
  if (kind === "Service") return serviceOf(spec, home);
  if (kind === "HorizontalPodAutoscaler") {
    const target = level(spec, "scaleTargetRef");
    return { sort: "autoscaler", home, target: `${text(target, "kind").value ?? ""} ${text(target, "name").value ?? ""}` };
  }
  const selector = selectorOf(level(spec, "selector"));
  const labels = labelsOf(level(level(level(spec, "template"), "metadata"), "labels"));
  const target = `${kind} ${metadata.name.value ?? ""}`;
  return { sort: "server", home, target, labels, ...(selector ? { selector } : {}) };
}

/** Undefined for a Service that selects nothing, or not as far as one can see. */
function serviceOf(spec: Level, home: string): Service | undefined {
  const equal = equalities(level(spec, "selector"));
  const type = text(spec, "type");
  if (!equal || Object.keys(equal).length === 0 || type.state === "unknown" || type.value === "ExternalName") return undefined;
  const ports = list(spec, "ports", (node, path) => scalar(itemLevel(node, path, spec), "targetPort").value?.value);
  const names = (ports.value ?? []).flatMap((port) => (typeof port === "string" ? [port] : []));
  const isNamed = names.length > 0 && names.length === ports.value?.length;
  return { sort: "service", home, selector: { equal, expressions: [] }, ...(isNamed ? { portNames: names } : {}) };
}

type Found = WorkspaceFinding<Data> | undefined;

const remedy = "give them a label value of their own";

/** What selects pods with given labels, in whichever namespace. */
interface All {
  readonly services: (labels: Labels) => readonly Fact<Service>[];
  readonly owners: (labels: Labels) => readonly Fact<Owner>[];
  readonly servers: readonly Fact<Server>[];
  readonly autoscalers: readonly Fact<Autoscaler>[];
}

type Owner = Server & { readonly selector: Selector };

function among(facts: readonly Fact<Data>[]): All {
  const servers = ofSort(facts, "server");
  const owners = servers.filter((fact): fact is Fact<Owner> => fact.data.selector !== undefined);
  return {
    services: selecting(ofSort(facts, "service"), ({ data }) => data.selector),
    owners: selecting(owners, ({ data }) => data.selector),
    servers,
    autoscalers: ofSort(facts, "autoscaler"),
  };
}

function byService(pods: Fact<JobPods>, ports: Ports, labels: readonly Fact<JobLabel>[], { services, servers }: All): Found {
  const { home } = pods.data;
  const service = services(pods.data.labels).find(({ data: { home: own, selector, portNames } }) => {
    if (own !== home || (portNames && !portNames.some((name) => ports.names.includes(name)))) return false;
    // A Service for these pods alone may be meant.
    return !ports.any || servers.some(({ data }) => data.home === home && selects(selector, data.labels));
  });
  if (!service) return undefined;
  const { selector } = service.data;
  const name = `Service ${nameOf(service)}`;
  const fact = `${name} selects ${selectorText(selector)} and sends requests to these pods too while they run`;
  const related = [{ fact: service, message: `${name} selects them` }];
  return { fact: matchedLabel(pods, selector, labels), message: `${fact}; ${remedy}`, related };
}

function byAutoscaler(pods: Fact<JobPods>, labels: readonly Fact<JobLabel>[], { owners, autoscalers }: All): Found {
  if (autoscalers.length === 0) return undefined;
  const { home } = pods.data;
  for (const target of owners(pods.data.labels).filter(({ data }) => data.home === home)) {
    const autoscaler = autoscalers.find(({ data }) => data.target === target.data.target && data.home === home);
    const { selector } = target.data;
    if (!autoscaler) continue;
    const name = `HorizontalPodAutoscaler ${nameOf(autoscaler)}`;
    const owner = target.data.target;
    const fact = `${name} counts these pods among those of ${owner}, which have ${selectorText(selector)} too`;
    const related = [{ fact: target, message: `${owner} selects them` }];
    return { fact: matchedLabel(pods, selector, labels), message: `${fact}; ${remedy}`, related };
  }
  return undefined;
}

function nameOf({ object: { name } }: Fact): string {
  return name ?? "without a name";
}
