import { type ContainerScript, defineRule, type Finding, manifest, type Pipeline, type ScriptCommand } from "#rule";
import { mayFail } from "./lib/script-failures.js";
import { pipefailRemedy, putFirst } from "./lib/shell-options.js";

export default defineRule({
  id: "shell-pipe-no-pipefail",
  summary: "Without pipefail a pipe succeeds when its last command does, whatever fails before it.",
  why: `
    The exit status of \`pg_dump shop | gzip > shop.gz\` is that of \`gzip\`. When the dump fails, an empty or cut-off archive is
    stored, the Job is Complete, and rotation goes on to delete the good backups.

    \`set -o pipefail\` makes the pipe fail with its members; together with \`-e\` the script ends there. bash and BusyBox's sh
    know it, dash from Debian's 0.5.12-7 on (Debian 13, Ubuntu 24.10). Two things change with it: \`grep\` without a match makes
    the pipe fail, and so does what \`head\` cuts off.
  `,
  category: "reliability",
  severity: "warning",
  references: [
    "https://www.gnu.org/software/bash/manual/html_node/Pipelines.html",
    "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_26",
    "https://tracker.debian.org/pkg/dash",
  ],
  supersedes: ["shell-no-errexit"],
  falsePositives: "Commands before a pipe whose failure the author accepts.",

  *container(container, context) {
    const script = context.writtenScript(container);
    if (!script?.shell || script.shell.script.value.includes("PIPESTATUS")) return;
    for (const members of pipelines(script.commands)) {
      const finding = judged(script, members);
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "A backup that may be empty",
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
                      image: postgres:17.2-alpine
                      command: [sh, -c]
                      args:
                        - pg_dump --host=db shop | gzip | rclone rcat store:backups/shop.sql.gz
        #                 ^^^^^^^ pg_dump may fail unseen: the pipe's status is that of rclone; put set -eo pipefail first
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
                      image: postgres:17.2-alpine
                      command: [sh, -c]
                      args:
                        - set -eo pipefail; pg_dump --host=db shop | gzip | rclone rcat store:backups/shop.sql.gz
      `,
    },
  ],
});

/** The commands of each pipe outside of substitutions. */
function pipelines(commands: readonly ScriptCommand[]): Iterable<readonly ScriptCommand[]> {
  const groups = new Map<Pipeline, ScriptCommand[]>();
  for (const command of commands) {
    const { pipe, isSubstituted, isInBackground } = command.where;
    if (pipe === undefined || isSubstituted || isInBackground) continue;
    const group = groups.get(pipe.pipeline);
    if (group) group.push(command);
    else groups.set(pipe.pipeline, [command]);
  }
  return groups.values();
}

function judged(script: ContainerScript, members: readonly ScriptCommand[]): Finding | undefined {
  const last = (members[0]?.where.pipe?.pipeline.commands.length ?? 0) - 1;
  const source = members.find((one) => indexOf(one) < last && mayFail(one) && !one.where.isTested === !isAsked(members));
  if (source?.program === undefined || script.isOn("pipefail", source.start)) return undefined;
  const behind = members.filter((one) => indexOf(one) > indexOf(source));
  const weight = weightOf(source, behind);
  if (weight === undefined) return undefined;
  const sink = behind.findLast((one) => indexOf(one) === last)?.name;
  const caveat = behind.some(filters) ? " (grep without a match then fails too)" : "";
  const remedy = `${pipefailRemedy(script, source.start)}${caveat}`;
  const decides = sink === undefined ? "what comes last" : behind.some((one) => indexOf(one) === last && isLooping(one, source)) ? "the loop" : sink;
  const isPossible = script.shell?.family !== "dash" && script.shell?.family !== undefined;
  const command = script.isOn("errexit", source.start) ? "set -o pipefail" : "set -eo pipefail";
  const title = `${command} first: the script ends when a pipe fails`;
  return {
    at: script.at(source.program),
    ...(weight === "info" ? { severity: weight } : {}),
    message: `${source.name ?? "what comes first"} may fail unseen: the pipe's status is that of ${decides}; ${remedy}`,
    ...(isPossible ? { fix: { title, safe: false, edits: putFirst(script, command) } } : {}),
  };
}

/** It is part of a loop that reads what the source writes. */
function isLooping({ where }: ScriptCommand, source: ScriptCommand): boolean {
  return where.isInLoop && !source.where.isInLoop;
}

function indexOf({ where }: ScriptCommand): number {
  return where.pipe?.index ?? 0;
}

/** Somebody asks for the status of the whole pipe. */
function isAsked(members: readonly ScriptCommand[]): boolean {
  return members.every(({ where }) => where.isTested);
}

/** What keeps or carries on what it is given, so that half of it is taken for the whole. */
const keeping = new Set([
  ...["gzip", "pigz", "zstd", "xz", "bzip2", "pbzip2", "lz4", "zip", "7z", "dd", "split", "tee", "sponge"],
  ...["gpg", "age", "sops", "aws", "s5cmd", "s3cmd", "gsutil", "gcloud", "az", "azcopy", "rclone", "mc", "restic", "borg", "ssh", "curl"],
  ...["nc", "psql", "mysql", "mariadb", "mongorestore", "mongoimport", "redis-cli", "clickhouse-client", "influx"],
  ...["sqlite3", "sh", "bash", "ash", "python", "python3", "node", "php", "docker", "zfs", "btrfs"],
]);

/** What only acts on the lines it gets. */
const acting = new Set(["xargs", "parallel", "kubectl", "oc", "helm"]);

/** What fetches or makes data elsewhere, so that its failure is likely and says something. */
const fetching = new Set([
  ...["pg_dump", "pg_dumpall", "mysqldump", "mariadb-dump", "mongodump", "mongoexport", "mongosh", "psql", "mysql", "mariadb"],
  ...["redis-cli", "influx", "curl", "wget", "kubectl", "oc", "helm", "aws", "gsutil", "gcloud", "az", "rclone", "restic", "ssh"],
  ...["etcdctl", "vault", "gh", "docker"],
]);

/** Undefined: its failure does not matter here, or pipefail would itself do harm. */
function weightOf(source: ScriptCommand, behind: readonly ScriptCommand[]): "warning" | "info" | undefined {
  const last = behind.at(-1);
  if (behind.some(stopsEarly) || (last !== undefined && needsWhole(last))) return undefined;
  const isFiltered = behind.some(filters);
  const keeps = behind.some((one) => keeping.has(one.name ?? "") || writesFile(one) || encrypts(one));
  if (keeps) return isFiltered ? "info" : "warning";
  if (source.where.isTested || !fetching.has(source.name ?? "")) return undefined;
  const acts = behind.some((one) => acting.has(one.name ?? "") || isLooping(one, source));
  return acts || behind.some(({ name }) => name === "jq") ? "info" : undefined;
}

/** It fails by itself when what it is given ends too early. */
function needsWhole({ name = "", args }: ScriptCommand): boolean {
  if (["tar", "cpio", "gunzip", "zcat", "unxz", "bunzip2", "unzstd", "pg_restore", "unzip"].includes(name)) return true;
  const packs = ["gzip", "pigz", "zstd", "xz", "bzip2", "lz4"].includes(name);
  return packs && args.some(({ lead }) => /^-[a-zA-Z0-9]*d|^--(?:decompress|uncompress)/.test(lead));
}

function encrypts({ name, args }: ScriptCommand): boolean {
  return name === "openssl" && /^(?:enc|smime|cms|aes|des)/.test(args[0]?.text ?? "");
}

/** Without a match it fails. */
function filters({ name }: ScriptCommand): boolean {
  return /^[ef]?grep$/.test(name ?? "");
}

/** It leaves before all is read, and the writer dies of it. */
function stopsEarly(command: ScriptCommand): boolean {
  const { name, args } = command;
  const [first] = args;
  if (name === "head") return true;
  if (filters(command)) return args.some(({ lead }) => /^-[a-zA-Z]*[qm]|^--(?:quiet|silent|max-count)/.test(lead));
  if (name === "sed") return args.some(({ lead }) => /(?:^|[\d;{ ])q\}?$/.test(lead));
  return name === "awk" ? /\bexit\b/.test(first?.lead ?? "") : false;
}

function writesFile({ redirects }: ScriptCommand): boolean {
  return redirects.some(({ operator, target }) => /^>[>|]?$/.test(operator) && target?.lead.startsWith("/dev/") === false);
}
