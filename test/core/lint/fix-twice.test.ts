import { describe, expect, test } from "vitest";
import { fix, lint } from "../../../src/index.js";

function cronJob({ spec = "", job = "", schedule = '"0 4 * * *"' }): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: ${schedule}
${spec}  jobTemplate:
    spec:
${job}      template:
        spec:
          restartPolicy: Never
          containers: [{ name: report, image: "report:1.4" }]
`;
}

const duplicates = (text: string) => lint(text).filter(({ rule }) => rule === "duplicate-yaml-key" || rule === "yaml-syntax");

describe("fixes of one round", () => {
  test.each(['"0 4 * * *"', "*/5 * * * *"])("never write a key twice (schedule: %s)", (schedule) => {
    const text = cronJob({ schedule, spec: "  concurencyPolicy: Forbid\n", job: "      concurrencyPolicy: Replace\n" });
    const { output } = fix(text, { unsafe: true });
    expect(duplicates(output)).toEqual([]);
    expect(output).toMatch(/^ {2}concurrencyPolicy: (?:Forbid|Replace)$/m);
  });

  test("a key that stands twice does not keep the syntax from being mended", () => {
    const text = cronJob({ schedule: "*/5 * * * *", spec: "  suspend: false\n  suspend: true\n" });
    const { output } = fix(text, { unsafe: true });
    expect(output).toContain('schedule: "*/5 * * * *"');
    expect(duplicates(output).map(({ rule }) => rule)).toEqual(["duplicate-yaml-key"]);
  });

  test("no value is invented for a field that the author wrote at a wrong place", () => {
    const { output } = fix(cronJob({ spec: "  concurrencyPolicy: Forbid\n  activeDeadlineSeconds: 9\n" }), { unsafe: true });
    expect(output.match(/activeDeadlineSeconds: .*/g)).toEqual(["activeDeadlineSeconds: 9"]);
  });
});
