import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "field-too-long",
  summary: "A text or a list that is longer than the API server takes.",
  why: `
    Some texts, annotations in all and some lists have a largest size. The API server rejects an object that is beyond it.
  `,
  category: "correctness",
  severity: "error",
  from: "api",
  references: ["https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/batch/validation/validation.go"],

  examples: [
    {
      title: "A manager with a long name",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          managedBy: example.com/a-controller-with-a-name-that-goes-on-and-on-until-nobody-reads-it
        #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ managedBy has 78 bytes, but at most 63 are allowed; shorten it
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: report, image: report:1.4 }
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          managedBy: example.com/reports
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: report, image: report:1.4 }
      `,
    },
  ],
});
