import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "expired-suppression",
  summary: "A kronlint-ignore whose until= date has passed or is no date.",
  why: `
    \`until=2030-01-31\` holds through that day in UTC. From then on the finding is back, and the comment that promised to mend
    it by then is still there: mend what it hid, or set a new date. What is written as a date but is none never ends.
  `,
  category: "hygiene",
  severity: "warning",
  from: "engine",
  references: [],

  examples: [
    {
      title: "A day that does not exist",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: report }
        # kronlint-ignore expired-suppression -- moves to the new cluster until=2030-02-30
        #                                                                 ^^^^^^^^^^^^^^^^ until=2030-02-30 is no date; write until=YYYY-MM-DD
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
        # kronlint-ignore expired-suppression -- moves to the new cluster until=2030-02-28
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: report, image: report:1.4 }]
      `,
    },
  ],
});
