/** Manifests for measuring: as varied as those of a large team, and the same on every machine. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const names = ["report", "backup", "cleanup", "sync", "invoice", "index", "mail", "export", "billing", "archive", "rotate", "metrics"];
const schedules = ["0 3 * * *", "*/15 * * * *", "30 1 * * 1-5", "0 */6 * * *", "5 4 1 * *", "@hourly", "0 0 * * SUN", "17,47 8-18 * * *"];
const images = ["registry.example/batch/worker:4.2.1", "postgres:16.4", "busybox:1.36", "python:3.12-slim", "alpine:3.20"];
const policies = ["Forbid", "Allow", "Replace"];
const scripts = [
  "set -eu\npg_dump --format=custom \"$DATABASE\" > /backup/dump\nls -l /backup",
  "for table in orders items customers; do\n  echo \"vacuum $table\"\n  sleep 2\ndone",
  "python -m reports.daily --date \"$(date +%F)\" --out /out\ntest -s /out/daily.csv",
  "find /data -type f -mtime +14 -print -delete",
];

/** Every seventh value is another one for each list, so that combinations hardly repeat. */
function pick<T>(list: readonly T[], index: number, step: number): T {
  return list[Math.floor(index / step) % list.length]!;
}

function indent(text: string, width: number): string {
  return text.split("\n").map((line) => " ".repeat(width) + line).join("\n");
}

function container(index: number): string {
  const script = pick(scripts, index, 3);
  const command = index % 2 === 0 ? `command: ["/bin/sh", "-c"]\nargs:\n  - |\n${indent(script, 4)}` : `args: ["run", "--shard", "${String(index % 16)}"]`;
  return `- name: main
  image: ${pick(images, index, 1)}
${indent(command, 2)}
  env:
    - name: DATABASE
      valueFrom:
        secretKeyRef: { name: database-${String(index % 9)}, key: url }
    - name: LOG_LEVEL
      value: "info"
  resources:
    requests: { cpu: ${String(100 + (index % 5) * 50)}m, memory: ${String(128 + (index % 4) * 64)}Mi }
    limits: { memory: 512Mi }
  securityContext:
    runAsNonRoot: true
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true`;
}

function jobSpec(index: number): string {
  return `backoffLimit: ${String(index % 4)}
activeDeadlineSeconds: ${String(600 + (index % 7) * 300)}
ttlSecondsAfterFinished: 86400
template:
  metadata:
    labels: { app: ${pick(names, index, 1)}, tier: batch }
  spec:
    restartPolicy: ${index % 3 === 0 ? "OnFailure" : "Never"}
    serviceAccountName: batch
    containers:
${indent(container(index), 6)}`;
}

function metadata(index: number): string {
  const name = `${pick(names, index, 1)}-${String(index)}`;
  return `metadata:\n  name: ${name}\n  namespace: team-${String(index % 20)}\n  labels:\n    app.kubernetes.io/name: ${name}`;
}

/** One document without `---`: three CronJobs to one Job. */
export function document(index: number): string {
  if (index % 4 === 3) return `apiVersion: batch/v1\nkind: Job\n${metadata(index)}\nspec:\n${indent(jobSpec(index), 2)}\n`;
  return `apiVersion: batch/v1
kind: CronJob
${metadata(index)}
spec:
  schedule: "${pick(schedules, index, 2)}"
  timeZone: Etc/UTC
  concurrencyPolicy: ${pick(policies, index, 5)}
  startingDeadlineSeconds: 300
  successfulJobsHistoryLimit: 3
  failedJobsHistoryLimit: 1
  jobTemplate:
    spec:
${indent(jobSpec(index), 6)}
`;
}

/** One file for each document, a hundred to a folder. */
export function writeFiles(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const home = join(folder, `part-${String(Math.floor(index / 100))}`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, `${String(index)}.yaml`), document(index));
  }
}

/** All documents in one file. */
export function writeStream(file: string, count: number): void {
  writeFileSync(file, Array.from({ length: count }, (_, index) => document(index)).join("---\n"));
}
