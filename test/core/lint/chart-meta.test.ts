import { describe, expect, test } from "vitest";
import { jobWith, lintedChart } from "./chart-of.js";

const fullname = '{{ define "full" }}{{ $name := default .Chart.Name .Values.nameOverride }}{{ printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}{{ end }}';
const cronJob = 'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: {{ include "full" . }}\nspec:\n  schedule: "0 3 * * *"\n';

describe("what comes from Chart.yaml is mended where the template uses it", () => {
  test.each([
    ["the name of the chart", "{{ .Chart.Name }}", ["{{ .Chart.Name }} | set here: demo"]],
    ["as what stands in for a value", "{{ .Values.e | default .Chart.Name }}", ["{{ .Values.e | default .Chart.Name }} | set here: demo"]],
    ["changed on the way", '{{ .Chart.Name | replace "m" "M_" }}', ['{{ .Chart.Name | replace "m" "M_" }} | set here: demo']],
  ])("%s", (_, policy, expected) => {
    const { said, found, reports } = lintedChart({ "templates/a.yaml": jobWith(policy) });
    expect(said("templates/a.yaml", "value-unsupported")).toEqual(expected);
    expect(found("templates/a.yaml").filter(({ fix }) => fix)).toEqual([]);
    expect(reports.files()).toEqual([]);
  });

  test("a release and a chart that make a name too long together", () => {
    const { said } = lintedChart({ "templates/a.yaml": cronJob, "templates/_h.tpl": fullname, "values.yaml": 'nameOverride: ""\n' }, "r".repeat(52));
    expect(said("templates/a.yaml", "name-too-long")).toEqual(['{{ include "full" . }} | set here: demo']);
  });

  test("what is left of a name to a release that is not known", () => {
    const chart = { "Chart.yaml": "name: a-chart-with-rather-a-long-name\nversion: 1.0.0\n", "templates/a.yaml": cronJob, "templates/_h.tpl": fullname };
    expect(lintedChart(chart).said("templates/a.yaml", "name-too-long")).toEqual(['{{ include "full" . }} | set here: a-chart-with-rather-a-long-name']);
  });
});
