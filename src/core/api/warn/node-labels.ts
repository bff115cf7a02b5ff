import { type DeprecatedLabel, nodeLabels } from "../../../../schemas/deprecated.js";
import { type Check, clipped } from "../check.js";
import { labelValueFault } from "../names.js";
import {
  entrySpot,
  isAbsent,
  keyPlace,
  mapOf,
  objectOf,
  objectsOf,
  type Spot,
  spotOf,
  textOf,
  textsOf,
  type TypedObject,
} from "../typed.js";
import type { Warn } from "./warn.js";

/** Label values of a preference that no node can have. Source: GetWarningsForNodeSelectorTerm in pkg/api/node/util.go of 1.33 */
const firstWithValues = 33;
/** A selector that is left out. Source: warningsForPodAffinityTerms in pkg/api/pod/warnings.go of 1.28 */
const firstWithSelectors = 28;
const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";

const longestValue = 63;
const goodValue = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const labels: ReadonlyMap<string, DeprecatedLabel> = new Map(nodeLabels.map((one) => [one.label, one]));

/** Deprecated labels of nodes, and selectors that select nothing. */
export function warnOfScheduling(check: Check, pod: TypedObject, warn: Warn): void {
  const selector = mapOf(pod, "nodeSelector");
  if (selector) {
    for (const key of selector.entries.keys()) {
      warnOfLabel(check, { path: entrySpot(selector, key).path, at: keyPlace(selector, key) }, key, warn);
    }
  }
  const affinity = objectOf(pod, "affinity");
  if (affinity) warnOfAffinity(check, affinity, warn);
  for (const constraint of objectsOf(pod, "topologySpreadConstraints")) {
    warnOfLabel(check, spotOf(constraint, "topologyKey"), textOf(constraint, "topologyKey") ?? "", warn);
    warnOfNoSelector(check, constraint, warn);
  }
}

function warnOfLabel(check: Check, spot: Spot, label: string, warn: Warn): void {
  const found = labels.get(label);
  if (!found || check.minor < (found.from ?? 0)) return;
  const { since, instead } = found;
  const remedy = instead === undefined ? "take it out" : `use ${instead}`;
  warn(spot, `${label} is ${since === undefined ? "a label of the past" : `deprecated since ${since}`}; ${remedy}`);
}

function warnOfAffinity(check: Check, affinity: TypedObject, warn: Warn): void {
  const nodes = objectOf(affinity, "nodeAffinity");
  if (nodes) {
    const selector = objectOf(nodes, required);
    if (selector) for (const term of objectsOf(selector, "nodeSelectorTerms")) warnOfTerm(check, term, false, warn);
    for (const item of objectsOf(nodes, preferred)) {
      const preference = objectOf(item, "preference");
      if (preference) warnOfTerm(check, preference, check.minor >= firstWithValues, warn);
    }
  }
  for (const name of ["podAffinity", "podAntiAffinity"]) {
    const pods = objectOf(affinity, name);
    if (!pods) continue;
    for (const term of objectsOf(pods, required)) warnOfNoSelector(check, term, warn);
    for (const item of objectsOf(pods, preferred)) {
      const term = objectOf(item, "podAffinityTerm");
      if (term) warnOfNoSelector(check, term, warn);
    }
  }
}

function warnOfTerm(check: Check, term: TypedObject, withValues: boolean, warn: Warn): void {
  for (const expression of objectsOf(term, "matchExpressions")) {
    warnOfLabel(check, spotOf(expression, "key"), textOf(expression, "key") ?? "", warn);
    if (!withValues) continue;
    for (const value of textsOf(expression, "values")) {
      for (const fault of valueFaults(value.value)) warn(value, `the label value ${clipped(value.value)} ${fault}; no node can have it`);
    }
  }
}

function warnOfNoSelector(check: Check, owner: TypedObject, warn: Warn): void {
  if (check.minor < firstWithSelectors || !isAbsent(owner, "labelSelector")) return;
  warn(spotOf(owner, "labelSelector"), "without a labelSelector no pod matches; write one, or {} for all pods");
}

/** The server has a warning for the length and one for the characters. */
function valueFaults(text: string): readonly string[] {
  const fault = labelValueFault(text);
  if (fault === undefined) return [];
  return text.length > longestValue && !goodValue.test(text) ? [fault, "has characters that are not allowed where they are"] : [fault];
}
