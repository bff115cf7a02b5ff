import type { Document } from "../read/document.js";
import { decode } from "./decode.js";
import type { ApiError } from "./check.js";
import { type ApiFinding, type ApiRule, type ErrorType, findingIn } from "./finding.js";
import { prepare, validate } from "./verdict.js";
import { minorsIn, type Versions, versionsOf } from "./versions.js";
import { type ApiWarning, warningsOf } from "./warnings.js";

const rules: Readonly<Record<ErrorType, ApiRule>> = {
  FieldValueRequired: "field-required",
  FieldValueInvalid: "field-invalid",
  FieldValueTypeInvalid: "field-invalid",
  FieldValueNotSupported: "value-unsupported",
  FieldValueForbidden: "field-forbidden",
  FieldValueDuplicate: "field-duplicate",
  FieldValueNotFound: "field-not-found",
  FieldValueTooLong: "field-too-long",
  FieldValueTooMany: "field-too-many",
  InternalError: "field-invalid",
};

/** Something that some of the minors say. */
interface Heard<Said> {
  readonly said: Said;
  versions: Versions;
}

/**
 * What the servers of these minors say about one object: the decoder's complaints about its structure, with what the author will have
 * meant, then what validation and the warnings add. Templated values are silent. Never throws.
 */
export function serverFindings(document: Document, kind: "Job" | "CronJob", versions: readonly string[]): readonly ApiFinding[] {
  const structure = decode(document.root, { kind, versions, patch: document.patch });
  // What the author wrote elsewhere or misspelt is not missing.
  const meant = new Set(structure.flatMap((finding) => finding.meant ?? []));
  const asked = versionsOf(versions);
  const errors = new Map<string, Heard<ApiError>>();
  const warnings = new Map<string, Heard<ApiWarning>>();
  // The newest minor speaks first, so that its words are heard.
  for (const minor of minorsIn(asked).toReversed()) {
    const prepared = prepare(document, kind, minor, meant);
    const found = validate(prepared);
    for (const error of found) hear(errors, `${error.type} ${error.field}`, error, minor);
    if (found.length > 0) continue;
    for (const warning of warningsOf(prepared.check, prepared.lowered.object)) hear(warnings, warning.message, warning, minor);
  }
  const findings = [...structure];
  for (const { said, versions: refusing } of errors.values()) findings.push(findingIn({ rule: rules[said.type], ...said }, refusing, asked));
  for (const { said, versions: warning } of warnings.values()) findings.push(warned(said, warning, asked));
  return findings;
}

function hear<Said>(known: Map<string, Heard<Said>>, key: string, said: Said, minor: string): void {
  const heard = known.get(key);
  if (heard) heard.versions |= versionsOf([minor]);
  else known.set(key, { said, versions: versionsOf([minor]) });
}

function warned({ field, at, message }: ApiWarning, versions: Versions, asked: Versions): ApiFinding {
  const named = versions === asked ? {} : { versions: minorsIn(versions) };
  return { rule: "server-warning", at, field, message, outcome: "accepted", ...named };
}
