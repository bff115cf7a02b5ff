import type { ImageName } from "./image.js";
import { fullRepository } from "./registry.js";

/** A repository that is gone, goes, or gets nothing new. What a registry still answers changes; so each fact has its date and source. */
export interface ImageMove {
  /** A registry, or a repository with its registry, and all below it; up to a `*` it is only how the name begins. */
  readonly from: string;
  /** gone: no longer there. ending: will be taken away. frozen: there, but without updates. */
  readonly state: "gone" | "ending" | "frozen";
  /** What happened, as a clause with a date. */
  readonly fact: string;
  readonly remedy: string;
  /** Takes the place of `from`; safe where the images are the same. */
  readonly to?: { readonly repository: string; readonly safe: boolean; readonly title: string };
  /** Only images with such a tag; without it, all. A missing tag is `latest`. */
  readonly tags?: RegExp;
  /** Digests still work. */
  readonly keepsDigests?: true;
  readonly except?: readonly string[];
  readonly source: string;
}

const anyVersion = /^(?!latest$)/;
const bitnami = "https://github.com/bitnami/containers/issues/83267";

/** The more precise come first. */
export const imageMoves: readonly ImageMove[] = [
  {
    from: "k8s.gcr.io",
    state: "frozen",
    fact: "k8s.gcr.io gets no new images since April 2023 and only redirects",
    remedy: "use registry.k8s.io, which has the same ones",
    to: { repository: "registry.k8s.io", safe: true, title: "pull from registry.k8s.io" },
    source: "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/",
  },
  ...["gcr.io/google_containers", "gcr.io/google-containers"].map((from): ImageMove => ({
    from,
    state: "frozen",
    fact: `${from} is the predecessor of k8s.gcr.io, which is itself given up`,
    remedy: "use registry.k8s.io",
    to: { repository: "registry.k8s.io", safe: false, title: "pull from registry.k8s.io; check that it has this image" },
    source: "https://github.com/kubernetes/minikube/issues/20303",
  })),
  {
    from: "docker.io/bitnami/kubectl",
    state: "gone",
    fact: "Bitnami deleted its tags with a version on Docker Hub in September 2025",
    remedy: "use registry.k8s.io/kubectl (it has no shell) or alpine/k8s",
    tags: anyVersion,
    keepsDigests: true,
    source: bitnami,
  },
  {
    from: "docker.io/bitnami",
    state: "gone",
    fact: "Bitnami deleted its tags with a version on Docker Hub in September 2025",
    remedy: "use another image, or bitnamilegacy for the time being",
    to: { repository: "docker.io/bitnamilegacy", safe: false, title: "pull from bitnamilegacy, which gets no updates" },
    tags: anyVersion,
    keepsDigests: true,
    // Sealed Secrets stayed: https://github.com/bitnami/sealed-secrets/issues/1790; minideb is a base image with a life of its own.
    except: ["docker.io/bitnami/sealed-secrets-controller", "docker.io/bitnami/sealed-secrets-kubeseal", "docker.io/bitnami/minideb"],
    source: bitnami,
  },
  {
    from: "docker.io/bitnamilegacy",
    state: "frozen",
    fact: "bitnamilegacy gets no updates since August 2025 and was meant for the time being only",
    remedy: "plan for another image",
    source: bitnami,
  },
  {
    from: "public.ecr.aws/bitnami",
    state: "gone",
    fact: "Bitnami left public.ecr.aws on 10 June 2026",
    remedy: "use another image",
    source: "https://github.com/bitnami/charts/issues/36537",
  },
  {
    from: "quay.io/bitnami",
    state: "gone",
    fact: "Bitnami took its images from quay.io in April 2022",
    remedy: "use another image",
    source: "https://github.com/cloud-native-toolkit/toolkit-charts/issues/362",
  },
  {
    from: "gcr.io/bitnami-containers",
    state: "gone",
    fact: "Bitnami cleared gcr.io/bitnami-containers in September 2022",
    remedy: "use another image",
    source: "https://github.com/bitnami/charts/issues/10931",
  },
  {
    from: "gcr.io/kubebuilder/kube-rbac-proxy",
    state: "gone",
    fact: "gcr.io/kubebuilder/kube-rbac-proxy was deleted in March 2026",
    remedy: "use registry.k8s.io/kubebuilder/kube-rbac-proxy or quay.io/brancz/kube-rbac-proxy",
    to: {
      repository: "registry.k8s.io/kubebuilder/kube-rbac-proxy",
      safe: false,
      title: "pull from registry.k8s.io; check that it has this tag",
    },
    source: "https://github.com/mercari/spanner-autoscaler/issues/212",
  },
  {
    from: "gcr.io/tekton-releases",
    state: "gone",
    fact: "Tekton closed gcr.io/tekton-releases in July 2025",
    remedy: "use ghcr.io/tektoncd",
    source: "https://github.com/tektoncd/pipeline/issues/8870",
  },
  ...["gcr.io/istio-release", "registry.istio.io/release"].map((from): ImageMove => ({
    from,
    state: "ending",
    fact: `Istio deletes ${from} in December 2026`,
    remedy: "use docker.io/istio",
    to: { repository: "docker.io/istio", safe: false, title: "pull from docker.io/istio; check that it has this tag" },
    source: "https://github.com/istio/istio/issues/61467",
  })),
  {
    from: "gcr.io/kubernetes-helm/tiller",
    state: "gone",
    fact: "gcr.io/kubernetes-helm was deleted in 2021",
    remedy: "use ghcr.io/helm/tiller, or better Helm without Tiller",
    to: { repository: "ghcr.io/helm/tiller", safe: false, title: "pull from ghcr.io/helm/tiller" },
    source: "https://github.com/helm/helm/issues/10120",
  },
  ...["gcr.io/spark-operator/spark", "gcr.io/spark-operator/spark-py", "gcr.io/spark-operator/spark-r"].map((from): ImageMove => ({
    from,
    state: "gone",
    fact: `the images of ${from} were deleted in October 2023`,
    remedy: "use apache/spark",
    source: "https://github.com/kubeflow/spark-operator/issues/1860",
  })),
  {
    from: "docker.pkg.github.com",
    state: "gone",
    fact: "GitHub closed docker.pkg.github.com in February 2025",
    remedy: "use ghcr.io",
    to: { repository: "ghcr.io", safe: false, title: "pull from ghcr.io; check that it has this image" },
    source: "https://github.blog/changelog/2025-01-23-legacy-docker-registry-closing-down/",
  },
  {
    from: "registry.opensource.zalan.do",
    state: "ending",
    fact: "Zalando gives up registry.opensource.zalan.do",
    remedy: "use the image of the same project in ghcr.io/zalando",
    source: "https://github.com/zalando/postgres-operator/pull/3092",
  },
  ...["gcr.io/k8s-staging-*", "us-central1-docker.pkg.dev/k8s-staging-images"].map((from): ImageMove => ({
    from,
    state: "ending",
    fact: "staging images of Kubernetes are deleted after some months",
    remedy: "use a release from registry.k8s.io or a copy of your own",
    tags: /^(?!(?:latest|main|master)$)/,
    source: "https://github.com/kubernetes/k8s.io/issues/8009",
  })),
  {
    from: "gcr.io/k8s-prow",
    state: "frozen",
    fact: "Prow is published in another place since May 2024",
    remedy: "use us-docker.pkg.dev/k8s-infra-prow/images",
    source: "https://github.com/kubernetes/test-infra/pull/32615",
  },
  {
    from: "docker.io/library/vault",
    state: "gone",
    fact: "the image vault ends with 1.13 and has no latest since June 2023",
    remedy: "use hashicorp/vault",
    to: { repository: "docker.io/hashicorp/vault", safe: false, title: "pull hashicorp/vault" },
    tags: /^(?:latest$|1\.(?:1[4-9]|[2-9]\d)(?:\.|$))/,
    keepsDigests: true,
    source: "https://github.com/hashicorp/docker-vault/issues/341",
  },
  {
    from: "docker.io/library/openjdk",
    state: "frozen",
    fact: "openjdk on Docker Hub is deprecated and has had no updates since July 2022",
    remedy: "use eclipse-temurin or amazoncorretto",
    tags: /^(?!latest$|.*-ea(?:-|$))/,
    keepsDigests: true,
    source: "https://github.com/docker-library/docs/blob/master/openjdk/deprecated.md",
  },
  {
    from: "docker.io/library/adoptopenjdk",
    state: "frozen",
    fact: "adoptopenjdk on Docker Hub is deprecated and has had no updates since August 2021",
    remedy: "use eclipse-temurin",
    keepsDigests: true,
    source: "https://github.com/docker-library/docs/blob/master/adoptopenjdk/deprecated.md",
  },
  {
    from: "docker.io/library/centos",
    state: "frozen",
    fact: "CentOS Linux ended in June 2024, and centos on Docker Hub gets no updates",
    remedy: "use another base, such as almalinux or rockylinux/rockylinux",
    keepsDigests: true,
    source: "https://github.com/docker-library/docs/blob/master/centos/deprecated.md",
  },
  {
    from: "docker.io/docker/whalesay",
    state: "gone",
    fact: "docker/whalesay has an image format of 2015 that current container runtimes refuse",
    remedy: "use busybox",
    source: "https://github.com/argoproj/argo-workflows/issues/13388",
  },
  {
    from: "gcr.io/kaniko-project",
    state: "frozen",
    fact: "Google archived kaniko in June 2025, so this image gets no updates",
    remedy: "use a fork that is maintained",
    source: "https://github.com/GoogleContainerTools/kaniko",
  },
];

/** What is known about where an image comes from. */
export function moveOf({ repository, tag = "latest", digest }: ImageName): ImageMove | undefined {
  const full = fullRepository(repository);
  return imageMoves.find(({ from, tags, keepsDigests, except = [] }) => {
    if (!isUnder(full, from) || except.some((one) => isUnder(full, one))) return false;
    if (digest !== undefined) return keepsDigests !== true;
    return tags === undefined || tags.test(tag);
  });
}

function isUnder(full: string, from: string): boolean {
  if (from.endsWith("*")) return full.startsWith(from.slice(0, -1));
  return full === from || full.startsWith(`${from}/`);
}

/** The repository in its new place, without `docker.io/` where it was written without. */
export function movedRepository({ repository }: ImageName, { from, to }: ImageMove): string | undefined {
  if (!to) return undefined;
  const full = fullRepository(repository);
  const moved = `${to.repository}${full.slice(from.length)}`;
  return full === repository ? moved : moved.replace(/^docker\.io\//, "");
}
