import { type Container, defineRule, type Finding, manifest, type Present, replaceValue, within } from "#rule";
import { type ImageName, imageName } from "./lib/image.js";
import { fullRepository } from "./lib/registry.js";
import { due, gapBetweenStarts } from "./lib/ticks.js";

/** Seconds between runs up to which the registry is asked so often that its next outage will be felt. */
const often = 600;

export default defineRule({
  id: "pull-each-run",
  summary: "Each of many runs asks the registry for the image before it starts.",
  why: `
    With the pull policy \`Always\`, the default for \`latest\` and for an image without a tag, the node asks the registry at
    every start, even if it has the image. A CronJob that is due every few minutes then runs only while the registry answers:
    during an outage, or with a pull secret that has expired, its pods wait in \`ImagePullBackOff\`, which is no failure that
    \`backoffLimit\` counts.

    With a version as tag, or a digest, \`IfNotPresent\` starts from the copy on the node.
  `,
  category: "reliability",
  severity: "info",
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"],
  supersedes: ["image-mutable-tag"],
  falsePositives: "Clusters that must check the right to an image at every start, and registries inside the cluster under a public name.",

  *cronJob(cronJob, context) {
    if (cronJob.suspend.state !== "absent" && cronJob.suspend.value !== false) return;
    const gap = gapBetweenStarts(cronJob, context.schedule(cronJob));
    if (!gap || gap.typical > often) return;
    for (const container of cronJob.job.pod.written) yield* judge(container, due(gap));
  },

  examples: [
    {
      title: "Always, every five minutes",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: "*/5 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 240
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: poll
                      image: team/poll@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
                      imagePullPolicy: Always
        #                              ^^^^^^ due every 5 min, and no run starts while the registry is away; IfNotPresent starts from the node's copy
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: "*/5 * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 240
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: poll
                      image: team/poll@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
                      imagePullPolicy: IfNotPresent
      `,
    },
    {
      title: "Always by default",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: "* * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 240
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: poll
                      image: team/poll:latest
        #                              ^^^^^^ due every 60 s, each time pulling what latest is then, and no run starts while the registry is away; name a version or a digest
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: poll }
        spec:
          schedule: "* * * * *"
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              activeDeadlineSeconds: 240
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: poll
                      image: team/poll:2.4.1
      `,
    },
  ],
});

function* judge({ image, imagePullPolicy: policy }: Container, rhythm: string): Iterable<Finding> {
  if (image.state !== "present") return;
  const name = imageName(image.value);
  if (!name || isNear(name)) return;
  if (policy.state === "present" && policy.value === "Always") yield always(policy, name, rhythm);
  if (policy.state === "absent" && isLatest(name)) yield byDefault(image, name, rhythm);
}

/** A digest does not change this: https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/v1/defaults.go */
function isLatest({ tag, digest }: ImageName): boolean {
  return tag === "latest" || (tag === undefined && digest === undefined);
}

/** Registries on the node or in the cluster, by names that say so. */
const near = /^(?:localhost|127\.|10\.|192\.168\.|[^/]*\.(?:svc|local|internal|lan|cluster\.local)(?::|\/|$))/;

function isNear({ repository }: ImageName): boolean {
  const host = fullRepository(repository).split("/")[0] ?? "";
  return near.test(host);
}

function always(policy: Present<string>, name: ImageName, rhythm: string): Finding {
  const isMoving = isLatest(name);
  const remedy = isMoving ? "name a version, and set IfNotPresent" : "IfNotPresent starts from the node's copy";
  const edits = [replaceValue(policy, "IfNotPresent")];
  const title = "set imagePullPolicy: IfNotPresent";
  const moved = "; a tag that is pushed again then reaches no node that has it";
  return {
    at: policy,
    message: `${rhythm}, and no run starts while the registry is away; ${remedy}`,
    ...(isMoving ? {} : { fix: { title: name.digest === undefined ? title + moved : title, safe: name.digest !== undefined, edits } }),
  };
}

function byDefault(image: Present<string>, { tag, tagStart }: ImageName, rhythm: string): Finding {
  return {
    at: tag === undefined ? image : within(image, tagStart, tagStart + tag.length),
    message: `${rhythm}, each time pulling what latest is then, and no run starts while the registry is away; name a version or a digest`,
  };
}
