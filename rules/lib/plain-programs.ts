import type { ScriptCommand } from "#rule";

/** Programs that do what their arguments say and look at no variable of a pod. */
const plain = new Set(
  `[ : aws az awk base64 basename break bzip2 cat cd chmod chown continue cp curl cut date dig dirname echo exit export expr false ffmpeg
  gcloud grep gsutil gunzip gzip head helm jq kubectl ln local ls md5sum mkdir mktemp mongodump mongorestore mv mysql mysqldump nc nslookup
  openssl
  pg_dump pg_restore ping printf psql pwd rclone read redis-cli restic return rm rsync scp sed seq set sha256sum shift sleep sort ssh
  tail tar tee test time touch tr trap true uniq unset unzip wait wc wget xz yq zip zstd`.split(/\s+/),
);

/** Whether a command is such a program, with arguments that say all. */
export function readsNoEnvironment({ name }: ScriptCommand): boolean {
  return name !== undefined && plain.has(name);
}
