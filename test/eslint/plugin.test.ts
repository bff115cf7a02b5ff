import { Linter } from "eslint";
import { defineConfig } from "eslint/config";
import { describe, expect, test } from "vitest";
import plugin from "../../src/eslint/plugin.js";
import { lint, rules } from "../../src/index.js";

const manifest = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 0 * * 7"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Always
          containers: [{ name: a, image: "a:latest" }]
`;

const { recommended, strict } = plugin.configs;

// That this compiles is a test of its own: the configurations are what ESLint's types ask for.
const forEslint: Linter.Config[] = defineConfig([recommended, strict]);

function verify(config: Linter.Config, text = manifest, name = "a.yaml"): readonly Linter.LintMessage[] {
  return new Linter().verify(text, [config], name);
}

describe("the plugin in ESLint", () => {
  test("reports what the library finds, under the same ids and at the same places", () => {
    const expected = lint(manifest).map(({ rule, line, column, endLine, endColumn, message }) => {
      return { ruleId: `kronlint/${rule}`, line, column, endLine, endColumn, message };
    });
    const found = verify(strict).map(({ ruleId, line, column, endLine, endColumn, message }) => {
      return { ruleId, line, column, endLine, endColumn, message };
    });
    expect(new Set(found)).toEqual(new Set(expected));
    expect(found.length).toBe(expected.length);
  });

  test("recommended leaves advice out", () => {
    const loud = lint(manifest).filter(({ severity }) => severity !== "info");
    expect(verify(recommended)).toHaveLength(loud.length);
    expect(loud.length).toBeLessThan(lint(manifest).length);
  });

  test("applies safe fixes, and offers others", () => {
    const { output } = new Linter().verifyAndFix(manifest, [recommended], "a.yaml");
    expect(output).toBe(manifest.replace("* * 7", "* * 0"));
    const [suggestion] = verify(recommended).flatMap(({ ruleId, suggestions }) => (ruleId === "kronlint/restart-policy-invalid" ? (suggestions ?? []) : []));
    expect(suggestion).toMatchObject({ desc: "set restartPolicy: Never", fix: { text: "Never" } });
  });

  test("takes settings as languageOptions, and refuses what is none", () => {
    const old = { ...recommended, languageOptions: { kubernetes: "1.24" } };
    const timeZone = manifest.replace("spec:\n", "spec:\n  timeZone: Etc/UTC\n");
    expect(verify(old, timeZone).map(({ ruleId }) => ruleId)).toContain("kronlint/field-too-new");
    const beside = [recommended, { files: ["**/*.yaml"], languageOptions: { kubernetes: "1.24" } }];
    expect(new Linter().verify(timeZone, beside, "a.yaml").map(({ ruleId }) => ruleId)).toContain("kronlint/field-too-new");
    expect(() => verify({ ...recommended, languageOptions: { kubernetes: "yesterday" } })).toThrow(/settings are not valid/);
  });

  test("leaves other YAML alone, broken or not", () => {
    for (const text of ["", "a: [1\n", "kind: Deployment\n", "{{ if x }}\na: b\n"]) expect(verify(strict, text)).toEqual([]);
  });

  test("obeys kronlint's own comments", () => {
    const silent = `# kronlint-ignore-file schedule-syntax -- tried on another system\n${manifest}`;
    expect(verify(recommended, silent).map(({ ruleId }) => ruleId)).not.toContain("kronlint/schedule-syntax");
  });

  test("stands in lists of configurations as ESLint types them", () => {
    expect(forEslint.map(({ name }) => name)).toEqual(["kronlint/recommended", "kronlint/strict"]);
  });

  test("knows what day it is", () => {
    const dated = manifest.replace("schedule:", "# kronlint-ignore schedule-syntax -- for a while until=2020-01-01\n  schedule:");
    expect(verify(recommended, dated).map(({ ruleId }) => ruleId)).toContain("kronlint/expired-suppression");
  });

  test("prints nothing that a terminal or a CI would obey", () => {
    const hostile = manifest.replace("spec:\n", 'spec:\n  "\\n::error file=x::pwned\\e[2J\\u202e": 1\n');
    const messages = verify(strict, hostile).map(({ message }) => message);
    expect(messages.join("\n")).toContain("::error file=x::pwned");
    for (const message of messages) expect(message).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test("has every rule", () => {
    expect(Object.keys(plugin.rules)).toEqual(rules.map(({ id }) => id));
  });
});
