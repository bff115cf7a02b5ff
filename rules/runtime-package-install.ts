import { type Container, defineRule, flag, integer, level, manifest } from "#rule";
import { installationOf } from "./lib/package-managers.js";

export default defineRule({
  id: "runtime-package-install",
  summary: "Packages that every run installs anew make it slow and dependent on a mirror.",
  why: `
    The run begins with a download that may fail, take minutes, or bring another version than yesterday. The Job then fails although
    nothing of its own changed, and every attempt repeats the download. System packages also need root and a writable file system:
    under \`runAsNonRoot\` or \`readOnlyRootFilesystem\` the installation fails every time.

    Build an image that contains what the Job needs, or use one that does: \`curlimages/curl\`, \`alpine/k8s\`, \`amazon/aws-cli\`.
  `,
  category: "reliability",
  severity: "warning",
  references: ["https://docs.docker.com/build/building/best-practices/", "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  falsePositives: "Jobs that build or test software, whose dependencies are their input.",

  *container(container, context) {
    const script = context.writtenScript(container);
    if (!script || script.commands.some(({ name, args }) => name === "git" && args.some(({ text }) => text === "clone"))) return;
    for (const command of script.commands) {
      const found = installationOf(command);
      if (!found || command.program === undefined) continue;
      const obstacle = found.needsRoot ? obstacleIn(container) : undefined;
      yield {
        at: script.at(command.program),
        message:
          obstacle === undefined
            ? `every run begins with ${found.name}, which needs the network and may bring other versions; put the packages into the image`
            : `${found.name} cannot work under ${obstacle}; put the packages into the image`,
      };
      return;
    }
  },

  examples: [
    {
      title: "curl installed once a night",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: notify }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: notify
                  image: alpine:3.20
                  command: ["sh", "-ec", "apk add --no-cache curl; curl -fsS -m 30 http://shop/notify"]
        #                                 ^^^ every run begins with apk add, which needs the network and may bring other versions; put the packages into the image
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: notify }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: notify
                  image: curlimages/curl:8.9.1
                  command: ["curl", "-fsS", "-m", "30", "http://shop/notify"]
      `,
    },
  ],
});

/** What a user of the container's own, and a file system that cannot be written, keep packages from. */
function obstacleIn({ level: own, pod }: Container): string | undefined {
  const [context, ofPod] = [level(own, "securityContext"), level(pod.spec, "securityContext")];
  if (flag(context, "readOnlyRootFilesystem").value === true) return "readOnlyRootFilesystem";
  const ownUser = integer(context, "runAsUser");
  const user = ownUser.state === "absent" ? integer(ofPod, "runAsUser").value : ownUser.value;
  if (user !== undefined && user > 0) return `runAsUser: ${String(user)}`;
  const nonRoot = flag(context, "runAsNonRoot");
  return nonRoot.value === true || (nonRoot.state === "absent" && flag(ofPod, "runAsNonRoot").value === true) ? "runAsNonRoot" : undefined;
}
