import type { ApiFinding } from "../../../src/core/api/finding.js";
import { serverFindings } from "../../../src/core/api/server-findings.js";
import type { Document } from "../../../src/core/read/document.js";
import { entryOf, type MappingNode, type Node } from "../../../src/core/read/node.js";
import { read } from "../../../src/core/read/read.js";

function documentOf(text: string): Document {
  const { documents } = read({ name: "test.yaml", text });
  if (documents.length !== 1 || !documents[0]) throw new Error(`${String(documents.length)} documents instead of one`);
  return documents[0];
}

/** The located nodes of the one object in a text. */
export function rootOf(text: string): MappingNode {
  return documentOf(text).root;
}

export function kindOf(root: MappingNode): "Job" | "CronJob" {
  const value = entryOf(root, "kind")?.value;
  return value?.kind === "scalar" && value.value === "CronJob" ? "CronJob" : "Job";
}

export interface Asked {
  readonly versions?: readonly string[];
  readonly patch?: boolean;
}

export function decoded(text: string, { versions = ["1.36"], patch = false }: Asked = {}): readonly ApiFinding[] {
  const document = documentOf(text);
  return serverFindings({ ...document, patch }, kindOf(document.root), versions);
}

/** The text at which a finding points, and what it says. */
export function said(findings: readonly ApiFinding[]): readonly string[] {
  return findings.map(({ rule, at, message }) => `${rule} ${at.source.text.slice(at.start, at.end)}: ${message}`);
}

/** The object as JSON has it. */
export function plain(node: Node): unknown {
  if (node.kind === "unknown") return undefined;
  if (node.kind === "scalar") return typeof node.value === "bigint" ? Number(node.value) : node.value;
  if (node.kind === "sequence") return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key }) => [key.text, plain(entryOf(node, key.text)?.value ?? key)]));
}

const container = "{ name: report, image: report:1.4 }";

/** A CronJob that every version accepts; each level takes further lines of YAML, the deepest one replaces its container. */
export function cronJob(lines: { readonly spec?: string; readonly template?: string; readonly job?: string; readonly pod?: string; readonly item?: string } = {}): string {
  const { spec = "", template = "", job = "", pod = "", item = container } = lines;
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "0 5 * * *"
${spec && `  ${spec}\n`}  jobTemplate:
${template && `    ${template}\n`}    spec:
${job && `      ${job}\n`}      template:
        spec:
          restartPolicy: Never
${pod && `          ${pod}\n`}          containers:
            - ${item}
`;
}

/** As above, a Job. */
export function job(lines: { readonly job?: string; readonly pod?: string; readonly item?: string } = {}): string {
  const { job: spec = "", pod = "", item = container } = lines;
  return `apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
${spec && `  ${spec}\n`}  template:
    spec:
      restartPolicy: Never
${pod && `      ${pod}\n`}      containers:
        - ${item}
`;
}
