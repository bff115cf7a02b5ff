/** Where an annotation or label has its effect. */
export type Bearer = "pod" | "job" | "applied";

export interface KnownKey {
  /** The whole key, or its beginning when it ends in `/` or `.`. */
  readonly key: string;
  readonly bearer: Bearer;
  readonly kind: "annotation" | "label";
  /** Who reads it, as the subject of a sentence. */
  readonly reader: string;
  /** Values by which a sidecar would be injected, which the Job ran without so far: nobody wants that by accident. */
  readonly activates?: RegExp;
  readonly source: string;
}

const on = /^(?:true|enabled|yes|1)$/i;
const istio = "https://istio.io/latest/docs/reference/config/annotations/";
const argo = "https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/";
const helm = "https://helm.sh/docs/topics/charts_hooks/";
const karpenter = "https://karpenter.sh/docs/concepts/disruption/";
const flux = "https://fluxcd.io/flux/components/kustomize/kustomizations/";
const kueue = "https://kueue.sigs.k8s.io/docs/tasks/run/run_cronjobs/";

/**
 * `pod`: read from the pod itself, so it belongs to the pod template. `job`: read from the Job. `applied`: read by the deploy tool from
 * the object that it applies, which a jobTemplate or pod template is not.
 */
export const knownKeys: readonly KnownKey[] = [
  {
    key: "cluster-autoscaler.kubernetes.io/safe-to-evict",
    bearer: "pod",
    kind: "annotation",
    reader: "the cluster autoscaler",
    source: "https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md",
  },
  { key: "karpenter.sh/do-not-disrupt", bearer: "pod", kind: "annotation", reader: "Karpenter", source: karpenter },
  { key: "karpenter.sh/do-not-evict", bearer: "pod", kind: "annotation", reader: "Karpenter", source: karpenter },
  { key: "sidecar.istio.io/inject", bearer: "pod", kind: "annotation", reader: "Istio", activates: on, source: istio },
  { key: "sidecar.istio.io/inject", bearer: "pod", kind: "label", reader: "Istio", activates: on, source: istio },
  { key: "proxy.istio.io/config", bearer: "pod", kind: "annotation", reader: "Istio", source: istio },
  { key: "traffic.sidecar.istio.io/", bearer: "pod", kind: "annotation", reader: "Istio", source: istio },
  {
    key: "linkerd.io/inject",
    bearer: "pod",
    kind: "annotation",
    reader: "Linkerd",
    activates: /^(?:enabled|ingress)$/i,
    source: "https://linkerd.io/2/features/proxy-injection/",
  },
  {
    key: "config.linkerd.io/",
    bearer: "pod",
    kind: "annotation",
    reader: "Linkerd",
    source: "https://linkerd.io/2/reference/proxy-configuration/",
  },
  {
    key: "vault.hashicorp.com/",
    bearer: "pod",
    kind: "annotation",
    reader: "the Vault agent injector",
    source: "https://developer.hashicorp.com/vault/docs/platform/k8s/injector/annotations",
  },
  {
    key: "container.apparmor.security.beta.kubernetes.io/",
    bearer: "pod",
    kind: "annotation",
    reader: "the kubelet",
    source: "https://kubernetes.io/docs/tutorials/security/apparmor/",
  },
  {
    key: "iam.amazonaws.com/role",
    bearer: "pod",
    kind: "annotation",
    reader: "kube2iam or kiam",
    source: "https://github.com/jtblin/kube2iam#kubernetes-annotation",
  },
  {
    key: "azure.workload.identity/use",
    bearer: "pod",
    kind: "label",
    reader: "Azure workload identity",
    source: "https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html",
  },
  {
    key: "k8s.v1.cni.cncf.io/networks",
    bearer: "pod",
    kind: "annotation",
    reader: "Multus",
    source: "https://github.com/k8snetworkplumbingwg/multus-cni/blob/master/docs/how-to-use.md",
  },
  {
    key: "kueue.x-k8s.io/queue-name",
    bearer: "job",
    kind: "label",
    reader: "Kueue",
    source: kueue,
  },
  { key: "kueue.x-k8s.io/priority-class", bearer: "job", kind: "label", reader: "Kueue", source: kueue },
  { key: "argocd.argoproj.io/hook", bearer: "applied", kind: "annotation", reader: "Argo CD", source: argo },
  { key: "argocd.argoproj.io/hook-delete-policy", bearer: "applied", kind: "annotation", reader: "Argo CD", source: argo },
  { key: "argocd.argoproj.io/sync-wave", bearer: "applied", kind: "annotation", reader: "Argo CD", source: argo },
  { key: "argocd.argoproj.io/sync-options", bearer: "applied", kind: "annotation", reader: "Argo CD", source: argo },
  { key: "helm.sh/hook", bearer: "applied", kind: "annotation", reader: "Helm", source: helm },
  { key: "helm.sh/hook-weight", bearer: "applied", kind: "annotation", reader: "Helm", source: helm },
  { key: "helm.sh/hook-delete-policy", bearer: "applied", kind: "annotation", reader: "Helm", source: helm },
  { key: "kustomize.toolkit.fluxcd.io/force", bearer: "applied", kind: "annotation", reader: "Flux", source: flux },
];

/** What is known of a key that stands among annotations or labels. */
export function knownKey(written: string, kind: KnownKey["kind"]): KnownKey | undefined {
  return knownKeys.find(({ key, kind: its }) => its === kind && (written === key || (key.endsWith("/") && written.startsWith(key))));
}
