import { describe, expect, test } from "vitest";
import { cronJobText, errorsIn, jobText } from "./object-errors.js";

const specErrors = (spec: string, version?: string): readonly string[] => errorsIn(jobText({ spec }), version).map((one) => one.replace("spec.", ""));
const indexed = "completionMode: Indexed, completions: 10";

describe("counts", () => {
  test.each([
    ["zeros", "parallelism: 0, completions: 0, backoffLimit: 0, ttlSecondsAfterFinished: 0", []],
    ["below zero", "parallelism: -1, completions: -1", ["Invalid parallelism", "Invalid completions"]],
    ["a template's", "parallelism: '{{ .Values.n }}'", []],
    ["a mode that is none", "completionMode: indexed, completions: 1", ["NotSupported completionMode"]],
    ["Indexed without completions", "completionMode: Indexed, parallelism: 1", ["Required completions"]],
    ["Indexed without both, where completions is 1", "completionMode: Indexed", []],
    ["too many at once", `${indexed}, parallelism: 100001`, ["Invalid parallelism"]],
    ["as many at once as may be", `${indexed}, parallelism: 100000`, []],
    ["a limit per index without indexes", "backoffLimitPerIndex: 1", ["Invalid backoffLimitPerIndex"]],
    ["failed indexes alone", `${indexed}, maxFailedIndexes: 1`, ["Required backoffLimitPerIndex"]],
    ["more failures than indexes", `${indexed}, backoffLimitPerIndex: 1, maxFailedIndexes: 11`, ["Invalid maxFailedIndexes"]],
    ["very many indexes", "completionMode: Indexed, completions: 100001, backoffLimitPerIndex: 1, parallelism: 10001", ["Required maxFailedIndexes", "Invalid parallelism"]],
    ["many indexes", "completionMode: Indexed, completions: 100000, backoffLimitPerIndex: 1, parallelism: 10001", []],
  ])("%s", (_, spec, expected) => {
    expect(specErrors(spec)).toEqual(expected);
  });
});

describe("managedBy", () => {
  test.each([
    ["example.com/controller", []],
    ["kubernetes.io/a/b%20", []],
    ["''", ["Required managedBy"]],
    ["controller", ["Invalid managedBy"]],
    ["Example.com/a", ["Invalid managedBy"]],
    ["example.com/", ["Invalid managedBy"]],
    [`example.com/${"a".repeat(52)}`, ["TooLong managedBy"]],
    ["'{{ .Values.by }}'", []],
  ])("%s", (text, expected) => {
    expect(specErrors(`managedBy: ${text}`)).toEqual(expected);
  });
});

