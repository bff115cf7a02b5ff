import { type Container, type ContainerScript, type Context, defineRule, manifest, text } from "#rule";
import { type Dump, dumpsIn } from "./lib/dumps.js";
import { mountsOf, type Storage, storageAt } from "./lib/storage-at.js";

export default defineRule({
  id: "backup-to-emptydir",
  summary: "A backup in an emptyDir or in the container itself is gone with the pod.",
  why: `
    An \`emptyDir\` lives as long as its pod, and what a container writes beside its volumes as long as the container. The dump
    succeeds, the Job is Complete, and the backup is deleted with the pod: by \`ttlSecondsAfterFinished\`, by the history limits of the
    CronJob, or when the node goes. It is noticed on the day when it is needed.

    Keep it in a PersistentVolumeClaim, or carry it away in the same run: \`aws s3 cp\`, \`rclone\`, \`restic\`.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
    "https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/",
  ],
  supersedes: ["ephemeral-storage-dump"],
  falsePositives: "Dumps that are only a test, or that somebody copies by hand while the pod runs.",

  *container(container, context) {
    const script = context.script(container);
    for (const dump of script ? dumpsIn(script) : []) {
      const storage = storageAt(container, dump.path);
      if (!script || !storage || storage.kind === "volume") continue;
      if (goesOn(container, script, dump) || isShared(container, storage, context)) continue;
      const place = storage.kind === "empty-dir" ? `the emptyDir ${storage.volume}` : "the container's own file system";
      yield {
        at: script.at(dump.target),
        message: `${dump.command.name ?? "the dump"} writes to ${place}, which is gone with the pod; keep it in a PersistentVolumeClaim or upload it`,
      };
      return;
    }
  },

  examples: [
    {
      title: "A dump that nobody takes away",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "15 2 * * *"
          timeZone: Etc/UTC
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: backup
                      image: postgres:17.2
                      command: ["pg_dump", "-Fc", "--file=/backup/shop.dump", "shop"]
        #                                          ^^^^^^^^^^^^^^^^^^^^^^^^ pg_dump writes to the emptyDir backup, which is gone with the pod; keep it in a PersistentVolumeClaim or upload it
                      volumeMounts: [{ name: backup, mountPath: /backup }]
                  volumes: [{ name: backup, emptyDir: {} }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: backup }
        spec:
          schedule: "15 2 * * *"
          timeZone: Etc/UTC
          concurrencyPolicy: Replace
          jobTemplate:
            spec:
              activeDeadlineSeconds: 3600
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: backup
                      image: postgres:17.2
                      command: ["pg_dump", "-Fc", "--file=/backup/shop.dump", "shop"]
                      volumeMounts: [{ name: backup, mountPath: /backup }]
                  volumes: [{ name: backup, persistentVolumeClaim: { claimName: backup } }]
      `,
    },
  ],
});

/** Commands that leave a file where it is. */
const staying = new Set([
  ...["echo", "printf", "ls", "du", "df", "stat", "find", "rm", "gzip", "pigz", "zstd", "xz", "bzip2", "sha256sum", "md5sum", "sha1sum"],
  ...["chmod", "chown", "date", "mkdir", "touch", "wc", "sleep", "exit", "true", ":", "set", "export", "test", "[", "cd", "sync", "zip"],
  ...["gpg", "openssl", "trap", "local", "return", "break", "continue", "read", "basename", "dirname", "readlink", "head", "tail", "sort"],
  ...["xargs", "grep", "awk", "cut", "tee", "file", "gunzip", "pg_isready", "apk", "apt-get", "apt", "unset", "readonly", "umask", "ln"],
  ...["seq", "expr", "logger", "false", "kill", "shift", "numfmt", "tr", "sed", "cat", "wait"],
]);

/** Something behind the dump may carry it away, read it in again, or is not known. */
function goesOn(container: Container, script: ContainerScript, { command, target }: Dump): boolean {
  return script.commands.some((one) => {
    if (one === command || one.start < command.start) return false;
    if (one.program === undefined && one.name === undefined) return false;
    const isBehindPipe = one.where.pipe !== undefined && one.where.pipe.pipeline === command.where.pipe?.pipeline;
    if (isBehindPipe) return !staying.has(one.name ?? "") && one.name !== "dd" && one.start > target.end;
    if (one.name === "mv" || one.name === "cp" || one.name === "tar") return one.args.some(({ lead }) => storageAt(container, lead)?.kind === "volume" || lead === "");
    if (one.name !== undefined && /^(?:pg_dump|pg_dumpall|mysqldump|mariadb-dump|mongodump|mongoexport)$/.test(one.name)) return false;
    return one.name === undefined || !staying.has(one.name);
  });
}

/** Another container has the same volume, and may carry it away. */
function isShared(container: Container, storage: Storage, context: Context): boolean {
  const others = container.pod.written.filter((one) => one !== container);
  if (storage.kind !== "empty-dir") return false;
  if (container.pod.containers.state !== "present") return true;
  return others.some((other) => {
    const mounts = mountsOf(other);
    if (mounts.state !== "unknown" && !(mounts.value ?? []).some((mount) => text(mount, "name").value === storage.volume)) return false;
    const commands = context.script(other)?.commands;
    return commands === undefined || commands.some(({ name, program }) => program !== undefined && !staying.has(name ?? ""));
  });
}
