// What the pages show: one of everything, a thousand, and names that nobody means well with.
function cronJob({ name, schedule, policy = "Allow", runtime, namespace = "prod", suspend = false }) {
  const annotations = runtime === undefined ? "" : `\n  annotations: { kronlint/expected-runtime: ${runtime} }`;
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${JSON.stringify(name)}
  namespace: ${JSON.stringify(namespace)}${annotations}
spec:
  schedule: ${JSON.stringify(schedule)}
  concurrencyPolicy: ${policy}
  suspend: ${String(suspend)}
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: main
              image: busybox:1.36
              resources: { requests: { cpu: 250m, memory: 256Mi } }
`;
}

const stream = (cronJobs) => cronJobs.map(cronJob).join("---\n");

export const mixed = stream([
  { name: "backup", schedule: "0 0 * * *", runtime: "2h" },
  { name: "report", schedule: "0 2 * * *", runtime: "45m" },
  { name: "sync", schedule: "*/2 * * * *", policy: "Forbid", runtime: "3m" },
  { name: "poll", schedule: "*/5 * * * *", policy: "Replace", runtime: "7m" },
  { name: "pile", schedule: "*/10 * * * *", runtime: "25m" },
  { name: "mystery", schedule: "15 * * * *" },
  { name: "weekly", schedule: "0 4 * * 1", runtime: "6h" },
  { name: "every-minute", schedule: "* * * * *", runtime: "20s" },
  { name: "resting", schedule: "0 0 * * *", runtime: "1h", suspend: true },
  { name: "broken", schedule: "61 * * * *" },
]);

const usual = ["* * * * *", "*/5 * * * *", "*/5 * * * *", "7 * * * *", "23 * * * *", "41 * * * *"];

/** A tenth every minute, a fifth every five minutes, three tenths hourly, the rest daily. */
export function manyCronJobs(count) {
  return stream(Array.from({ length: count }, (_, index) => {
    const schedule = usual[index % 10] ?? `${index % 60} ${index % 24} * * *`;
    const runtime = index % 7 === 0 ? {} : { runtime: `${(index % 11) + 1}m` };
    return { name: `job-${index}`, schedule, policy: ["Allow", "Forbid", "Replace"][index % 3], ...runtime };
  }));
}

const evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e&amp;\u2028'\"`${alert(1)}";

export const hostile = stream([
  { name: evil, namespace: "<!--<script>", schedule: "0 * * * *", runtime: "30m" },
  { name: "--></style><svg onload=alert(1)>", schedule: "0 * * * *" },
  { name: "broken", schedule: "</td><script>alert(1)</script> * * * *" },
]);
