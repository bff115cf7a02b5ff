/**
 * What the server's verdict costs on the path that a lint run takes, as shares of reading and parsing the same documents:
 * `npm run bench` prints them.
 */
import { serverFindings } from "../src/core/api/server-findings.js";
import { minors } from "../src/core/api/versions.js";
import { kindOf } from "../src/core/model/workload.js";
import type { Document } from "../src/core/read/document.js";
import { read } from "../src/core/read/read.js";
import { document } from "./generate.js";
import { cpuMs, median } from "./measure.js";

const count = 2000;
const rounds = 15;
const newest = minors.slice(-1);

/** Medians; the versions as shares of the cost of reading and parsing. */
export interface VerdictCost {
  readonly documents: number;
  readonly rounds: number;
  readonly readingMs: number;
  readonly oneVersion: number;
  readonly allVersions: number;
}

/** Rounds are interleaved, so that a machine that slows down slows all of them, and the first ones only warm up. */
export function verdictCost(): VerdictCost {
  const sources = Array.from({ length: count }, (_, index) => ({ name: `${String(index)}.yaml`, text: document(index) }));
  const reading: number[] = [];
  const one: number[] = [];
  const all: number[] = [];
  for (let round = 0; round < 2 * rounds; round++) {
    const documents: Document[] = [];
    const spent = cpuMs(() => {
      for (const source of sources) documents.push(...read(source).documents);
    });
    if (documents.length !== count) throw new Error(`${String(documents.length)} documents of ${String(count)} were read`);
    const shares = [newest, minors].map((versions) => cpuMs(() => judge(documents, versions)) / spent);
    if (round < rounds) continue;
    reading.push(spent);
    one.push(shares[0]!);
    all.push(shares[1]!);
  }
  return { documents: count, rounds, readingMs: median(reading), oneVersion: median(one), allVersions: median(all) };
}

function judge(documents: readonly Document[], versions: readonly string[]): void {
  let rejected = 0;
  for (const document of documents) {
    const kind = kindOf(document);
    if (!kind) throw new Error("a document is neither a CronJob nor a Job");
    const findings = serverFindings(document, kind, versions);
    if (findings.some(({ outcome }) => outcome === "rejected")) rejected++;
  }
  // Else the documents would be others than those of a team, and the cost another.
  if (rejected > 0) throw new Error(`${String(rejected)} documents are rejected`);
}
