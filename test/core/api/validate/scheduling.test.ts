import { describe, expect, test } from "vitest";
import { verdictOf } from "../../../../src/core/api/verdict.js";
import { kindOf } from "../../../../src/core/model/workload.js";
import { read } from "../../../../src/core/read/read.js";

/** What a server says to a Job with these lines in its pod, without the path to the pod. */
function errorsOf(lines: string, version = "1.36"): readonly string[] {
  const text = `apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: report, image: report:1.4 }]
${lines.replaceAll(/^/gm, "      ")}
`;
  const [document] = read({ name: "job.yaml", text }).documents;
  const kind = document && kindOf(document);
  if (!document || !kind) throw new Error(text);
  const { stage, errors } = verdictOf(document, kind, version);
  expect(["ok", "validate"]).toContain(stage);
  return errors.map(({ type = "", field = "", at }) => {
    return `${type.replace("FieldValue", "")} ${field.replace("spec.template.spec.", "")} at ${text.slice(at.start, at.end)}`;
  });
}

const byA = "matchLabelKeys: [a]";
const required = "requiredDuringSchedulingIgnoredDuringExecution";
const preferred = "preferredDuringSchedulingIgnoredDuringExecution";
const node = (rest: string) => `affinity: { nodeAffinity: { ${rest} } }`;
const expression = (rest: string) => node(`${required}: { nodeSelectorTerms: [{ matchExpressions: [{ ${rest} }] }] }`);
const inNode = `affinity.nodeAffinity.${required}.nodeSelectorTerms[0].matchExpressions[0]`;
const inPreferred = `affinity.nodeAffinity.${preferred}[0]`;
const pods = (rest: string) => `affinity: { podAffinity: { ${required}: [{ ${rest} }] } }`;
const inPods = `affinity.podAffinity.${required}[0]`;

describe("nodes", () => {
  test.each([
    ["a node selector", "nodeSelector: { disk: ssd }", []],
    ["a bad label", "nodeSelector: { disk/: a b }", ["Invalid nodeSelector at disk/", "Invalid nodeSelector at a b"]],
    ["a comparison", expression("key: cpus, operator: Gt, values: ['4']"), []],
    ["one of several", expression("key: cpus, operator: Lt, values: ['4', '5']"), [`Required ${inNode}.values at ['4', '5']`]],
    ["nothing to compare with", expression("key: cpus, operator: In, values: []"), [`Required ${inNode}.values at []`]],
    ["values too many", expression("key: cpus, operator: Exists, values: ['4']"), [`Forbidden ${inNode}.values at ['4']`]],
    ["another operator", expression("key: cpus, operator: in, values: ['4']"), [`Invalid ${inNode}.operator at in`]],
    ["no operator", expression("key: cpus"), [`Invalid ${inNode}.operator at key`]],
    ["a template's operator", expression("key: cpus, operator: {{ .Values.operator }}"), []],
    ["a template's values", expression("key: cpus, operator: Gt, values: {{ .Values.cpus }}"), []],
    ["no terms", node(`${required}: { nodeSelectorTerms: [] }`), [`Required affinity.nodeAffinity.${required}.nodeSelectorTerms at []`]],
    ["a weight", node(`${preferred}: [{ weight: 100, preference: {} }]`), []],
    ["too much weight", node(`${preferred}: [{ weight: 101, preference: {} }]`), [`Invalid ${inPreferred}.weight at 101`]],
    ["no weight", node(`${preferred}: [{ preference: {} }]`), [`Invalid ${inPreferred}.weight at preference`]],
  ])("%s", (_, lines, errors) => {
    expect(errorsOf(lines)).toEqual(errors);
  });

  test.each([
    ["In, values: [node-1]", []],
    ["In, values: [node-1, node-2]", ["Required values"]],
    ["Exists", ["Invalid operator"]],
    ["NotIn, values: [Node]", ["Invalid values[0]"]],
  ])("by field: %s", (rest, errors) => {
    const found = errorsOf(node(`${required}: { nodeSelectorTerms: [{ matchFields: [{ key: metadata.name, operator: ${rest} }] }] }`));
    expect(found.map((error) => error.replace(/ at .*/, "").replace(/ affinity.*matchFields\[0\]\./, " "))).toEqual(errors);
  });

  test("values of a required term are looked at since 1.33", () => {
    const lines = expression("key: disk, operator: In, values: ['a b']");
    expect(errorsOf(lines, "1.32")).toEqual([]);
    expect(errorsOf(lines, "1.33")).toEqual([`Invalid ${inNode}.values[0] at 'a b'`]);
  });
});

