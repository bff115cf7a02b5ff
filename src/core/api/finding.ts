import type { Entry, MappingNode } from "../read/node.js";
import type { Edit } from "../text/edit.js";
import type { Place } from "../text/place.js";
import { isSingle, minorsIn, type Versions, versionsText } from "./versions.js";

/** Ids of what the API server would say. */
export type ApiRule =
  | "unknown-field"
  | "misplaced-field"
  | "type-mismatch"
  | "value-unsupported"
  | "field-required"
  | "field-invalid"
  | "field-forbidden"
  | "field-duplicate"
  | "field-not-found"
  | "field-too-long"
  | "field-too-many"
  | "server-warning"
  | "server-crash"
  | "field-too-new"
  | "duplicate-yaml-key"
  | "api-version-removed"
  | "kind-not-served";

/** How Kubernetes calls the error: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation/field#ErrorType */
export type ErrorType =
  | "FieldValueRequired"
  | "FieldValueNotSupported"
  | "FieldValueInvalid"
  | "FieldValueForbidden"
  | "FieldValueDuplicate"
  | "FieldValueNotFound"
  | "FieldValueTooLong"
  | "FieldValueTooMany"
  | "FieldValueTypeInvalid"
  | "InternalError";

/** One thing that a server refuses or loses. */
export interface ApiFinding {
  readonly rule: ApiRule;
  readonly at: Place;
  /** Kubernetes' own path: `spec.template.spec.containers[0].image`. */
  readonly field: string;
  readonly message: string;
  /** `dropped`: the object is accepted and the field is lost. */
  readonly outcome: "rejected" | "dropped" | "accepted";
  readonly type?: ErrorType;
  /** The minors that reject or drop, when not all that were asked do. */
  readonly versions?: readonly string[];
  /** For a field at the wrong level: from where to where. More than one home: the author must choose. */
  readonly move?: Move;
  /** Set where it weighs less than its rule: an accepted object that loses a field. */
  readonly severity?: "warning" | "info";
  /** Paths at which the author will have meant to write this field, and the level above where that is missing. */
  readonly meant?: readonly string[];
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** For a misspelt name, a value with wrong quotes, an old API version. */
  readonly fix?: Fix;
}

export interface Move {
  readonly entry: Entry;
  readonly from: MappingNode;
  readonly to: readonly [Home, ...Home[]];
}

/** A level of the workload that has the field. */
export interface Home {
  readonly path: string;
  /** Undefined where the level is not written yet, or stands in one of several containers. */
  readonly mapping?: MappingNode;
  /** The field stands there already. */
  readonly taken: boolean;
}

export interface Fix {
  /** What it does, in words. */
  readonly title: string;
  /** The only thing that the author can have meant. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

export type Detail = Omit<ApiFinding, "outcome" | "severity" | "versions"> & { readonly outcome?: "dropped" };

/** A finding that holds in some of the versions asked; says which, unless it holds in all of them. */
export function findingIn(detail: Detail, versions: Versions, asked: Versions): ApiFinding {
  const { outcome = "rejected" } = detail;
  const finding: ApiFinding = { ...detail, outcome, ...(outcome === "dropped" ? { severity: "warning" } : {}) };
  if (versions === asked) return finding;
  const named = minorsIn(versions);
  if (detail.rule === "field-too-new") return { ...finding, versions: named };
  const verb = isSingle(versions) ? "rejects" : "reject";
  return { ...finding, versions: named, message: `${detail.message} (${versionsText(versions)} ${verb} it)` };
}
