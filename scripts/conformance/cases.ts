/** The recorded cases of fixtures/conformance, and any other file of their form. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Scenario, Simulation } from "../../src/core/time/controller/scenario.js";

/** What one version's server code said. */
export interface RecordedVerdict {
  readonly accept: boolean;
  readonly stage: string;
  readonly errors?: readonly { readonly type?: string; readonly field?: string; readonly message: string }[];
  readonly strict?: readonly string[];
  readonly warnings?: readonly string[];
  readonly dropped?: readonly string[];
  /** Only where it differs from `accept`. */
  readonly kubectlAccept?: boolean;
}

/** A manifest, to be created or (with `old`) applied over an older one. */
export interface VerdictCase {
  readonly id: string;
  readonly class: string;
  readonly mutation: string;
  readonly yaml: string;
  readonly old?: string;
  readonly verdicts: Readonly<Record<string, RecordedVerdict | string>>;
}

/** A question about a schedule, and what Kubernetes' own code answered. */
export interface FireTimesCase {
  readonly id: string;
  readonly schedule: string;
  readonly timeZone?: string;
  readonly from: string;
  readonly n: number;
  readonly until: string;
  readonly createErrors?: readonly string[];
  readonly error?: string;
  readonly times?: readonly string[];
  readonly exhausted?: boolean;
}

/** What the CronJob controller did in a scenario. */
export type TraceCase = Scenario & Simulation & { readonly id: string };

export type RecordedCase = VerdictCase | FireTimesCase | TraceCase;

const inFolder = (name: string): string => fileURLToPath(new URL(`../../fixtures/conformance/${name}`, import.meta.url));
export const verdictsFile = inFolder("verdicts.ndjson.gz");
export const fireTimesFile = inFolder("cron.ndjson.gz");
export const tracesFile = inFolder("controller.ndjson.gz");
export const levelsFile = inFolder("levels.json");
export const differencesFile = inFolder("differences.json");

/** The lines of a file of NDJSON, gzipped or not. */
export function readCases(file: string): readonly RecordedCase[] {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as RecordedCase);
}

export const verdictCases = (file = verdictsFile): readonly VerdictCase[] => readCases(file).filter((recorded) => "verdicts" in recorded);
export const fireTimesCases = (file = fireTimesFile): readonly FireTimesCase[] => readCases(file).filter((recorded) => "n" in recorded);
export const traceCases = (file = tracesFile): readonly TraceCase[] => readCases(file).filter((recorded) => "cronjob" in recorded);

/** By version; a verdict "=1.24" is the same as that version's. */
export function recordedVerdicts({ verdicts }: VerdictCase): readonly (readonly [string, RecordedVerdict])[] {
  return Object.keys(verdicts).map((version) => {
    let found = verdicts[version];
    while (typeof found === "string") found = verdicts[found.slice(1)];
    if (!found) throw new Error(`no verdict of ${version}`);
    return [version, found] as const;
  });
}

/** The rules of zones change with the tz database: the recordings were made with 2025c. */
export const sameZones = process.versions.tz === "2025c";
