import { type Container, defineRule, manifest, type Present, within } from "#rule";
import { type ImageName, imageName } from "./lib/image.js";
import { isMovingTag } from "./lib/moving-tag.js";

export default defineRule({
  id: "image-mutable-tag",
  summary: "The image has a tag that moves, so two runs may be two programs.",
  why: `
    A CronJob starts a new pod for every run, long after it was deployed. With \`latest\`, or without a tag, each run pulls
    whatever stands there at that time: a broken build breaks all runs at their next tick, and there is nothing to roll
    back to. With other moving tags, such as \`main\`, the pull policy defaults to IfNotPresent and every node keeps the copy
    it pulled first: two runs on two nodes may differ.

    A version, or a digest, makes every run the same program.
  `,
  category: "hygiene",
  severity: "info",
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"],
  falsePositives: "Bases whose image is set by the `images` of a kustomization.",

  *container(container) {
    const { image } = container;
    if (image.state !== "present" || image.value.trim() === "") return;
    const name = imageName(image.value);
    if (!name || name.digest !== undefined) return;
    if (name.tag === undefined) yield { at: image, message: `the image has no tag, which means latest: ${effect(container)}; name a version or a digest` };
    else if (isMovingTag(name.tag)) yield tagged(container, image, name);
  },

  examples: [
    {
      title: "No tag",
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
                  image: registry.example.com:5000/team/report
        #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the image has no tag, which means latest: every run pulls whatever it is at that time; name a version or a digest
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
                  image: registry.example.com:5000/team/report:1.4.2
      `,
    },
    {
      title: "A branch as tag",
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
                  image: team/report:main
        #                            ^^^^ the tag main moves: each node keeps the copy that it pulled first; name a version or a digest
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
                  image: team/report@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
      `,
    },
  ],
});

function tagged(container: Container, image: Present<string>, { tag = "", tagStart }: ImageName) {
  return {
    at: within(image, tagStart, tagStart + tag.length),
    message: `the tag ${tag} moves: ${effect(container)}; name a version or a digest`,
  };
}

/** Only latest and a missing tag default to Always: `pkg/apis/core/v1/defaults.go`. */
function effect({ image, imagePullPolicy: policy }: Container): string {
  if (policy.state === "unknown") return "two runs may be two programs";
  const tag = imageName(image.value ?? "")?.tag ?? "latest";
  const effective = policy.value ?? (tag === "latest" ? "Always" : "IfNotPresent");
  if (effective === "Always") return "every run pulls whatever it is at that time";
  if (effective === "IfNotPresent") return "each node keeps the copy that it pulled first";
  return "each node runs the copy that it happens to have";
}
