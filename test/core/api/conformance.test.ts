import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { minors } from "../../../src/core/api/versions.js";
import { decoded } from "./manifest.js";

/**
 * What the API server's own code of six versions said about a manifest: refused for its structure (unknown fields, wrong
 * types), or accepted; a third kind, refused by validation, is in neither list. `dropped`: accepted with a field lost.
 */
interface Recorded {
  readonly id: string;
  readonly what: string;
  readonly yaml: string;
  readonly refused: readonly string[];
  readonly accepted: readonly string[];
  readonly dropped?: readonly string[];
}

const file = new URL("../../../fixtures/conformance/structure.ndjson", import.meta.url);
const cases = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as Recorded);

describe("recorded verdicts", () => {
  test("are about 300", () => {
    expect(cases.length).toBeGreaterThan(280);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  test.each(cases)("$id: $what", ({ yaml, refused, accepted, dropped = [] }) => {
    const judged = [...refused, ...accepted];
    const outcomes = judged.map((version) => ({ version, findings: decoded(yaml, { versions: [version] }) }));
    const having = (outcome: string): string[] =>
      outcomes.filter(({ findings }) => findings.some((finding) => finding.outcome === outcome)).map(({ version }) => version);
    expect(having("rejected").sort()).toEqual([...refused].sort());
    expect(having("dropped").filter((version) => accepted.includes(version))).toEqual(expect.arrayContaining([...dropped]));
  });

  test.each(cases)("$id: all versions at once say the same as each alone", ({ yaml }) => {
    const together = decoded(yaml, { versions: minors });
    for (const version of minors) {
      const alone = decoded(yaml, { versions: [version] });
      // Of one value the minors may name different fields: hostnames and hostnames[0].
      const places = (findings: typeof alone): number[] => [...new Set(findings.map(({ at }) => at.start))].sort((a, b) => a - b);
      expect(places(together.filter(({ versions }) => versions === undefined || versions.includes(version)))).toEqual(places(alone));
    }
  });
});
