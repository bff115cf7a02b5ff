import { describe, expect, test } from "vitest";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { defineRule, type Fact, text } from "../../../src/core/lint/rule.js";
import { workspaceDiagnostics } from "../../../src/core/lint/workspace.js";

const shape = { summary: "A rule.", why: "", category: "hygiene", severity: "warning", references: [], examples: [{ title: "", bad: "", good: "" }] } as const;
const claims = defineRule({
  ...shape,
  id: "claims",
  reads: ["PersistentVolumeClaim", "Kustomization"],
  *facts({ metadata }) {
    yield { at: metadata.name, data: "job" };
  },
  *otherFacts({ kind, metadata }) {
    yield { at: metadata.name, data: `${kind} ${text(metadata, "name").value ?? ""}` };
  },
  *workspace(facts: readonly Fact<string>[]) {
    for (const fact of facts) yield { fact, message: `${fact.data} of ${String(facts.length)}` };
  },
});
const syntax = defineRule({ ...shape, id: "yaml-syntax", from: "reader" });
const duplicate = defineRule({ ...shape, id: "duplicate-yaml-key", from: "reader" });
const unused = defineRule({ ...shape, id: "unused-suppression", from: "engine" });

const claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec: {}\n";
const secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: secret\n";
const job = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: load\nspec: {}\n";

function lint(source: string, file = "a.yaml") {
  const settings = { ...defaultFileSettings({ settings: {} }), adviceInProse: false };
  const rules = [claims, syntax, duplicate, unused];
  const { reports, facts, objects, failures } = lintReports({ name: file, text: source }, { rules, settings });
  const together = workspaceDiagnostics([{ facts }], rules, []);
  expect(failures).toEqual([]);
  return { objects, said: [...reports, ...together].map(({ rule, message }) => `${rule}: ${message}`) };
}

describe("objects of other kinds", () => {
  test("are read where a rule asks, and are not counted", () => {
    expect(lint([claim, secret, job].join("---\n"))).toEqual({
      objects: 1,
      said: ["claims: PersistentVolumeClaim data of 2", "claims: job of 2"],
    });
  });

  test("are read in files without a Job, also as items of a List", () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${claim.trim().replaceAll("\n", "\n  ")}\n`;
    expect(lint(list)).toEqual({ objects: 0, said: ["claims: PersistentVolumeClaim data of 1"] });
  });

  test("that are broken are not spoken about", () => {
    expect(lint(`${claim}bad: [\n`).said).toEqual([]);
    // Of a key that is written twice the last one counts, as for kubectl.
    const renamed = `${claim}metadata:\n  name: backup\n`;
    expect(lint(renamed).said).toEqual(["claims: PersistentVolumeClaim backup of 1"]);
  });

  test("are a kustomization where the file is called so and names no kind", () => {
    const text = "namePrefix: eu-\nresources: [job.yaml]\n";
    expect(lint(text, "deploy/kustomization.yaml").said).toEqual(["claims: Kustomization  of 1"]);
    expect(lint(`kind: Kustomization\n${text}`, "deploy/Kustomization").said).toEqual(["claims: Kustomization  of 1"]);
    expect(lint(text, "deploy/values.yaml").said).toEqual([]);
    expect(lint(claim, "deploy/kustomization.yml").said).toEqual(["claims: PersistentVolumeClaim data of 1"]);
    expect(lint("resources: [\n", "deploy/kustomization.yaml").said).toEqual([]);
  });

  test("are not looked for in prose", () => {
    expect(lint(`# Notes\n\n\`\`\`yaml\n${claim}\`\`\`\n`, "a.md").said).toEqual([]);
  });

  test("can be suppressed where the finding would stand", () => {
    expect(lint(claim.replace("  name: data", "  name: data # kronlint-ignore claims -- known")).said).toEqual([]);
  });
});
