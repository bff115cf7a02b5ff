import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "kind-not-served",
  summary: "An apiVersion under which the API server serves no such kind.",
  why: `
    The API server finds a kind by its apiVersion. Where the two do not go together, or the apiVersion is missing, nothing is
    created and the client says that there is no match for the kind.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/"],

  examples: [
    {
      title: "The version of another group",
      bad: manifest`
        apiVersion: v1
        #           ^^ no server has a Job in "v1"; use batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
