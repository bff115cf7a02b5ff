import { verdictOf } from "../../../../src/core/api/verdict.js";
import { kindOf } from "../../../../src/core/model/workload.js";
import { read } from "../../../../src/core/read/read.js";

/** The lines of a manifest; what is not given is good. */
export interface Lines {
  readonly metadata?: string;
  readonly spec?: string;
  readonly template?: string;
  readonly pod?: string;
}

const pod = "restartPolicy: Never, containers: [{ name: report, image: report:1.4 }]";

/** A Job of these parts, each the inside of a mapping in brackets. */
export function jobText({ metadata = "name: report", spec = "suspend: false", template = "labels: {}", pod: own = pod }: Lines): string {
  return `apiVersion: batch/v1\nkind: Job\nmetadata: { ${metadata} }\nspec: { ${spec}, template: { metadata: { ${template} }, spec: { ${own} } } }\n`;
}

/** As above; `spec` belongs to the CronJob, `job` to its jobTemplate. */
export function cronJobText({ metadata = "name: report", spec = 'schedule: "0 5 * * *"', job = "suspend: false" }: Lines & { readonly job?: string }): string {
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata: { ${metadata} }\n`
    + `spec: { ${spec}, jobTemplate: { spec: { ${job}, template: { spec: { ${pod} } } } } }\n`;
}

/** Errors as `Required metadata.name`, each once, or the stage where it is another one than validation. */
export function errorsIn(text: string, version = "1.36"): readonly string[] {
  const [document] = read({ name: "test.yaml", text }).documents;
  const kind = document && kindOf(document);
  if (!document || !kind) throw new Error(text);
  const { stage, errors } = verdictOf(document, kind, version);
  if (stage !== "ok" && stage !== "validate") return [stage];
  return [...new Set(errors.map(({ type = "", field = "" }) => `${type.replace("FieldValue", "")} ${field}`))];
}
