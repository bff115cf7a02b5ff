import { bounds, enumerations, gates, notRequired, required, requiredInCronJob, unvalidated } from "../../../schemas/enforced.js";
import { type Gate, gateNamed } from "./gates.js";
import { allVersions, type Versions, versionsBetween } from "./versions.js";

/** What the server enforces on one field beyond its type. */
export interface Enforced {
  readonly values?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: true;
  readonly notRequired?: true;
  readonly requiredInCronJob: Versions;
  /** Minors that decode it, and then do not look at it. */
  readonly unvalidated: Versions;
  /** The gate without which the field is lost. */
  readonly gate?: Gate;
  /** Values that need a gate of their own. */
  readonly gatedValues?: ReadonlyMap<string, Gate>;
}

type Draft = { -readonly [Key in keyof Enforced]: Enforced[Key] };

type Rule = (draft: Draft) => void;

const nothing: Enforced = { requiredInCronJob: 0, unvalidated: 0 };
/** Start-up counts: rules are only filed by field here, and put together for the fields that a manifest has. */
let index: Map<string, Rule[]> | undefined;

function fileRules(): Map<string, Rule[]> {
  const filed = new Map<string, Rule[]>();
  const file = (fields: readonly string[], rule: Rule): void => {
    for (const field of fields) {
      const rules = filed.get(field);
      if (rules) rules.push(rule);
      else filed.set(field, [rule]);
    }
  };
  for (const { fields, values } of enumerations) file(fields, (draft) => (draft.values = values));
  for (const { fields, minimum, maximum } of bounds) file(fields, (draft) => Object.assign(draft, { minimum, maximum }));
  for (const { fields } of required) file(fields, (draft) => (draft.required = true));
  for (const { fields } of notRequired) file(fields, (draft) => (draft.notRequired = true));
  for (const { fields, minors } of unvalidated) {
    file(fields, (draft) => (draft.unvalidated = minors === undefined ? allVersions : versionsBetween(minors)));
  }
  for (const name of Object.keys(gates)) file(gates[name]?.fields ?? [], (draft) => { addGate(draft, name); });
  file([requiredInCronJob.field], (draft) => {
    draft.notRequired = true;
    draft.requiredInCronJob = versionsBetween(requiredInCronJob.minors);
  });
  return filed;
}

function addGate(draft: Draft, name: string): void {
  const gate = gateNamed(name);
  const values = gates[name]?.values;
  if (values) draft.gatedValues = new Map([...(draft.gatedValues ?? []), ...values.map((value) => [value, gate] as const)]);
  else draft.gate = gate;
}

/** The fields of a type that are required although the OpenAPI document does not say so. */
export function requiredBeyond(type: string): readonly string[] {
  const prefix = `${type}.`;
  return required.flatMap(({ fields }) => fields.filter((field) => field.startsWith(prefix)).map((field) => field.slice(prefix.length)));
}

/** What is enforced on a field named by its Go type: `JobSpec.backoffLimit`. */
export function enforcedOn(field: string): Enforced {
  index ??= fileRules();
  const rules = index.get(field);
  if (!rules) return nothing;
  const draft: Draft = { ...nothing };
  for (const rule of rules) rule(draft);
  return draft;
}
