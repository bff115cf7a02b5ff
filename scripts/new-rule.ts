/** `npm run new-rule schedule-never-fires`: writes a rule that compiles, then the files that are made from it. */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const skeleton = `import { defineRule, manifest } from "#rule";

export default defineRule({
  id: "RULE-ID",
  summary: "One sentence that says what is wrong.",
  why: \`
    What happens on a cluster if it is ignored, and the usual cause.
  \`,
  category: "reliability",
  severity: "warning",
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"],

  *cronJob({ suspend }) {
    if (suspend.state === "present" && suspend.value) {
      yield { at: suspend, message: "what is wrong here; what to do" };
    }
  },

  examples: [
    {
      title: "What it looks like",
      bad: manifest\`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 3 * * *"
          suspend: true
        #          ^^^^ what is wrong here; what to do
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      \`,
      good: manifest\`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: report }
        spec:
          schedule: "0 3 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{ name: report, image: report:1.4 }]
      \`,
    },
  ],
});
`;

function main(id: string | undefined): number {
  if (id === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    console.error("usage: npm run new-rule ID, where ID names the problem in lower case: schedule-never-fires");
    return 2;
  }
  const file = join(root, "rules", `${id}.ts`);
  if (existsSync(file)) {
    console.error(`rules/${id}.ts exists already`);
    return 2;
  }
  writeFileSync(file, skeleton.replace("RULE-ID", id));
  console.log(`wrote rules/${id}.ts`);
  const scripts = join(root, "scripts");
  return spawnSync(process.execPath, [join(scripts, "run.mjs"), join(scripts, "generate.ts")], { cwd: root, stdio: "inherit" }).status ?? 1;
}

process.exitCode = main(process.argv[2]);
