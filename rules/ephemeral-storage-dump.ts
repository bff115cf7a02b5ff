import { type Container, defineRule, level, manifest, scalar } from "#rule";
import { dumpsIn } from "./lib/dumps.js";
import { type Storage, storageAt } from "./lib/storage-at.js";

export default defineRule({
  id: "ephemeral-storage-dump",
  summary: "A dump on the node's disk without a request for ephemeral-storage may fill the node.",
  why: `
    What a container writes beside persistent volumes, and what it writes into an \`emptyDir\`, stands on the disk of the node,
    which it shares with images, logs and all other pods. The scheduler counts only what is requested. When the disk runs short the kubelet
    evicts pods, those first that use more than they requested: the backup, and perhaps its neighbours.

    A request for \`ephemeral-storage\` finds a node with room; a limit, or \`sizeLimit\` of the volume, keeps the neighbours safe.
    Streaming the dump to where it is to go needs no disk at all.
  `,
  category: "reliability",
  severity: "info",
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage",
    "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
  ],
  falsePositives: "Small dumps.",

  *container(container, context) {
    if (hasEphemeralStorage(container)) return;
    const script = context.script(container);
    for (const { target, path, command } of script ? dumpsIn(script) : []) {
      const storage = storageAt(container, path);
      if (!script || !storage || storage.kind === "volume" || isLimited(storage)) continue;
      const place = storage.kind === "empty-dir" ? `the emptyDir ${storage.volume}` : "the container's own file system";
      yield {
        at: script.at(target),
        message: `${command.name ?? "the dump"} writes to ${place} on the node's disk, of which nothing is requested; request ephemeral-storage`,
      };
      return;
    }
  },

  examples: [
    {
      title: "A dump before its upload",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: backup }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: backup
                  image: registry.example.com/pg-tools:17
                  command: ["bash", "-ec", "pg_dump -Fc shop -f /tmp/shop.dump; aws s3 cp /tmp/shop.dump s3://backups/"]
        #                                                       ^^^^^^^^^^^^^^ pg_dump writes to the container's own file system on the node's disk, of which nothing is requested; request ephemeral-storage
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: backup }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: backup
                  image: registry.example.com/pg-tools:17
                  command: ["bash", "-ec", "pg_dump -Fc shop -f /tmp/shop.dump; aws s3 cp /tmp/shop.dump s3://backups/"]
                  resources: { requests: { ephemeral-storage: 20Gi }, limits: { ephemeral-storage: 20Gi } }
      `,
    },
  ],
});

function hasEphemeralStorage({ resources }: Container): boolean {
  return ["requests", "limits"].some((list) => scalar(level(resources, list), "ephemeral-storage").state !== "absent");
}

/** A volume in memory, or one that says how large it may get. */
function isLimited(storage: Storage): boolean {
  if (storage.kind !== "empty-dir") return false;
  const { level: volume } = storage;
  const isInMemory = scalar(volume, "medium").value?.value === "Memory";
  return volume.state === "unknown" || isInMemory || scalar(volume, "sizeLimit").state !== "absent";
}
