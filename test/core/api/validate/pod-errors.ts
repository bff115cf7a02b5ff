import { type Verdict, verdictOf } from "../../../../src/core/api/verdict.js";
import { kindOf } from "../../../../src/core/model/workload.js";
import { read } from "../../../../src/core/read/read.js";

/** What a server says to a Job whose pod is these lines. */
export function podVerdict(pod: string, version: string): Verdict {
  const text = `apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  template:
    spec:
      restartPolicy: Never
${pod.replaceAll(/^/gm, "      ")}
`;
  const [document] = read({ name: "job.yaml", text }).documents;
  const kind = document && kindOf(document);
  if (!document || !kind) throw new Error(text);
  return verdictOf(document, kind, version);
}

/** The errors alone, as `Required containers[0].image`: without the path to the pod. */
export function podErrors(pod: string, version = "1.36"): readonly string[] {
  const { stage, errors } = podVerdict(pod, version);
  if (stage !== "ok" && stage !== "validate") throw new Error(`${stage}: ${errors.map(({ message }) => message).join("\n")}`);
  return errors.map(({ type = "", field = "" }) => `${type.replace("FieldValue", "")} ${field.replace("spec.template.spec.", "")}`);
}

/** The errors of a container with these fields, without the path to it. */
export function containerErrors(fields: string, version = "1.36", rest = ""): readonly string[] {
  const errors = podErrors(`containers: [{ name: report, image: report:1.4, ${fields} }]\n${rest}`, version);
  return errors.map((error) => error.replace("containers[0].", ""));
}
