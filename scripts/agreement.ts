/**
 * Asks the API server's own code about manifests that nobody has seen before, and lists where kronlint answers otherwise.
 * `npm run agreement -- [--version 1.36]… [--count 20000] [--seed 1] [--updates] [--errors] [--warnings] [--show 20] [--save FILE] [--offline]`
 * The same seed gives the same manifests. What is accepted is compared; with --errors also types and fields of errors, with --warnings what
 * warnings are about; --updates asks about updates of objects in place of new ones. --save appends what differs, with the answers of every
 * version asked, as cases for fixtures/conformance/agreement.ndjson. Needs Go; --offline takes modules from Go's cache, or says what is missing.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Disagreement, disagreements } from "./agreement/compare.js";
import { type Question, questions } from "./agreement/questions.js";
import { ask, buildServer, Lacking } from "./agreement/server.js";

const { values } = parseArgs({
  options: {
    version: { type: "string", multiple: true, default: ["1.34", "1.36"] },
    count: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    updates: { type: "boolean", default: false },
    errors: { type: "boolean", default: false },
    warnings: { type: "boolean", default: false },
    show: { type: "string", default: "20" },
    save: { type: "string" },
    offline: { type: "boolean", default: false },
  },
});

const kind = values.updates ? "update" : "create";
const parts = ["accept", ...(values.errors ? ["errors"] : []), ...(values.warnings ? ["warnings"] : [])];

async function buildServers(): Promise<ReadonlyMap<string, string>> {
  const servers = new Map<string, string>();
  for (const version of values.version) servers.set(version, await buildServer(version, values.offline));
  return servers;
}

async function compareAll(servers: ReadonlyMap<string, string>): Promise<readonly Question[]> {
  const asked = [...questions(Number(values.count), Number(values.seed), kind)];
  const differing = new Set<Question>();
  for (const [version, server] of servers) {
    const found = await disagreements(server, version, asked, parts);
    const of = `${parts.join(", ")} of ${asked.length} ${kind}s, seed ${values.seed}`;
    console.log(`${version}: ${found.accepted} accepted; ${found.list.length} differ in ${of}`);
    found.list.slice(0, Number(values.show)).forEach(show);
    for (const { question } of found.list) differing.add(question);
  }
  return [...differing];
}

function show({ question, text }: Disagreement): void {
  console.log(`  ${question.id} (${question.mutation.slice(0, 200)}): ${text.slice(0, 600)}`);
}

async function save(file: string, found: readonly Question[], servers: ReadonlyMap<string, string>): Promise<void> {
  const verdicts = found.map(() => new Map<string, unknown>());
  for (const [version, server] of servers) {
    (await ask(server, found)).forEach((verdict, index) => verdicts[index]?.set(version, verdict));
  }
  const lines = found.map(({ id, mutation, yaml, old }, index) =>
    JSON.stringify({ id, class: "agreement", mutation, yaml, old, verdicts: Object.fromEntries(verdicts[index] ?? []) }),
  );
  appendFileSync(file, lines.map((line) => `${line}\n`).join(""));
}

try {
  const servers = await buildServers();
  const found = await compareAll(servers);
  if (values.save !== undefined) await save(values.save, found, servers);
  process.exitCode = found.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof Lacking)) throw error;
  console.log(`skipped: nothing is compared with Kubernetes' own code; ${error.message}`);
  process.exitCode = values.offline ? 0 : 1;
}