describe("other pods", () => {
  test.each([
    ["a term", pods("topologyKey: zone, labelSelector: {}"), []],
    [
      "no key",
      pods("labelSelector: {}"),
      [`Required ${inPods}.topologyKey at labelSelector`, `Invalid ${inPods}.topologyKey at labelSelector`],
    ],
    ["a bad key", pods("topologyKey: a b"), [`Invalid ${inPods}.topologyKey at a b`]],
    ["a bad namespace", pods("topologyKey: zone, namespaces: [good, Bad]"), [`Invalid ${inPods}.namespace at Bad`]],
    ["keys and no selector", pods("topologyKey: zone, matchLabelKeys: [a]"), [`Forbidden ${inPods}.matchLabelKeys at [a]`]],
    [
      "a key on both sides",
      pods("topologyKey: zone, labelSelector: {}, matchLabelKeys: [a], mismatchLabelKeys: [b, a]"),
      [`Invalid ${inPods}.matchLabelKeys[0] at a`],
    ],
    [
      "a key that is selected twice",
      pods(`topologyKey: zone, labelSelector: { matchLabels: { a: x }, matchExpressions: [{ key: a, operator: Exists }] }, ${byA}`),
      [`Invalid ${inPods}[0] at a`],
    ],
    ["a template's key", pods("topologyKey: {{ .Values.key }}"), []],
  ])("%s", (_, lines, errors) => {
    expect(errorsOf(lines)).toEqual(errors);
  });

  test("a preference without a term needs its key", () => {
    const field = `affinity.podAntiAffinity.${preferred}[0].podAffinityTerm.topologyKey`;
    expect(errorsOf(`affinity: { podAntiAffinity: { ${preferred}: [{ weight: 1 }] } }`)).toEqual([
      `Required ${field} at weight`,
      `Invalid ${field} at weight`,
    ]);
  });

  test("keys are lost while their gate is off", () => {
    expect(errorsOf(pods("topologyKey: zone, matchLabelKeys: [a]"), "1.30")).toEqual([]);
  });
});

describe("tolerations", () => {
  test.each([
    ["key: a, operator: Exists, effect: NoSchedule", []],
    ["operator: Exists", []],
    ["value: x", ["Invalid operator at value"]],
    ["operator: Equal, value: x", ["Invalid operator at Equal"]],
    ["key: a, value: a b", ["Invalid operator at key"]],
    ["key: a, operator: Exists, value: x", ["Invalid operator at Exists"]],
    ["key: a, operator: exists", ["NotSupported operator at exists"]],
    ["key: a, operator: Gt, value: '5'", ["NotSupported operator at Gt"]],
    ["key: a, effect: NoRun", ["NotSupported effect at NoRun"]],
    ["key: a, effect: NoSchedule, tolerationSeconds: 5", ["Invalid effect at NoSchedule"]],
    ["key: a, effect: NoExecute, tolerationSeconds: 5", []],
    ["key: a, effect: {{ .Values.effect }}, tolerationSeconds: 5", []],
    ["key: {{ .Values.key }}, operator: Equal", []],
  ])("%s", (toleration, errors) => {
    expect(errorsOf(`tolerations: [{ ${toleration} }]`).map((error) => error.replace("tolerations[0].", ""))).toEqual(errors);
  });
});

describe("spread", () => {
  const good = "maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}";
  const errorsIn = (constraint: string, version?: string) =>
    errorsOf(`topologySpreadConstraints: [{ ${constraint} }]`, version).map((error) => error.replace("topologySpreadConstraints[0].", ""));

  test.each([
    [good, []],
    [`${good}, minDomains: 2`, []],
    [`${good}, minDomains: 0`, ["Invalid minDomains at 0"]],
    ["maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, minDomains: 2", ["Invalid minDomains at 2"]],
    ["topologyKey: zone, whenUnsatisfiable: DoNotSchedule", ["Invalid maxSkew at topologyKey"]],
    ["maxSkew: 1, whenUnsatisfiable: Sometimes", ["Required topologyKey at maxSkew", "NotSupported whenUnsatisfiable at Sometimes"]],
    [`${good}, nodeTaintsPolicy: honor`, ["NotSupported nodeTaintsPolicy at honor"]],
    ["maxSkew: {{ .Values.skew }}, topologyKey: zone, whenUnsatisfiable: {{ .Values.action }}", []],
  ])("%s", (constraint, errors) => {
    expect(errorsIn(constraint)).toEqual(errors);
  });

  test("the earlier of two that are the same", () => {
    const other = "maxSkew: 5, topologyKey: zone, whenUnsatisfiable: DoNotSchedule";
    const between = "maxSkew: 1, topologyKey: node, whenUnsatisfiable: DoNotSchedule";
    const errors = errorsOf(`topologySpreadConstraints: [{ ${good} }, { ${between} }, { ${other} }]`);
    expect(errors).toEqual(["Duplicate topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable} at maxSkew"]);
  });

  test("a key that is selected already, until keys became part of the selector in 1.34", () => {
    const both = `${good.replace("{}", "{ matchLabels: { a: x } }")}, ${byA}`;
    expect(errorsIn(both, "1.33")).toEqual(["Invalid matchLabelKeys[0] at a"]);
    expect(errorsIn(both, "1.34")).toEqual([]);
  });
});
