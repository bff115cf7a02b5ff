import { type Container, type ContainerScript, type ContainerShell, defineRule, type Field } from "#rule";
import { type Finding, manifest, text, within } from "#rule";
import { expandsItself } from "./lib/expanding-programs.js";

export default defineRule({
  id: "no-shell-for-shell-syntax",
  summary: "Pipes, redirects, $(date) and $VAR mean nothing without a shell: the program gets them as they stand.",
  why: `
    Kubernetes starts the first item of \`command\` as a program and gives it the others as arguments; no shell is involved.
    \`["pg_dump", "shop", ">", "/backup/shop.sql"]\` hands \`>\` to pg_dump, and \`["python main.py"]\` looks for a program whose name
    has a blank in it. Only \`$(NAME)\` of a variable in \`env\` is replaced, by the kubelet; \`$NAME\`, \`\${NAME}\` and \`$(date +%F)\`
    stay as they are, in \`env\` values too.

    Write \`command: ["sh", "-ec", "…"]\`, or \`$(NAME)\` where it is only a variable.
  `,
  category: "correctness",
  severity: "error",
  references: [
    "https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/",
    "https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/",
  ],
  falsePositives: "Programs that read such text themselves.",

  *container(container, context) {
    yield* blankInProgram(container);
    yield* inEnvironment(container);
    const script = context.script(container);
    const words = [...(container.command.value ?? []), ...(container.args.value ?? [])];
    if (script?.shell) yield* behindScript(script.shell, words);
    if (script === undefined || script.shell !== undefined || expandsItself(container, script)) return;
    for (const [index, word] of words.entries()) {
      if (word.state !== "present") continue;
      const isArgument = index > 0 || container.command.state === "absent";
      const ofArgument = isArgument ? operator(word) : undefined;
      const finding = ofArgument ?? substitution(word, container) ?? variable(word, container) ?? pattern(word, script);
      if (!finding) continue;
      yield finding;
      if (finding.severity === undefined) return;
    }
  },

  examples: [
    {
      title: "A redirect that the program gets",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: dump }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: dump
                  image: postgres:17
                  command: ["pg_dump", "shop", ">", "/backup/shop.sql"]
        #                                      ^^^ without a shell the program gets > as an argument; write command: ["sh", "-ec", "…"]
                  volumeMounts: [{ name: backup, mountPath: /backup }]
              volumes: [{ name: backup, persistentVolumeClaim: { claimName: backup } }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: dump }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: dump
                  image: postgres:17
                  command: ["sh", "-ec", "pg_dump shop > /backup/shop.sql"]
                  volumeMounts: [{ name: backup, mountPath: /backup }]
              volumes: [{ name: backup, persistentVolumeClaim: { claimName: backup } }]
      `,
    },
    {
      title: "A variable as a shell writes it",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: migrate/migrate:v4.18.1
                  args: ["-path=/migrations", "-database=$DATABASE_URL", "up"]
        #                                                ^^^^^^^^^^^^^ without a shell $DATABASE_URL stays as it is; write $(DATABASE_URL), which Kubernetes replaces
                  env: [{ name: DATABASE_URL, valueFrom: { secretKeyRef: { name: db, key: url } } }]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: migrate }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: migrate
                  image: migrate/migrate:v4.18.1
                  args: ["-path=/migrations", "-database=$(DATABASE_URL)", "up"]
                  env: [{ name: DATABASE_URL, valueFrom: { secretKeyRef: { name: db, key: url } } }]
      `,
    },
  ],
});

type Word = Extract<Field<string>, { state: "present" }>;

