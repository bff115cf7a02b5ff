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

const nothing: Enforced = { requiredInCronJob: 0, unvalidated: 0 };
let index: Map<string, Draft> | undefined;

function at(drafts: Map<string, Draft>, field: string): Draft {
  const known = drafts.get(field);
  if (known) return known;
  const draft: Draft = { ...nothing };
  drafts.set(field, draft);
  return draft;
}

function addGates(drafts: Map<string, Draft>): void {
  for (const [name, { fields, values }] of Object.entries(gates)) {
    const gate = gateNamed(name);
    for (const field of fields) {
      const draft = at(drafts, field);
      if (values) draft.gatedValues = new Map([...(draft.gatedValues ?? []), ...values.map((each) => [each, gate] as const)]);
      else draft.gate = gate;
    }
  }
}

function build(): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const { fields, values } of enumerations) for (const field of fields) at(drafts, field).values = values;
  for (const { fields, minimum, maximum } of bounds) {
    for (const field of fields) Object.assign(at(drafts, field), { minimum, maximum });
  }
  for (const { fields } of required) for (const field of fields) at(drafts, field).required = true;
  for (const { fields } of notRequired) for (const field of fields) at(drafts, field).notRequired = true;
  for (const { fields, minors } of unvalidated) {
    for (const field of fields) at(drafts, field).unvalidated = minors === undefined ? allVersions : versionsBetween(minors);
  }
  const status = at(drafts, requiredInCronJob.field);
  status.notRequired = true;
  status.requiredInCronJob = versionsBetween(requiredInCronJob.minors);
  addGates(drafts);
  return drafts;
}

/** What is enforced on a field named by its Go type: `JobSpec.backoffLimit`. */
export function enforcedOn(field: string): Enforced {
  index ??= build();
  return index.get(field) ?? nothing;
}
