import { type ContainerScript, defineRule, type Finding, manifest, type ScriptCommand, type ScriptWord } from "#rule";
import { installationOf } from "./lib/package-managers.js";

export default defineRule({
  id: "interactive-command",
  summary: "In a Job nobody answers: commands that want a terminal or a reply fail, or go on without one.",
  why: `
    A pod of a Job has no terminal, and its input is empty. \`docker run -t\` fails with "the input device is not a TTY"; \`apt-get
    install\` without \`-y\` asks, reads nothing and aborts; \`mysql -p\` asks for a password that never comes. \`kubectl exec -it\` only
    prints a note and goes on.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://docs.docker.com/reference/cli/docker/container/exec/",
    "https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html",
    "https://manpages.debian.org/bookworm/apt/apt-get.8.en.html",
  ],
  falsePositives: "Containers with `stdin: true` and `tty: true` to which somebody attaches.",

  *container(container, context) {
    const keys = container.level.mapping?.entries.map(({ key }) => key.text) ?? [];
    if (keys.includes("tty") || keys.includes("stdin")) return;
    const script = context.script(container);
    for (const command of script?.commands ?? []) {
      const finding = script && (terminal(script, command) ?? question(script, command));
      if (finding) yield finding;
    }
  },

  examples: [
    {
      title: "A terminal for docker",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: prune }
        spec:
          schedule: "0 5 * * 6"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: prune
                      image: docker:27
                      command: ["docker", "exec", "-it", "registry", "registry", "garbage-collect", "/etc/registry.yml"]
        #                                          ^^^ docker fails with -it, since a Job's pod has no terminal; leave out the t
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: prune }
        spec:
          schedule: "0 5 * * 6"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: prune
                      image: docker:27
                      command: ["docker", "exec", "-i", "registry", "registry", "garbage-collect", "/etc/registry.yml"]
      `,
    },
  ],
});

/** `-t`, alone or among other letters, before the container's own command. */
function terminal(script: ContainerScript, { name, args }: ScriptCommand): Finding | undefined {
  const isDocker = name === "docker";
  if (!isDocker && name !== "kubectl" && name !== "oc") return undefined;
  const verb = args.findIndex(({ text }) => text === "run" || text === "exec");
  if (verb < 0 || args.slice(0, verb).some(({ text }) => text === "--")) return undefined;
  const flag = ownOptions(args.slice(verb + 1), isDocker).find(({ text }) => /^(?:-it|-ti|-t|--tty(?:=true)?)$/.test(text ?? ""));
  if (flag?.text === undefined) return undefined;
  const at = script.at(flag);
  const t = flag.text.indexOf("t");
  const letter = script.at({ start: flag.start + t, end: flag.start + t + 1 });
  const isShort = /^-(?:it|ti)$/.test(flag.text) && letter.end - letter.start === 1;
  const fix = isShort ? { fix: { title: `write -i in place of ${flag.text}`, safe: true, edits: [{ at: letter, text: "" }] } } : {};
  if (isDocker) return { at, message: `docker fails with ${flag.text}, since a Job's pod has no terminal; leave out the t`, ...fix };
  return { at, severity: "info", message: `${flag.text} asks for a terminal that a Job's pod does not have, and ${name} goes on without; leave out the t`, ...fix };
}

/** For docker, options end at the first word that is none, or no value of one. */
function ownOptions(args: readonly ScriptWord[], isDocker: boolean): readonly ScriptWord[] {
  const end = args.findIndex(({ text }) => text === "--");
  const own = end < 0 ? args : args.slice(0, end);
  if (!isDocker) return own;
  const first = own.findIndex(({ lead }, index) => !lead.startsWith("-") && !takesValue.test(own[index - 1]?.lead ?? ""));
  return first < 0 ? own : own.slice(0, first);
}

/** Options of docker run and docker exec whose value is the next word. */
const takesValue = /^-[a-zA-Z]*[euvpwhlm]$|^--(?!rm$|tty$|interactive$|init$|detach$|privileged$)[a-z-]+$/;

function question(script: ContainerScript, command: ScriptCommand): Finding | undefined {
  const { name, args, program, redirects, where } = command;
  // Somebody answers, or the answer comes from a file.
  if (program === undefined || (where.pipe?.index ?? 0) > 0 || redirects.some(({ operator }) => operator.startsWith("<"))) return undefined;
  const at = script.at(program);
  const found = installationOf(command);
  if (found?.asks === true) {
    const when = found.name.startsWith("apt") ? "asks when more comes along than is named" : "asks whether to go on";
    return { at, severity: "warning", message: `${found.name} ${when}, and nobody answers, so it aborts; add -y` };
  }
  if (isUnapproved(command)) {
    return { at, severity: "warning", message: "terraform asks for a yes, and nobody answers, so it changes nothing; add -auto-approve" };
  }
  const isPrompt = name === "read" && !where.isInLoop && args.some(({ text }) => /^-[a-z]*p/.test(text ?? ""));
  if (!isPrompt) return password(script, command);
  return { at, severity: "info", message: "read asks, and gets nothing, since the input of a Job's pod is empty; take the value from env" };
}

/** An option that has the program ask for the password, since none follows. */
function password(script: ContainerScript, { name = "", args }: ScriptCommand): Finding | undefined {
  const way = passwordWays.find(({ programs }) => programs.includes(name));
  const asking = way && args.find(({ text }) => way.options.includes(text ?? ""));
  if (asking?.text === undefined) return undefined;
  const message = `${asking.text} alone makes ${name} ask for the password, and nobody answers; use ${way?.instead ?? ""}`;
  return { at: script.at(asking), severity: "warning", message };
}

const passwordWays = [
  {
    programs: ["mysql", "mysqldump", "mysqladmin", "mysqlcheck", "mysqlimport", "mariadb", "mariadb-dump", "mariadb-admin"],
    options: ["-p", "--password"],
    instead: "an option file or MYSQL_PWD",
  },
  {
    programs: ["psql", "pg_dump", "pg_dumpall", "pg_restore", "createdb"],
    options: ["-W", "--password"],
    instead: "PGPASSWORD or a passfile",
  },
];

/** A plan that was approved is a second word. */
function isUnapproved({ name, args }: ScriptCommand): boolean {
  const words = args.map(({ text }) => text ?? "");
  const operands = words.filter((word) => !word.startsWith("-"));
  const changes = operands[0] === "apply" || operands[0] === "destroy";
  return name === "terraform" && changes && operands.length === 1 && !words.some((word) => /^--?(?:auto-approve|help)/.test(word));
}
