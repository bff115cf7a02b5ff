import { isTemplate } from "../render/helm/chart.js";
import { valuesProblem } from "../render/helm/from-node.js";
import { templateFault } from "../render/helm/template-fault.js";
import type { Problem } from "../read/document.js";
import type { Source } from "../text/place.js";
import { activeRules } from "./active-rules.js";
import type { ChartLint } from "./chart-run.js";
import type { Report } from "./diagnostic.js";
import { problemReports } from "./findings.js";

const workload = /^[ \t]*kind:[ \t]*["']?(?:Cron)?Job["']?[ \t\r]*(?:#.*)?$/m;
const valuesFile = /^(?:charts\/[^/]+\/)*values\.yaml$/;
/** Of the chart itself: one that it brings along may be switched off. */
const template = /^templates\/.+\.(?:ya?ml|json|tpl)$/;
/** Something else makes the values file of it: nobody gives it to Helm as it is. */
const filledIn = /^[^#"'\n]*\{\{/m;

/** What certainly keeps Helm from rendering a chart that holds Jobs: values that are none, templates whose actions do not match. */
export function brokenReports(chart: ChartLint): readonly Report[] {
  const { files, values = [] } = chart;
  if (!files.some(({ source }) => workload.test(source.text))) return [];
  const read = chart.withoutOwn === true ? [] : files.filter(({ path }) => valuesFile.test(path));
  const given = [...read, ...values.map((source) => ({ path: "values.yaml", source }))];
  const meant = given.filter(({ source }) => !filledIn.test(source.text));
  const ofValues = meant.flatMap(({ path, source }) => reported(chart, path, valuesProblem(source)));
  const templates = files.filter(({ path }) => template.test(path));
  return [...ofValues, ...templates.flatMap(({ path, source }) => reported(chart, path, faultIn(source)))];
}

function faultIn(source: Source): Problem | undefined {
  const fault = isTemplate(source) ? undefined : templateFault(source.text);
  return fault && { rule: "unreadable-input", place: { source, start: fault.start, end: fault.end }, message: fault.message };
}

function reported(chart: ChartLint, path: string, problem: Problem | undefined): readonly Report[] {
  const input = problem && chart.inputOf(path);
  return problem && input ? problemReports([problem], activeRules(input.rules, input.settings)) : [];
}
