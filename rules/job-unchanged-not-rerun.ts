import { type Container, defineRule, type Job, manifest } from "#rule";
import { isOwned, isRecreated } from "./lib/delivered.js";
import { mayBeHook } from "./lib/hook.js";
import { imageName } from "./lib/image.js";
import { mayMove } from "./lib/moving-tag.js";

export default defineRule({
  id: "job-unchanged-not-rerun",
  summary: "A Job that belongs to each release is the same in each manifest, so it runs only once.",
  why: `
    Applying a manifest that is the same as before changes nothing. A migration whose Job has a fixed name and an image with a moving
    tag, such as \`latest\`, runs at the first deploy. When a new build is pushed under that tag, Deployments are restarted by hand or
    by a tool; the Job has finished, and nothing starts it again. The new program then meets the old schema.

    A hook runs with each release. So does a Job that has the version in its name and its image.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/",
    "https://helm.sh/docs/topics/charts_hooks/",
    "https://fluxcd.io/flux/use-cases/running-jobs/",
  ],
  falsePositives: "A Job that is run once and never again, and one that the pipeline deletes before each apply.",

  *job(job) {
    const { metadata: { name }, ttlSecondsAfterFinished: ttl } = job;
    if (job.cronJob || name.state !== "present" || ttl.state !== "absent") return;
    if (mayBeHook(job) || isRecreated(job) || isOwned(job)) return;
    const containers = job.pod.containers.value ?? [];
    const image = containers.find(isOfApplication)?.image.value;
    if (image === undefined || !containers.every((container) => mayMove(container.image.value ?? ""))) return;
    if (!isForEachRelease(job)) return;
    yield {
      at: name,
      message: `a new build of ${short(image)} leaves this manifest as it is, so nothing runs the Job again; put the version into image and name, or make it a hook`,
    };
  },

  examples: [
    {
      title: "A migration of the latest build",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: shop-migrate
        #       ^^^^^^^^^^^^ a new build of shop:latest leaves this manifest as it is, so nothing runs the Job again; put the version into image and name, or make it a hook
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/shop:latest
                  args: ["migrate", "--yes"]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: shop-migrate-5-2
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: registry.example.com/shop:5.2
                  args: ["migrate", "--yes"]
      `,
    },
  ],
});

/** What is done to a database or to files for each version of a program. */
const releaseWork =
  /(?:^|[^a-z])(?:migrat|db-?migrat)|(?:^|[^a-z])(?:alembic|flyway|liquibase|collectstatic|(?:db|database|schema)[-_ ](?:init|setup|update|upgrade|seed))(?:[^a-z]|$)/i;
/** Tools that others build: which work they do stands in their arguments, which change with it. */
const tools = /(?:^|\/)(?:busybox|alpine|debian|ubuntu|bash|curl|kubectl|postgres|mysql|mariadb|mongo|redis)$/;

function isOfApplication({ image }: Container): boolean {
  const name = image.state === "present" ? imageName(image.value) : undefined;
  return name !== undefined && !tools.test(name.repository);
}

function isForEachRelease({ metadata: { name }, pod }: Job): boolean {
  const words = pod.written.flatMap(({ command, args, name: own }) => [own, ...(command.value ?? []), ...(args.value ?? [])]);
  return [name, ...words].some(({ value = "" }) => releaseWork.test(value.slice(0, 2000)));
}

/** The image without its registry and folders. */
function short(image: string): string {
  return image.slice(image.lastIndexOf("/") + 1);
}
