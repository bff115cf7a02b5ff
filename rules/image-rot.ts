import { defineRule, type Finding, manifest, type Present, within } from "#rule";
import { type ImageName, imageName } from "./lib/image.js";
import { type ImageMove, movedRepository, moveOf } from "./lib/image-moves.js";

export default defineRule({
  id: "image-rot",
  summary: "The image comes from a place that is gone, will go, or gets no updates.",
  why: `
    A CronJob pulls its image whenever a run lands on a node that does not have it, months after it was deployed. When the
    tag or the registry has gone by then, the pod waits in \`ImagePullBackOff\`; a pod that never started does not count
    towards \`backoffLimit\`, so the Job neither runs nor fails. Nightly backups have been missing for weeks after a
    registry was cleared.

    What is known of moved and closed registries is a table with dates and sources, and says nothing of mirrors: an image is only
    judged by its full name. Other images on \`gcr.io\` are left alone, for Artifact Registry goes on serving that name.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://github.com/bitnami/containers/issues/83267",
    "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/",
    "https://cloud.google.com/artifact-registry/docs/transition/setup-gcr-repo",
  ],
  falsePositives: "Nodes whose container runtime fetches such names from a mirror that still has them.",

  *container({ image }) {
    if (image.state !== "present") return;
    const name = imageName(image.value.trim());
    const move = name && moveOf(name);
    if (name && move) yield moved(image, name, move);
  },

  examples: [
    {
      title: "A registry that is given up",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: certgen }
        spec:
          schedule: "0 1 * * 0"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: create
                      image: k8s.gcr.io/ingress-nginx/kube-webhook-certgen:v1.1.1
        #                    ^^^^^^^^^^ k8s.gcr.io gets no new images since April 2023 and only redirects; use registry.k8s.io, which has the same ones
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: certgen }
        spec:
          schedule: "0 1 * * 0"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: create
                      image: registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.1.1
      `,
    },
    {
      title: "A tag that was deleted",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: restart }
        spec:
          schedule: "0 4 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: kubectl
                      image: bitnami/kubectl:1.29.2
        #                                    ^^^^^^ Bitnami deleted its tags with a version on Docker Hub in September 2025; use registry.k8s.io/kubectl (it has no shell) or alpine/k8s
                      args: [rollout, restart, deployment/web]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: restart }
        spec:
          schedule: "0 4 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  serviceAccountName: restart
                  restartPolicy: Never
                  containers:
                    - name: kubectl
                      image: registry.k8s.io/kubectl:v1.34.1
                      args: [rollout, restart, deployment/web]
      `,
    },
  ],
});

/** What is only old is advice, but for a registry that a redirect keeps alive. */
function moved(image: Present<string>, name: ImageName, move: ImageMove): Finding {
  const isAdvice = move.state === "frozen" && move.to === undefined;
  return {
    at: placeIn(image, name, move),
    message: `${move.fact}; ${move.remedy}`,
    ...(isAdvice ? { severity: "info" } : {}),
    ...fixFor(image, name, move),
  };
}

function fixFor(image: Present<string>, name: ImageName, move: ImageMove): Pick<Finding, "fix"> {
  const repository = movedRepository(name, move);
  if (repository === undefined || !move.to || image.value !== image.value.trim()) return {};
  const { safe, title } = move.to;
  return { fix: { title, safe, edits: [{ at: within(image, 0, name.repository.length), text: repository }] } };
}

/** The tag where that is what is missing, else the part of the name that has moved. */
function placeIn(image: Present<string>, { repository, tag, tagStart }: ImageName, { from, tags }: ImageMove): ReturnType<typeof within> {
  if (tags && tag !== undefined) return within(image, tagStart, tagStart + tag.length);
  const isHost = !from.includes("/") && repository.startsWith(`${from}/`);
  return within(image, 0, isHost ? from.length : repository.length);
}
