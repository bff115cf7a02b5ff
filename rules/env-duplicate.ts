import {
  type Container,
  defineRule,
  field,
  type Field,
  type Finding,
  itemLevel,
  type Level,
  lineOf,
  manifest,
  type Place,
  type PodTemplate,
  type Present,
  removeItem,
  scalar,
  text,
  writtenItems,
} from "#rule";
import { standTogether } from "./lib/branches.js";

export default defineRule({
  id: "env-duplicate",
  summary: "An environment variable, a port or a pull secret that stands twice in its list.",
  why: `
    Of two variables with one name the later counts. Nobody who reads the first knows that, and the tools do not agree: the
    API server accepts the list with a warning, server-side apply (also that of Argo CD and Flux) refuses it, since the name
    is the key of an item, and the merge of a plain \`kubectl apply\` may lose one of the two when the list changes.

    A variable that builds on one before it, such as \`PATH\` with the value \`/opt/bin:$(PATH)\`, is meant and stays silent.
  `,
  category: "correctness",
  severity: "warning",
  references: [
    "https://github.com/kubernetes/kubernetes/issues/58477",
    "https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/api/pod/warnings.go",
  ],
  supersedes: ["server-warning"],

  *podTemplate(pod) {
    yield* secrets(pod);
  },

  *container(container) {
    yield* variables(container);
    yield* ports(container);
  },

  examples: [
    {
      title: "A variable that was added again",
      bad: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
                  env:
                    - name: DB_HOST
                      value: db
                    - name: BATCH_SIZE
                      value: "500"
                    - name: DB_HOST
        #                   ^^^^^^^ DB_HOST stands here a second time (first in line 13), and this value counts; remove one
                      value: db-replica
      `,
      good: manifest`
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: import
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
                - name: import
                  image: import:2.1
                  env:
                    - name: BATCH_SIZE
                      value: "500"
                    - name: DB_HOST
                      value: db-replica
      `,
    },
  ],
});

/** Each finding counts lines; nobody needs more of them. */
const mostFindings = 50;
const mostInTemplate = 500;

/** An item and what makes it the same as another. */
interface Item {
  readonly index: number;
  readonly path: string;
  readonly key: string;
  readonly name: string;
  readonly place: Place;
  /** What it says besides its key. */
  readonly says: string;
}

function* repeated(items: readonly Item[], list: Field<unknown>, result: (same: boolean) => string): Iterable<Finding> {
  // In a list that a template writes, the text between two items says whether both are rendered.
  if (list.state !== "present" && items.length > mostInTemplate) return;
  let left = mostFindings;
  const known = new Map<string, Item>();
  for (const item of items) {
    const first = known.get(item.key);
    known.set(item.key, item);
    if (!first || (list.state !== "present" && !standTogether(first.place, item.place))) continue;
    if (left-- <= 0) return;
    const line = `line ${String(lineOf(first.place))}`;
    const before = lineOf(first.place) === lineOf(item.place) ? "" : ` (first in ${line})`;
    const same = first.says === item.says;
    yield {
      at: { state: "unknown", path: item.path, place: item.place },
      message: `${item.name} stands here a second time${before}, ${result(same)}; remove one`,
      related: [{ at: first.place, message: `${item.name} the first time` }],
      fix: { title: `remove ${item.name} in ${line}`, safe: false, edits: removeItem(list, first.index) },
    };
  }
}

function* variables({ level: container }: Container): Iterable<Finding> {
  const items = writtenItems(container, "env", (node, path, index) => ({ item: itemLevel(node, path, container), index }));
  if (items.length < 2) return;
  const known = items.flatMap(({ item, index }): Item[] => {
    const name = text(item, "name");
    if (name.state !== "present" || buildsOn(item, name)) return [];
    return [{ index, path: item.path, key: name.value, name: name.value, place: name.place, says: written(item) }];
  });
  yield* repeated(known, wholeList(container, "env"), (same) => (same ? "which server-side apply refuses" : "and this value counts"));
}

/** `PATH: /opt/bin:$(PATH)` takes up the variable of that name before it. */
function buildsOn(item: Level, { value: name }: Present<string>): boolean {
  const value = scalar(item, "value");
  if (value.state === "unknown") return true;
  return value.state === "present" && value.value.text !== `$(${name})` && value.value.text.includes(`$(${name})`);
}

function* ports({ level: container }: Container): Iterable<Finding> {
  const items = writtenItems(container, "ports", (node, path, index) => ({ item: itemLevel(node, path, container), index }));
  if (items.length < 2) return;
  const known = items.flatMap(({ item, index }): Item[] => {
    const parts = ["containerPort", "protocol", "hostPort", "hostIP"].map((name) => scalar(item, name));
    const [port, protocol] = parts;
    if (port?.state !== "present" || parts.some(({ state }) => state === "unknown")) return [];
    const name = `port ${port.value.text}/${protocol?.value?.text ?? "TCP"}`;
    const key = [name, ...parts.slice(2).map(({ value }) => value?.text ?? "")].join(" ");
    return [{ index, path: item.path, key, name, place: port.place, says: "" }];
  });
  yield* repeated(known, wholeList(container, "ports"), () => "which server-side apply refuses");
}

function* secrets({ spec }: PodTemplate): Iterable<Finding> {
  const items = writtenItems(spec, "imagePullSecrets", (node, path, index) => ({ name: text(itemLevel(node, path, spec), "name"), index }));
  const known = items.flatMap(({ name, index }): Item[] => {
    if (name.state !== "present") return [];
    return [{ index, path: name.path, key: name.value, name: `pull secret ${name.value}`, place: name.place, says: "" }];
  });
  yield* repeated(known, wholeList(spec, "imagePullSecrets"), () => "which server-side apply refuses");
}

function wholeList(parent: Level, key: string): Field<unknown> {
  return field(parent, key, (node) => (node.kind === "sequence" && !node.open ? node : undefined));
}

/** The value as it stands there, to be compared with another. */
function written(item: Level): string {
  const value = scalar(item, "value");
  return value.state === "present" ? `=${value.value.text}` : `at ${String(item.place.start)}`;
}
