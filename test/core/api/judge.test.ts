import { describe, expect, test } from "vitest";
import { judgeText } from "../../../src/core/api/judge.js";

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: report
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: report
        image: report:1.4
`;
const json = JSON.stringify({
  apiVersion: "batch/v1", kind: "Job", metadata: { name: "report" },
  spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "report", image: "report:1.4" }] } } },
});

/** `ok`, or `strict, kubectl accepts` where that differs. */
function judged(text: string, version = "1.36"): string {
  const { accept, stage, kubectlAccept } = judgeText({ name: "test.yaml", text }, version);
  expect(accept).toBe(stage === "ok");
  expect(kubectlAccept).not.toBe(accept);
  return kubectlAccept === undefined ? stage : `${stage}, kubectl ${kubectlAccept ? "accepts" : "rejects"}`;
}

describe("a text that is sent as it stands", () => {
  test.each([
    ["one object", job, "ok"],
    ["a comment before it", `# report\n---\n${job}`, "ok"],
    ["two objects", `${job}---\n${job}`, "yaml"],
    ["nothing", "# nothing\n", "yaml"],
    ["something behind the mark", `--- ${json}\n`, "ok, kubectl rejects"],
    ["a directive", `%YAML 1.1\n---\n${job}`, "yaml"],
    ["line ends of old", job.replaceAll("\n", "\r"), "ok"],
    ["a list", "- a\n", "decode"],
    ["another kind", job.replace("kind: Job", "kind: Pod"), "no-match"],
    ["no kind", job.replace("kind: Job\n", ""), "no-match"],
    ["no version", job.replace("apiVersion: batch/v1\n", ""), "no-match"],
    ["an old version", job.replace("batch/v1", "batch/v1beta1"), "no-match"],
    ["items", `${job}items: []\n`, "decode"],
    ["a wrong type", job.replace("name: report", "name: 1"), "decode"],
    ["an unknown field", `${job}status2: {}\n`, "strict"],
    ["a key twice", job.replace("name: report", "name: other\n  name: report"), "strict, kubectl accepts"],
    ["a key twice where nothing is decoded", `${job}extra: { a: 1, a: 2 }\n`, "strict"],
    ["a number and the same in quotes", job.replace("name: report", 'name: report\n  annotations: { 1: a, "1": b }'), "ok"],
    ["a merge that is overridden", job.replace("name: report", "name: report\n  labels: { <<: { a: b }, a: c }"), "strict, kubectl accepts"],
    ["a placeholder is text", job.replace("report:1.4", "$IMAGE"), "ok"],
    ["a template is a mapping", job.replace("name: report", "name: {{ .Values.name }}"), "yaml"],
    ["a resourceVersion", job.replace("name: report", 'name: report\n  resourceVersion: "7"'), "validate"],
    ["a resourceVersion of 0", job.replace("name: report", 'name: report\n  resourceVersion: "0"'), "ok"],
    ["a tab on an empty line", job.replace("spec:\n", "spec:\n\t\n"), "yaml"],
    ["a tab behind a dash", job.replace("- ", "-\t"), "yaml"],
    ["a tab behind a dash, before brackets", job.replace("metadata:\n", "metadata:\n  finalizers:\n    -\t{}\n"), "yaml"],
    ["a tab behind a dash and a blank", job.replace("metadata:\n", "metadata:\n  finalizers:\n    - \ta.b/c\n"), "yaml"],
    ["a tab behind an item", job.replace("metadata:\n", "metadata:\n  finalizers:\n    - a.b/c\t\n"), "ok"],
    ["a dash and a tab in a text", job.replace("metadata:\n", "metadata:\n  annotations:\n    a: b\n      -\tc\n    d: |\n      -\te\n"), "ok"],
    ["a dash and a tab in brackets", job.replace("metadata:\n", "metadata:\n  finalizers: [\n    'a.b/-\t']\n"), "validate"],
    ["a list that is closed further left", job.replace("name: report", 'name: report\n  finalizers: [\norphan,\n"example.com/a"]'), "ok"],
    ["an apostrophe escaped", job.replace("name: report", 'name: report\n  annotations: { a: "it\\\'s" }'), "ok"],
  ])("%s", (_, text, expected) => {
    expect(judged(text)).toBe(expected);
  });

  test.each([
    ["JSON", json, "ok", "ok"],
    ["an escaped slash", json.replace("batch/v1", "batch\\/v1"), "yaml, kubectl accepts", "yaml, kubectl accepts"],
    ["half a pair", json.replace('"name":"report"', '"annotations":{"a":"\\ud83d\\ude00"},"name":"report"'), "yaml, kubectl accepts", "yaml, kubectl accepts"],
    ["a comma too many", json.replace(/\}$/, ",}"), "ok, kubectl rejects", "ok"],
    ["keys without quotes", json.replace('"kind":', "kind: "), "ok, kubectl rejects", "ok"],
    ["two values", `${json}\n${json}`, "ok, kubectl rejects", "ok, kubectl rejects"],
    ["a mark behind it", `${json}\n---\n`, "ok, kubectl rejects", "ok"],
    ["a key twice", json.replace('"kind":', '"kind":"Pod","kind":'), "strict, kubectl accepts", "strict, kubectl accepts"],
    ["a key split by a line", json.replace('"metadata"', '"meta\ndata"'), "yaml", "yaml"],
  ])("JSON: %s", (_, text, before, since) => {
    expect(judged(text, "1.32")).toBe(before);
    expect(judged(text, "1.33")).toBe(since);
  });

  test("a hostile text takes no longer than it should", () => {
    for (const text of ["{".repeat(100_000), "---\n".repeat(50_000), `a: |\n${"  x\n \t\n".repeat(30_000)}`, `{"a":${'["",'.repeat(50_000)}`]) {
      expect(judgeText({ name: "test.yaml", text }, "1.36").accept).toBe(false);
    }
  });
});
