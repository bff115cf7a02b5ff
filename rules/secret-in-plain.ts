import {
  type Container,
  type Context,
  defineRule,
  type Finding,
  manifest,
  type Place,
  type Present,
  type ScriptCommand,
  text,
  within,
} from "#rule";
import { passwordOptions } from "./lib/password-options.js";
import { promiseOf } from "./lib/secret-names.js";
import { formatIn, isSecret, passwordInUrl } from "./lib/secret-texts.js";

export default defineRule({
  id: "secret-in-plain",
  summary: "A password, token or key stands in the manifest.",
  why: `
    Whoever may read the CronJob, the Job or its pods reads the credential too, and so does everybody who has the repository, now or later.
    On a command line it also shows in the list of the node's processes.

    A Secret can be given to few: \`valueFrom.secretKeyRef\` for a variable, a mounted file for programs that read one. A
    credential that has been committed has to be replaced, not just moved.
  `,
  category: "security",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/concepts/configuration/secret/",
    "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  ],
  falsePositives: "Credentials of test databases that live only as long as the pod.",

  *container(container, context) {
    const seen: Place[] = [];
    for (const finding of [...inEnvironment(container), ...inWords(container), ...inCommands(container, context)]) {
      const { at } = finding;
      if (seen.some((place) => place.start < at.end && at.start < place.end)) continue;
      seen.push(at);
      yield finding;
    }
  },

  examples: [
    {
      title: "A password in a variable",
      bad: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: nightly }
        spec:
          schedule: "15 2 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: nightly
                      image: postgres:17.2
                      env:
                        - name: PGPASSWORD
                          value: hunter2
        #                        ^^^^^^^ PGPASSWORD holds a password in plain text; take it from a Secret with secretKeyRef, and change it
                      command: [psql, --host=db, --command=CALL nightly()]
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: CronJob
        metadata: { name: nightly }
        spec:
          schedule: "15 2 * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: nightly
                      image: postgres:17.2
                      env:
                        - name: PGPASSWORD
                          valueFrom:
                            secretKeyRef: { name: db, key: password }
                      command: [psql, --host=db, --command=CALL nightly()]
      `,
    },
    {
      title: "A password in a script",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: nightly }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: nightly
                  image: mysql:8.4
                  command: [sh, -c, "mysql --host=db --password=hunter2 shop < /sql/clean.sql"]
        #                                            ^^^^^^^^^^^^^^^^^^ the value of --password stands in the command in plain text; take it from a Secret, and change it
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: nightly }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: nightly
                  image: mysql:8.4
                  command: [sh, -c, 'mysql --host=db --password="$DB_PASSWORD" shop < /sql/clean.sql']
      `,
    },
  ],
});

type Found = Finding & { readonly at: Place };

const fromSecret = "take it from a Secret, and change it";

function* inEnvironment({ env }: Container): Iterable<Found> {
  for (const variable of env.value ?? []) {
    const [name, value] = [text(variable, "name"), text(variable, "value")];
    if (name.state !== "present" || value.state !== "present") continue;
    const found = judged(name.value, value);
    const remedy = "take it from a Secret with secretKeyRef, and change it";
    if (found) yield { at: found.at, message: `${name.value} holds ${found.what} in plain text; ${remedy}` };
  }
}

function judged(name: string, value: Present<string>): { readonly at: Place; readonly what: string } | undefined {
  const format = formatIn(value.value);
  if (format) return { at: within(value, format.start, format.end), what: format.name };
  const login = passwordInUrl(value.value);
  if (login) return { at: within(value, login.start, login.end), what: "a URL with a password" };
  const promise = promiseOf(name);
  return isSecret(promise, value.value) ? { at: value.place, what: promise === "password" ? "a password" : "a secret" } : undefined;
}

/** Formats and URLs anywhere in `command` and `args`, also where a script cannot be parsed. */
function* inWords({ command, args }: Container): Iterable<Found> {
  for (const word of [...(command.value ?? []), ...(args.value ?? [])]) {
    if (word.state !== "present") continue;
    const format = formatIn(word.value);
    if (format) yield { at: within(word, format.start, format.end), message: `${format.name} stands in the command; ${fromSecret}` };
    const login = passwordInUrl(word.value);
    if (login) yield { at: within(word, login.start, login.end), message: `a password stands in a URL of the command; ${fromSecret}` };
  }
}

function* inCommands(container: Container, { writtenScript }: Pick<Context, "writtenScript">): Iterable<Found> {
  const read = writtenScript(container);
  if (!read) return;
  for (const command of read.commands) {
    for (const { name, value } of command.assignments) {
      if (!value || !isAssigned(name, value.parts)) continue;
      yield { at: read.at(value), message: `the value of ${name} stands in the script in plain text; ${fromSecret}` };
    }
    for (const { at, option } of passwordOptions(command)) {
      yield { at: read.at(at), message: `the value of ${option} stands in the command in plain text; ${fromSecret}` };
    }
  }
}

type Parts = NonNullable<ScriptCommand["assignments"][number]["value"]>["parts"];

function isAssigned(name: string, parts: Parts): boolean {
  const known = parts.flatMap((part) => (part.kind === "text" ? [part.value] : []));
  return known.length === parts.length && isSecret(promiseOf(name), known.join(""));
}
