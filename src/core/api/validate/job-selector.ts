import { type Check, clipped, invalid, required } from "../check.js";
import { entrySpot, flagOf, isAbsent, mapOf, objectOf, type Spot, spotOf, textEntries, type TypedMap, type TypedObject } from "../typed.js";
import { validateLabelSelector } from "./label-selector.js";
import { labelValueFault } from "../names.js";
import type { ObjectName } from "./object-name.js";
import { type LabelSet, matches, type Requirement, requirementsOf } from "./selector-match.js";

/**
 * From this minor on the labels also have a prefix, and the selector uses that one.
 * Source: generateSelector in pkg/registry/batch/job/strategy.go
 */
const prefixedFrom = 27;
const prefix = "batch.kubernetes.io/";
/** Stands for the random uid: no label that can be written equals it. */
const uid = "(uid)";

/** The selector of a Job and the labels of its pods, where the server makes them and where the author does. */
export function validateJobSelector(check: Check, spec: TypedObject, name: ObjectName | undefined, ownLabels: TypedMap | undefined): void {
  const selector = objectOf(spec, "selector");
  if (selector) validateLabelSelector(check, selector);
  const template = objectOf(spec, "template");
  const metadata = template && objectOf(template, "metadata");
  const manual = isAbsent(spec, "manualSelector") ? false : flagOf(spec, "manualSelector");
  if (!metadata || manual === undefined) return;
  const spot = spotOf(metadata, "labels");
  const written = writtenLabels(metadata);
  if (manual) return validateManual(check, spec, written, spot);
  if (written) validateGenerated(check, { spec, name, ownLabels, template, spot }, written);
}

/** Undefined where a template decides all of them. */
function writtenLabels(metadata: TypedObject): LabelSet | undefined {
  if (isAbsent(metadata, "labels")) return { values: new Map(), whole: true };
  const map = mapOf(metadata, "labels");
  if (!map) return undefined;
  const values = new Map<string, string | undefined>(textEntries(map));
  for (const key of map.entries.keys()) if (!values.has(key)) values.set(key, undefined);
  return { values, whole: map.whole };
}

/** Source: ValidateJobSpec in pkg/apis/batch/validation/validation.go */
function validateManual(check: Check, spec: TypedObject, labels: LabelSet | undefined, spot: Spot): void {
  if (isAbsent(spec, "selector")) {
    required(check, spotOf(spec, "selector"), "manualSelector: true needs a selector; add it or remove manualSelector");
    // The server takes no selector for one that matches nothing.
    invalid(check, spot, "no selector matches the labels of the pods; add one");
    return;
  }
  const selector = objectOf(spec, "selector");
  const requirements = selector && requirementsOf(selector);
  if (!requirements || !labels || matches(requirements, labels) !== false) return;
  invalid(check, spot, "the selector does not match the labels of the pods; make them agree");
}

interface Generated {
  readonly spec: TypedObject;
  readonly name: ObjectName | undefined;
  readonly ownLabels: TypedMap | undefined;
  readonly template: TypedObject;
  readonly spot: Spot;
}

/** Source: generateSelector, as above, and validateGeneratedSelector in pkg/apis/batch/validation/validation.go */
function validateGenerated(check: Check, job: Generated, written: LabelSet): void {
  const { spec, name, spot } = job;
  const prefixes = check.minor >= prefixedFrom ? ["", prefix] : [""];
  const made = new Map(prefixes.flatMap((one) => [[`${one}job-name`, name?.text] as const, [`${one}controller-uid`, uid] as const]));
  const given = new Map(written.values);
  for (const [key, value] of made) {
    if (!given.has(key) && written.whole) given.set(key, value);
    checkGiven(check, job, key, value);
  }
  if (name && prefixes.some((one) => !written.values.has(`${one}job-name`)) && written.whole) checkNameAsLabel(check, job, name);
  const requirements = generatedRequirements(spec, `${prefixes.at(-1) ?? ""}controller-uid`);
  if (!requirements) return;
  if (matches(requirements, { values: made, whole: true }) === false) {
    invalid(check, spotOf(spec, "selector"), "the selector is not the one that the server makes; remove it, or set manualSelector: true");
  }
  if (matches(requirements, { values: given, whole: written.whole }) !== false) return;
  invalid(check, spot, "the selector does not match the labels of the pods; remove it");
}

/** The server's selector, within what is written of it. Undefined for a bad selector, which is not compared. */
function generatedRequirements(spec: TypedObject, key: string): readonly Requirement[] | undefined {
  const made: Requirement = { key, operator: "In", values: new Set([uid]) };
  if (isAbsent(spec, "selector")) return [made];
  const selector = objectOf(spec, "selector");
  const written = selector && requirementsOf(selector);
  if (!written) return undefined;
  return mapOf(selector, "matchLabels")?.entries.has(key) === true ? written : [...written, made];
}

function checkGiven(check: Check, { template }: Generated, key: string, value: string | undefined): void {
  const metadata = objectOf(template, "metadata");
  const map = metadata && mapOf(metadata, "labels");
  const label = map?.entries.get(key);
  if (!map || label?.kind !== "scalar" || value === undefined || label.value === value) return;
  const remedy = key.endsWith("job-name") ? `write ${clipped(value)} or remove the label` : "remove the label, the server sets it";
  invalid(check, entrySpot(map, key), `the label ${key} must be the Job's own ${key.endsWith("name") ? "name" : "uid"}; ${remedy}`);
}

/** The name becomes a label of the pods, and of the Job itself where it has its labels from them: both are one map in the server. */
function checkNameAsLabel(check: Check, { template, ownLabels }: Generated, name: ObjectName): void {
  const fault = labelValueFault(name.text);
  if (fault === undefined) return;
  const message = `the name ${clipped(name.text)} becomes the label job-name, and as a label it ${fault}; choose another name`;
  invalid(check, { path: `${template.path}.labels`, at: name.at }, message);
  const metadata = objectOf(template, "metadata");
  const shared = metadata && mapOf(metadata, "labels");
  if (shared && ownLabels?.keys === shared.keys) invalid(check, { path: ownLabels.path, at: name.at }, message);
}
