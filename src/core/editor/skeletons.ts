/** A whole manifest to begin with. `${1:name}` is a place to fill in, as editors write it. */
export interface Skeleton {
  readonly label: string;
  readonly detail: string;
  readonly documentation: string;
  readonly text: string;
}

const pod = (indent: string): string =>
  [
    "spec:",
    "  restartPolicy: Never",
    "  automountServiceAccountToken: false",
    "  containers:",
    "    - name: ${1:report}",
    "      image: ${2:registry.example.com/report:1.0.0}",
    "      resources:",
    "        requests: { cpu: 100m, memory: 128Mi }",
    "        limits: { memory: 128Mi }",
  ].join(`\n${indent}`);

const job = (indent: string): string =>
  [
    "backoffLimit: 2",
    "activeDeadlineSeconds: 1800",
    "template:",
    "  metadata:",
    "    labels:",
    "      app.kubernetes.io/name: ${1:report}",
    `  ${pod(`${indent}  `)}`,
  ].join(`\n${indent}`);

/** Manifests of which kronlint has little to say. */
export const skeletons: readonly Skeleton[] = [
  {
    label: "CronJob",
    detail: "a CronJob to begin with",
    documentation: "Runs that do not overlap, with a deadline and few retries.",
    text: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: \${1:report}
spec:
  schedule: "\${3:30 2 * * *}"
  timeZone: \${4:Etc/UTC}
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      ${job("      ")}
`,
  },
  {
    label: "Job",
    detail: "a Job to begin with",
    documentation: "One run with a deadline and few retries, cleaned up after a day.",
    text: `apiVersion: batch/v1
kind: Job
metadata:
  name: \${1:report}
spec:
  ttlSecondsAfterFinished: 86400
  ${job("  ")}
`,
  },
];

/** The same as plain text. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/\$\{\d:([^}]*)\}/g, "$1");
}