describe("podFailurePolicy", () => {
  const rule = (text: string, more = ""): string => `${more}podFailurePolicy: { rules: [{ ${text} }] }`;
  const codes = (text: string): string => rule(`action: FailJob, onExitCodes: { ${text} }`);
  const at = "podFailurePolicy.rules[0]";
  test.each([
    ["good", codes("operator: In, values: [1, 42]"), []],
    ["no action", rule("onExitCodes: { operator: In, values: [1] }"), [`Required ${at}.action`]],
    ["an action that is none", rule("action: Fail, onExitCodes: { operator: In, values: [1] }"), [`NotSupported ${at}.action`]],
    ["FailIndex without a limit per index", rule("action: FailIndex, onExitCodes: { operator: In, values: [1] }"), [`Invalid ${at}.action`]],
    ["neither", rule("action: FailJob"), [`Invalid ${at}`]],
    ["both", rule("action: FailJob, onExitCodes: { operator: In, values: [1] }, onPodConditions: [{ type: a }]"), [`Invalid ${at}`]],
    ["a template may bring one", rule("action: FailJob, '{{ .Values.rule }}': x"), []],
    ["zero", codes("operator: In, values: [0, 1]"), [`Invalid ${at}.onExitCodes.values[0]`]],
    ["zero is not success", codes("operator: NotIn, values: [0, 1]"), []],
    ["twice", codes("operator: In, values: [1, 1]"), [`Duplicate ${at}.onExitCodes.values[1]`]],
    ["out of order", codes("operator: In, values: [2, 1]"), [`Invalid ${at}.onExitCodes.values`]],
    ["a template's between them", codes("operator: In, values: [2, '{{ .Values.code }}', 1]"), []],
    ["none", codes("operator: In"), [`Invalid ${at}.onExitCodes.values`]],
    ["no operator", codes("values: [1]"), [`Required ${at}.onExitCodes.operator`]],
    ["no such container", codes("operator: In, values: [1], containerName: main"), [`Invalid ${at}.onExitCodes.containerName`]],
    ["a container", codes("operator: In, values: [1], containerName: report"), []],
    ["a condition", rule("action: Ignore, onPodConditions: [{ type: DisruptionTarget }]"), []],
    ["a condition's type", rule("action: Ignore, onPodConditions: [{ type: '' }]"), [`Invalid ${at}.onPodConditions[0].type`]],
    ["a condition's status", rule("action: Ignore, onPodConditions: [{ type: a, status: 'true' }]"), [`NotSupported ${at}.onPodConditions[0].status`]],
    ["21 rules", `podFailurePolicy: { rules: [${Array.from({ length: 21 }, () => "{ action: Count, onPodConditions: [{ type: a }] }").join()}] }`, ["TooMany podFailurePolicy.rules"]],
    ["replacement of what still ends", rule("action: Count, onPodConditions: [{ type: a }]", "podReplacementPolicy: TerminatingOrFailed, "), ["NotSupported podReplacementPolicy"]],
  ])("%s", (_, spec, expected) => {
    expect(specErrors(spec)).toEqual(expected);
  });

  test("FailIndex is an action since 1.28", () => {
    const spec = rule("action: FailIndex, onExitCodes: { operator: In, values: [1] }");
    expect(specErrors(spec, "1.27")).toEqual([`NotSupported ${at}.action`]);
  });

  test("pods that fail by policy are not restarted", () => {
    const pod = "restartPolicy: OnFailure, containers: [{ name: report, image: report:1.4 }]";
    expect(errorsIn(jobText({ spec: codes("operator: In, values: [1]"), pod }))).toEqual(["Invalid spec.template.spec.restartPolicy"]);
    expect(errorsIn(jobText({ pod }))).toEqual([]);
  });
});

describe("successPolicy", () => {
  const rule = (text: string): string => `${indexed}, successPolicy: { rules: [{ ${text} }] }`;
  const at = "successPolicy.rules[0]";
  test.each([
    ["good", rule("succeededIndexes: '0,2-4', succeededCount: 4"), []],
    ["without indexes", "successPolicy: { rules: [{ succeededCount: 1 }] }", ["Invalid successPolicy"]],
    ["no rules", `${indexed}, successPolicy: {}`, ["Required successPolicy.rules"]],
    ["an empty rule", rule(""), [`Required ${at}`]],
    ["too large an index", rule("succeededIndexes: '10'"), [`Invalid ${at}.succeededIndexes`]],
    ["not in order", rule("succeededIndexes: '2,1'"), [`Invalid ${at}.succeededIndexes`]],
    ["a range of one", rule("succeededIndexes: '2-2'"), [`Invalid ${at}.succeededIndexes`]],
    ["a sign", rule("succeededIndexes: '+2'"), []],
    ["a blank", rule("succeededIndexes: '0, 2'"), [`Invalid ${at}.succeededIndexes`]],
    ["more than there are", rule("succeededIndexes: '0-2', succeededCount: 4"), [`Invalid ${at}.succeededCount`]],
    ["more than complete", rule("succeededCount: 11"), [`Invalid ${at}.succeededCount`]],
    ["a template's indexes", rule("succeededIndexes: '{{ .Values.leaders }}', succeededCount: 9"), []],
    ["without completions the server crashes", "completionMode: Indexed, parallelism: 2, successPolicy: { rules: [{ succeededCount: 1 }] }", ["panic"]],
    ["but not for an empty rule", "completionMode: Indexed, parallelism: 2, successPolicy: { rules: [{}] }", ["Required completions", `Required ${at}`]],
  ])("%s", (_, spec, expected) => {
    expect(specErrors(spec)).toEqual(expected);
  });
});

