import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "unreadable-input",
  summary: "A file or document that cannot be read at all, or not safely.",
  why: `
    Binary data, text in another encoding than UTF-8, a file beyond the size limit, nesting beyond any real manifest, or
    aliases that grow into an enormous document: none of it can be judged, and a check that passes over it in silence would say
    that all is well. Everything else is still checked.

    A zero character usually means that the file was saved as UTF-16, which \`kubectl\` does not read either.

    A template in which an action or its \`{{ end }}\` is missing, or values that are no mapping, keep Helm from rendering anything
    of the chart.
  `,
  category: "correctness",
  severity: "error",
  from: "reader",
  references: ["https://yaml.org/spec/1.2.2/#52-character-encodings"],

  examples: [
    {
      title: "Aliases that grow tenfold with every line",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
        lists:
          a: &a [x, x, x, x, x, x, x, x, x, x]
          b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
          c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
          d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
          e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
          f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
        #                ^^ aliases make more than 400000 values of this document, so it is not checked; write them out or use fewer
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
