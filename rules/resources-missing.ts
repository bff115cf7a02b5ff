import { type Container, defineRule, level, manifest, scalar } from "#rule";

export default defineRule({
  id: "resources-missing",
  summary: "A container requests no CPU or no memory.",
  why: `
    The scheduler places a pod by what its containers request. A nightly run that requests nothing lands on a node that is
    full, and is the first to be evicted when memory runs short there; where a ResourceQuota counts CPU or memory and no
    LimitRange fills in defaults, its pods are refused and the Job waits without any.

    A limit without a request is its own request.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
  ],
  falsePositives: "Namespaces whose LimitRange sets the defaults.",

  *container(container) {
    if (level(container.pod.spec, "resources").state !== "absent") return;
    if (container.level.state !== "present") return;
    const missing = ["cpu", "memory"].filter((resource) => isMissing(container, resource));
    if (missing.length === 0) return;
    const what = missing.map((resource) => (resource === "cpu" ? "CPU" : resource)).join(" and no ");
    yield {
      at: container.resources.state === "present" ? container.resources : container.name,
      message: `container ${container.name.value ?? ""} requests no ${what}`.replace("container  ", "the container ") + adviceOf(missing),
    };
  },

  examples: [
    {
      title: "Nothing requested",
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
        #               ^^^^^^ container report requests no CPU and no memory; set resources.requests for both
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
              containers:
                - name: report
                  image: report:1.4
                  resources:
                    requests: { cpu: 100m }
                    limits: { memory: 256Mi }
      `,
    },
  ],
});

function isMissing({ resources }: Container, resource: string): boolean {
  return ["requests", "limits"].every((kind) => scalar(level(resources, kind), resource).state === "absent");
}

function adviceOf(missing: readonly string[]): string {
  return missing.length === 2 ? "; set resources.requests for both" : `; set resources.requests.${missing.join("")}`;
}
