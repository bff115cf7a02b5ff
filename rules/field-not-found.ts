import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-not-found",
  summary: "A reference to something that the object does not have.",
  why: `
    A mount names a volume of its pod, a claim of a container one of its pod. The API server rejects a name that is not there.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/validation.go"],

  examples: [
    {
      title: "A mount without its volume",
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
                  volumeMounts: [{ name: data, mountPath: /data }]
        #                                ^^^^ the pod has no valid volume "data"; add it or correct the name
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
                  volumeMounts: [{ name: data, mountPath: /data }]
              volumes: [{ name: data, emptyDir: {} }]
      `,
    },
  ],
});
