import { expect } from "vitest";
import { verdictOf } from "../../../../src/core/api/verdict.js";
import { kindOf } from "../../../../src/core/model/workload.js";
import { read } from "../../../../src/core/read/read.js";

export interface Lines {
  readonly pod?: string;
  /** Of its one container. */
  readonly container?: string;
  readonly annotations?: string;
}

function indented(lines: string, spaces: number): string {
  return lines === "" ? "" : `${lines.replaceAll(/^/gm, " ".repeat(spaces))}\n`;
}

/** What a server says to a Job with these lines: type, field without the path to the pod, and the text that it points at. */
export function errorsOf({ pod = "", container = "", annotations = "" }: Lines, version = "1.36"): readonly string[] {
  const text = `apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  template:
${indented(annotations && `metadata:\n  annotations:\n${indented(annotations, 4)}`.trimEnd(), 4)}    spec:
      restartPolicy: Never
${indented(pod, 6)}      containers:
        - name: report
          image: report:1.4
${indented(container, 10)}`;
  const [document] = read({ name: "job.yaml", text }).documents;
  const kind = document && kindOf(document);
  if (!document || !kind) throw new Error(text);
  const { stage, errors } = verdictOf(document, kind, version);
  expect(["ok", "validate"]).toContain(stage);
  return errors.map(({ type = "", field = "", at }) => {
    const where = field.replace("spec.template.spec.", "").replace("spec.template.", "");
    return `${type.replace("FieldValue", "")} ${where} at ${text.slice(at.start, at.end)}`;
  });
}
