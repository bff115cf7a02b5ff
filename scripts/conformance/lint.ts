import { serverFindings } from "../../src/core/api/server-findings.js";
import { kindOf } from "../../src/core/model/workload.js";
import type { Document } from "../../src/core/read/document.js";
import { read } from "../../src/core/read/read.js";
import { type RecordedVerdict, recordedVerdicts, type VerdictCase } from "./cases.js";
import type { Compared } from "./compared.js";

/** Of what a server says. */
const longest = 100;

/**
 * A recorded manifest to be created, as a lint run sees it: something in it is said to be rejected exactly where the server refuses it.
 * Texts in which a lint run sees no object of ours, or several, are left out.
 */
export function* comparedLint(recorded: VerdictCase, versions: readonly string[]): Generator<Compared> {
  if (recorded.old !== undefined) return;
  const { id, mutation, yaml } = recorded;
  const { documents, problems } = read({ name: "case.yaml", text: yaml });
  const [document] = documents;
  if (documents.length > 1 || (!document && problems.length === 0)) return;
  for (const [version, expected] of recordedVerdicts(recorded)) {
    if (!versions.includes(version)) continue;
    const unread = problems.map(({ rule }) => rule);
    const rejected = document ? rejectedFields(document, version) : [];
    yield { subject: "lint", version, stage: expected.stage, id, about: mutation, parts: { rejected: difference(expected, [...unread, ...rejected]) } };
  }
}

function difference({ accept, errors = [], strict = [] }: RecordedVerdict, found: readonly string[]): string | undefined {
  if (accept === (found.length === 0)) return undefined;
  const said = [...errors.map(({ message }) => message), ...strict];
  return accept ? `accepted, but reported: ${found.join(", ")}` : `nothing reported: ${said.join(", ").slice(0, longest)}`;
}

function rejectedFields(document: Document, version: string): readonly string[] {
  const kind = kindOf(document);
  const findings = kind ? serverFindings(document, kind, [version]) : [];
  return findings.filter(({ outcome }) => outcome === "rejected").map(({ rule, field }) => `${rule} ${field}`);
}