function* blankInProgram({ command }: Container): Iterable<Finding> {
  const first = command.value?.[0];
  if (first?.state !== "present" || !/^[^\s\\"'=]+\s+\S/.test(first.value)) return;
  const program = first.value.length > 40 ? `${first.value.slice(0, 40)}…` : first.value;
  yield { at: first, message: `the whole of "${program.replace(/\s+/g, " ")}" is taken for the name of a program, which is not found; write each word as an item` };
}

/** `sh -c python main.py` runs python alone. */
function* behindScript({ script }: ContainerShell, words: readonly Field<string>[]): Iterable<Finding> {
  const rest = words.slice(words.findIndex((word) => word === script) + 1);
  const [next] = rest;
  const usesThem = /[$](?:[@*#0-9]|\{[@*#0-9!])|\bshift\b|\bgetopts\b/.test(script.value);
  if (next?.state !== "present" || usesThem) return;
  const isPart = /^[\w./-]+$/.test(script.value.trim()) || /^--?\w/.test(next.value);
  const found = rest.find((word) => operators.test(word.value ?? "")) ?? (isPart ? next : undefined);
  if (found?.state !== "present" || (found === next && rest.length === 1 && /^(?:--|_|-?(?:ba|da|a)?sh|\$0)$/.test(next.value))) return;
  const message = `the shell runs "${shortened(script.value.trim())}" alone, and ${shortened(found.value)} is an argument that nothing reads; write one string behind -c`;
  yield { at: found, message };
}

/** What a shell alone takes apart from its words. */
const operators = /^(?:\||\|\||&&|&|[012]?>>?|<|[012]?>&[012]|&>|[012]?>>?\/\S+|\|&)$/;

function operator(word: Word): Finding | undefined {
  if (!operators.test(word.value)) return undefined;
  return { at: word, message: `without a shell the program gets ${word.value} as an argument; write command: ["sh", "-ec", "…"]` };
}

/** `$(date +%F)`: what the kubelet replaces has no blanks, and is in env. */
function substitution(word: Word, container: Container): Finding | undefined {
  const found = substitutionIn(word.value, container);
  if (!found || (container.command.state === "absent" && /\s/.test(word.value.replace(found[0], "")))) return undefined;
  const message = `without a shell ${shortened(found[0])} stays as it is; write command: ["sh", "-ec", "…"]`;
  return { at: within(word, found.index, found.index + found[0].length), severity: "warning", message };
}

/** Small letters: what is written large may be a variable. */
function substitutionIn(value: string, { env }: Container): RegExpExecArray | undefined {
  const found = /(?<!\$)\$\(([a-z][\w./-]{0,60})((?:\s[^()]{0,200})?)\)|`(?:date|hostname|cat|whoami|uname|pwd)\b[^`]{0,200}`/.exec(value);
  const name = found?.[1] ?? "";
  if (!found || env.state === "unknown") return undefined;
  if (found[2] === "" && (env.value ?? []).some((one) => text(one, "name").value === name)) return undefined;
  return found[2] === "" && !/^(?:date|hostname|pwd|whoami|uuidgen|nproc|uname)$/.test(name) ? undefined : found;
}

function variable(word: Word, { env, command }: Container): Finding | undefined {
  const found = /(?<![\\$])\$(?:([A-Z_][A-Z0-9_]{0,80})|\{([A-Z_][A-Z0-9_]{0,80})\})/.exec(word.value);
  const name = found?.[1] ?? found?.[2];
  if (!found || name === undefined || !(env.value ?? []).some((one) => text(one, "name").value === name)) return undefined;
  // An unknown entrypoint may give one long word to a shell.
  if (command.state === "absent" && /\s/.test(word.value)) return undefined;
  const at = within(word, found.index, found.index + found[0].length);
  return {
    at,
    severity: "warning",
    message: `without a shell ${found[0]} stays as it is; write $(${name}), which Kubernetes replaces`,
    fix: { title: `write $(${name})`, safe: false, edits: [{ at, text: `$(${name})` }] },
  };
}

/** `rm -rf /data/*`. */
function pattern(word: Word, { commands }: ContainerScript): Finding | undefined {
  const name = commands[0]?.name ?? "";
  const takesFiles = ["rm", "cp", "mv", "ls", "cat", "chmod", "chown", "gzip", "touch", "du", "unzip"].includes(name);
  if (!takesFiles || !/^[\w./-]*\/[\w.-]*\*[\w.*-]*$/.test(word.value)) return undefined;
  const message = `without a shell ${word.value} is a file of this very name for ${name}; write command: ["sh", "-ec", "…"]`;
  return { at: word, severity: "warning", message };
}

function* inEnvironment(container: Container): Iterable<Finding> {
  for (const variable of container.env.value ?? []) {
    const value = text(variable, "value");
    const found = value.state === "present" ? substitutionIn(value.value, container) : undefined;
    if (value.state !== "present" || !found) continue;
    const message = `no shell reads env: the value holds ${shortened(found[0])} as it stands; work it out in the script`;
    yield { at: within(value, found.index, found.index + found[0].length), severity: "warning", message };
  }
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
