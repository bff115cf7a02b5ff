import { flag, keysOf, type Level, type OtherObject, type PodTemplate, text } from "#rule";

/** What puts a proxy or an agent beside the containers of a pod, by labels and annotations of the pod template. */
export interface Injector {
  readonly name: string;
  readonly key: string;
  readonly values: readonly string[];
  /** With these keys it is no main container, or is gone before the work begins. */
  readonly unless: readonly string[];
  /** Newer versions of it, or settings of the mesh, make it a native sidecar. */
  readonly isNativeAtTimes: boolean;
  /** What ends it, as a request. */
  readonly end: string;
  readonly source: string;
}

const linkerd = ["config.alpha.linkerd.io/proxy-enable-native-sidecar", "config.beta.linkerd.io/proxy-enable-native-sidecar"];

export const injectors: readonly Injector[] = [
  {
    name: "the Istio proxy",
    key: "sidecar.istio.io/inject",
    values: ["true"],
    unless: ["sidecar.istio.io/nativeSidecar"],
    isNativeAtTimes: true,
    end: "let the work call /quitquitquit",
    source: "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/",
  },
  {
    name: "the Linkerd proxy",
    key: "linkerd.io/inject",
    values: ["enabled", "ingress"],
    unless: linkerd,
    isNativeAtTimes: true,
    end: "start the work with linkerd-await",
    source: "https://linkerd.io/2/tasks/graceful-shutdown/",
  },
  {
    name: "the Vault agent",
    key: "vault.hashicorp.com/agent-inject",
    values: ["true"],
    unless: ["vault.hashicorp.com/agent-pre-populate-only", "vault.hashicorp.com/agent-enable-quit"],
    isNativeAtTimes: false,
    end: 'set agent-pre-populate-only: "true"',
    source: "https://developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations",
  },
  {
    name: "the Kuma proxy",
    key: "kuma.io/sidecar-injection",
    values: ["enabled", "true"],
    unless: [],
    isNativeAtTimes: true,
    end: "let the work call /quitquitquit",
    source: "https://kuma.io/docs/latest/production/dp-config/dpp-on-kubernetes/",
  },
  {
    name: "the Consul proxy",
    key: "consul.hashicorp.com/connect-inject",
    values: ["true"],
    unless: [],
    isNativeAtTimes: false,
    end: "let the work call /graceful_shutdown",
    source: "https://developer.hashicorp.com/consul/docs/k8s/connect/connect-inject",
  },
  {
    name: "daprd",
    key: "dapr.io/enabled",
    values: ["true"],
    unless: [],
    isNativeAtTimes: false,
    end: "let the work call /v1.0/shutdown",
    source: "https://docs.dapr.io/operations/hosting/kubernetes/kubernetes-job/",
  },
];

export interface Injected {
  readonly injector: Injector;
  readonly at: Extract<ReturnType<typeof text>, { readonly state: "present" }>;
}

/** What the pod template asks for. */
export function injectedInto({ metadata }: PodTemplate): readonly Injected[] {
  const levels = [metadata.labels, metadata.annotations];
  return injectors.flatMap((injector) => {
    const fields = levels.map((level) => text(level, injector.key));
    const at = fields.find(({ state, value }) => state === "present" && injector.values.some((one) => one === value));
    const isSpared = levels.some((level) => isOpen(level) || injector.unless.some((key) => text(level, key).state !== "absent"));
    return at?.state === "present" && !isSpared ? [{ injector, at }] : [];
  });
}

/** A template may add what spares the pod. */
function isOpen(level: Level): boolean {
  return level.state === "unknown" || level.mapping?.open === true;
}

/** A pod into which a namespace may inject, and a namespace that does. */
export type MeshFact =
  | { readonly sort: "pod"; readonly home: string }
  | { readonly sort: "mesh"; readonly home: string; readonly name: string; readonly optOut: string };

/** What labels or annotations of a namespace inject into each pod that does not refuse it. */
const ofNamespaces = [
  { key: "istio-injection", name: "the Istio proxy", optOut: 'sidecar.istio.io/inject: "false"' },
  { key: "linkerd.io/inject", name: "the Linkerd proxy", optOut: "linkerd.io/inject: disabled" },
] as const;

/** Undefined for a Namespace without a mesh. Sources: those of the injectors. */
export function meshOf({ metadata }: OtherObject): MeshFact | undefined {
  const { name, labels, annotations } = metadata;
  if (name.state !== "present") return undefined;
  const found = ofNamespaces.find(({ key }) => [labels, annotations].some((level) => text(level, key).value === "enabled"));
  return found && { sort: "mesh", home: name.value, name: found.name, optOut: found.optOut };
}

/** Whether the pod template leaves it to its namespace; pods on the host's network get no proxy. */
export function leavesToNamespace({ metadata, spec }: PodTemplate): boolean {
  const levels = [metadata.labels, metadata.annotations];
  const says = levels.some((level) => isOpen(level) || keysOf(level).some(({ text: key }) => /istio|linkerd/.test(key)));
  return !says && flag(spec, "hostNetwork").state === "absent";
}
