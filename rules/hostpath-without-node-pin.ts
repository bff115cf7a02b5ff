import {
  type Container,
  defineRule,
  type Finding,
  flag,
  itemLevel,
  keysOf,
  level,
  type Level,
  list,
  manifest,
  type PodTemplate,
  text,
} from "#rule";

/** Labels that most nodes of a cluster share. */
const shared = new Set(["kubernetes.io/os", "kubernetes.io/arch", "beta.kubernetes.io/os", "beta.kubernetes.io/arch"]);

/** Of the node itself, wherever it is: the system, its container runtime, its devices. */
const ofEveryNode = new RegExp(`^/(?:$|(?:${[
  "etc|usr|bin|sbin|lib|lib64|boot|dev|proc|sys|run|root|tmp|snap",
  "var/(?:run|log|cache|spool)",
  "var/lib/(?:docker|containerd|containers|kubelet|rancher|etcd|cni|calico|cilium|dpkg|rpm)",
].join("|")})(?:/|$))`);
const configuration = /\.(?:sock|socket|conf|json|ya?ml|crt|pem|key)$/;
/** Storage that several nodes mount under one path. */
const perhapsShared = /nfs|efs|ceph|gluster|lustre|gpfs|beegfs|weka|longhorn|smb|cifs|shared|cluster|juicefs|s3|minio|nas\b/i;

export default defineRule({
  id: "hostpath-without-node-pin",
  summary: "A hostPath holds data, but the pods may run on any node.",
  why: `
    \`hostPath\` is a folder of the node on which the pod happens to run. The scheduler does not know of the data in it: each run
    of a CronJob may land on another node, find an empty folder there and leave its files behind. Backups end up spread over
    the nodes, and go with them.

    Pin the pods with \`nodeSelector\` or a required node affinity, or use a PersistentVolumeClaim: a local volume brings its node along.
  `,
  category: "reliability",
  severity: "warning",
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"],
  falsePositives: "Clusters of one node, and folders that every node mounts from the same storage.",

  *podTemplate(pod) {
    if (pod.spec.state !== "present" || pod.volumes.state !== "present" || isPinned(pod)) return;
    for (const volume of pod.volumes.value) yield* judge(pod, volume);
  },

  examples: [
    {
      title: "A backup on some node",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "15 2 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: dump
                      image: postgres:17.2
                      command: [pg_dump, --host=db, --file=/backup/db.sql]
                      volumeMounts: [{ name: backup, mountPath: /backup }]
                  volumes:
                    - name: backup
                      hostPath:
                        path: /data/backup
        #                     ^^^^^^^^^^^^ each run writes to /data/backup of whichever node it lands on; pin the pod with nodeSelector, or use a PersistentVolumeClaim
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "15 2 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  nodeSelector:
                    kubernetes.io/hostname: storage-1
                  containers:
                    - name: dump
                      image: postgres:17.2
                      command: [pg_dump, --host=db, --file=/backup/db.sql]
                      volumeMounts: [{ name: backup, mountPath: /backup }]
                  volumes:
                    - name: backup
                      hostPath:
                        path: /data/backup
      `,
    },
  ],
});

function* judge(pod: PodTemplate, volume: Level): Iterable<Finding> {
  const name = text(volume, "name");
  const source = level(volume, "hostPath");
  const path = text(source, "path");
  const type = text(source, "type");
  if (name.state !== "present" || path.state !== "present" || type.state === "unknown") return;
  if (!holdsData(path.value, type.value ?? "") || !isWritable(pod, name.value)) return;
  const what = pod.job.cronJob ? "each run writes to" : "this writes to";
  const at = `${what} ${path.value} of whichever node it lands on`;
  yield {
    at: path,
    // One pod that leaves its data once can be found.
    ...(pod.job.cronJob ? {} : { severity: "info" }),
    message: `${at}; pin the pod with nodeSelector, or use a PersistentVolumeClaim`,
  };
}

function holdsData(path: string, type: string): boolean {
  if (["Socket", "File", "FileOrCreate", "CharDevice", "BlockDevice"].includes(type)) return false;
  const clean = path.replace(/\/{2,}/g, "/").replace(/\/$/, "") || "/";
  return clean.startsWith("/") && ![ofEveryNode, perhapsShared, configuration].some((pattern) => pattern.test(clean));
}

/** Whether some container certainly mounts it, and not just to read. */
function isWritable({ written }: PodTemplate, volume: string): boolean {
  const mounts = written.flatMap(mountsOf).filter((mount) => text(mount, "name").value === volume);
  return mounts.some((mount) => {
    const readOnly = flag(mount, "readOnly");
    return readOnly.state === "absent" || readOnly.value === false;
  });
}

function mountsOf({ level: own }: Container): readonly Level[] {
  return list(own, "volumeMounts", (node, path) => itemLevel(node, path, own)).value ?? [];
}

/** Also where a template may pin it, or another pod that it must stand beside. */
function isPinned({ spec }: PodTemplate): boolean {
  const selector = level(spec, "nodeSelector");
  const affinity = level(spec, "affinity");
  if (text(spec, "nodeName").state !== "absent" || selector.state === "unknown" || selector.mapping?.open === true) return true;
  if (keysOf(selector).some(({ text: key }) => !shared.has(key))) return true;
  if (affinity.state === "unknown" || affinity.mapping?.open === true) return true;
  return level(affinity, "nodeAffinity").state !== "absent" || level(affinity, "podAffinity").state !== "absent";
}
