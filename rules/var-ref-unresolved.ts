import { type Container, type ContainerScript, defineRule, type Field, type Finding, type Level, manifest, text, within } from "#rule";

export default defineRule({
  id: "var-ref-unresolved",
  summary: "$(NAME) of a variable that the container does not have is left as it stands.",
  why: `
    The kubelet replaces \`$(NAME)\` in \`command\`, \`args\` and \`env\` values when the container has a variable of that name. What it
    does not know it leaves alone, without a word: the program gets the text \`$(DB_HOST)\`, and a shell takes it for a command.

    In \`env\` the order counts: a value may refer to variables above it, not below. Variables that the image or the shell brings
    along, such as \`HOME\` and \`HOSTNAME\`, are not known to the kubelet.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/third_party/forked/golang/expansion/expand.go",
  ],
  falsePositives: "Texts that something replaces before the manifest reaches the cluster, such as Kustomize's vars.",

  *container(container, context) {
    const { env } = container;
    // A whole Secret or ConfigMap may bring any name, and so may what a template or a patch adds.
    if (env.state === "unknown" || text(container.level, "envFrom").state !== "absent") return;
    const variables = env.value ?? [];
    const names = variables.map((variable) => text(variable, "name"));
    if (names.some(({ state }) => state !== "present")) return;
    // The Job controller adds it to the containers of Indexed Jobs.
    const { completionMode } = container.pod.job;
    const given = completionMode.state === "absent" || completionMode.value === "NonIndexed" ? [] : ["JOB_COMPLETION_INDEX"];
    const known = new Set([...given, ...names.map(({ value }) => value ?? "")]);
    yield* inValues(variables, names.map(({ value }) => value ?? ""), given);
    yield* inWords(container, context.script(container), known);
  },

  examples: [
    {
      title: "A name that env does not have",
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
                  args: ["-path=/migrations", "-database=$(DB_URL)", "up"]
        #                                                ^^^^^^^^^ no DB_URL in env for $(DB_URL), so it stays as it is; define it
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
    {
      title: "A variable used above the line that defines it",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: load }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: load
                  image: registry.example.com/load:2
                  env:
                    - { name: URL, value: "postgres://$(HOST):5432/shop" }
        #                                             ^^^^^^^ $(HOST) stays as it is, since HOST is defined below; move it above URL
                    - { name: HOST, value: db }
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata: { name: load }
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: load
                  image: registry.example.com/load:2
                  env:
                    - { name: HOST, value: db }
                    - { name: URL, value: "postgres://$(HOST):5432/shop" }
      `,
    },
  ],
});

type Word = Extract<Field<string>, { state: "present" }>;

interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** `$(NAME)` in capitals, as the kubelet reads it: `$$` is a dollar. */
function references(value: string): readonly Reference[] {
  return [...value.matchAll(/\$(?:\$|\(([A-Z_][A-Z0-9_]{0,120})\))/g)].flatMap(({ 0: whole, 1: name, index }) => {
    return name === undefined ? [] : [{ name, start: index, end: index + whole.length }];
  });
}

/** What Services bring along. */
function isOfService(name: string): boolean {
  return /_SERVICE_(?:HOST|PORT)(?:_|$)|_PORT(?:_\d+_(?:TCP|UDP)(?:_(?:PROTO|PORT|ADDR))?)?$/.test(name);
}

function* inValues(variables: readonly Level[], names: readonly string[], given: readonly string[]): Iterable<Finding> {
  const above = new Set(given);
  for (const [index, variable] of variables.entries()) {
    const value = text(variable, "value");
    if (value.state === "present") yield* unresolved(value, above, (name) => messageOf(name, names.slice(index + 1), names[index] ?? ""));
    above.add(names[index] ?? "");
  }
}

function messageOf(name: string, below: readonly string[], own: string): string {
  if (below.includes(name)) return `$(${name}) stays as it is, since ${name} is defined below; move it above ${own}`;
  if (name === own) return `$(${name}) refers to itself and stays as it is; give it another name`;
  return `$(${name}) stays as it is: no ${name} in env; define it above`;
}

function* inWords(container: Container, script: ContainerScript | undefined, known: ReadonlySet<string>): Iterable<Finding> {
  const words = [...(container.command.value ?? []), ...(container.args.value ?? [])];
  const ownFunctions = new Set(script?.commands.flatMap(({ assignments }) => assignments.map(({ name }) => name)));
  for (const word of words) {
    if (word.state !== "present") continue;
    const isScript = word === script?.shell?.script;
    const result = isScript ? "the shell takes it for a command" : "it stays as it is";
    yield* unresolved(word, known, (name) => {
      if (isScript && ownFunctions.has(name)) return `$(${name}) runs a command of that name; write $${name} for the variable`;
      return `no ${name} in env for $(${name}), so ${result}; ${isScript ? `write $${name} or define it` : "define it"}`;
    });
  }
}

function* unresolved(word: Word, known: ReadonlySet<string>, message: (name: string) => string): Iterable<Finding> {
  const said = new Set<string>();
  for (const { name, start, end } of references(word.value)) {
    if (known.has(name) || isOfService(name) || said.has(name)) continue;
    said.add(name);
    yield { at: within(word, start, end), message: message(name) };
  }
}