describe("selectors", () => {
  const labels = "labels: { app: a }";
  const errors = (spec: string, template = labels, version?: string): readonly string[] => errorsIn(jobText({ spec, template }), version);
  const mismatch = "Invalid spec.template.metadata.labels";
  test.each([
    ["the server's own", "suspend: false", labels, []],
    ["one that the generated labels meet", "selector: { matchLabels: { job-name: report } }", labels, []],
    ["one of the author's", "selector: { matchLabels: { app: a } }", labels, ["Invalid spec.selector"]],
    ["one that nothing meets", "selector: { matchLabels: { app: b } }", labels, ["Invalid spec.selector", mismatch]],
    ["a good one by hand", "manualSelector: true, selector: { matchLabels: { app: a } }", labels, []],
    ["an empty one by hand", "manualSelector: true, selector: {}", labels, []],
    ["none by hand", "manualSelector: true", labels, ["Required spec.selector", mismatch]],
    ["another one by hand", "manualSelector: true, selector: { matchExpressions: [{ key: app, operator: NotIn, values: [a] }] }", labels, [mismatch]],
    ["a template's label", "manualSelector: true, selector: { matchLabels: { app: b } }", "labels: { app: '{{ .Chart.Name }}' }", []],
    ["a bad operator", "manualSelector: true, selector: { matchExpressions: [{ key: app, operator: Is }] }", labels, ["Invalid spec.selector.matchExpressions[0].operator"]],
    ["In without values", "manualSelector: true, selector: { matchExpressions: [{ key: app, operator: In }] }", labels, ["Required spec.selector.matchExpressions[0].values"]],
    ["Exists with values", "manualSelector: true, selector: { matchExpressions: [{ key: app, operator: Exists, values: [a] }] }", labels, ["Forbidden spec.selector.matchExpressions[0].values"]],
    ["another Job's name", "suspend: false", "labels: { job-name: other }", ["Invalid spec.template.metadata.labels[job-name]"]],
    ["the Job's name", "suspend: false", "labels: { batch.kubernetes.io/job-name: report }", []],
    ["a uid", "suspend: false", "labels: { batch.kubernetes.io/controller-uid: a }", ["Invalid spec.template.metadata.labels[batch.kubernetes.io/controller-uid]", mismatch]],
  ])("%s", (_, spec, template, expected) => {
    expect(errors(spec, template)).toEqual(expected);
  });

  test("labels have a prefix since 1.27", () => {
    expect(errors("suspend: false", "labels: { batch.kubernetes.io/job-name: other }", "1.26")).toEqual([]);
    expect(errors("suspend: false", "labels: { batch.kubernetes.io/job-name: other }", "1.27"))
      .toEqual(["Invalid spec.template.metadata.labels[batch.kubernetes.io/job-name]"]);
  });

  test("a jobTemplate has none", () => {
    expect(errorsIn(cronJobText({ job: "manualSelector: true, selector: {}" })))
      .toEqual(["Invalid spec.jobTemplate.spec.selector", "NotSupported spec.jobTemplate.spec.manualSelector"]);
  });
});

describe("pod templates", () => {
  test.each([
    ["labels", "labels: { app: a b }", ["Invalid metadata.labels", "Invalid spec.template.labels"]],
    ["annotations", "annotations: { a b: x }", ["Invalid spec.template.annotations"]],
    ["a name, which is only copied", "name: Not A Name", []],
  ])("%s", (_, template, expected) => {
    expect(errorsIn(jobText({ template }))).toEqual(expected);
  });

  test.each([
    ["", ["Required spec.template.spec.restartPolicy"]],
    ["restartPolicy: Always,", ["Required spec.template.spec.restartPolicy"]],
    ["restartPolicy: never,", ["NotSupported spec.template.spec.restartPolicy"]],
    ["restartPolicy: '{{ .Values.policy }}',", []],
  ])("%s", (policy, expected) => {
    expect(errorsIn(jobText({ pod: `${policy} containers: [{ name: report, image: report:1.4 }]` }))).toEqual(expected);
  });

  test("ephemeral containers are not for templates", () => {
    const pod = "restartPolicy: Never, containers: [{ name: report, image: a }], ephemeralContainers: [{ name: debug, image: b }]";
    expect(errorsIn(jobText({ pod }))).toContain("Forbidden spec.template.spec.ephemeralContainers");
  });
});
