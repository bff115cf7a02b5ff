import { describe, expect, test } from "vitest";
import { type ChartReports, lintChart } from "../../../src/core/lint/chart.js";
import { fixText } from "../../../src/core/lint/fix.js";
import type { Report } from "../../../src/core/lint/diagnostic.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { textAt } from "../../../src/core/text/place.js";
import { rules } from "../../../rules/index.js";

const settings = defaultFileSettings({ settings: { delivery: "helm" }, now: Date.UTC(2026, 0, 1) });

interface Made {
  readonly reports: ChartReports;
  readonly found: (path: string, text?: string) => readonly Report[];
  /** Findings of one rule as `rule: text that it points at`. */
  readonly said: (path: string, rule: string) => readonly string[];
  readonly fixed: (path: string) => string;
}

/** A chart that is called "r", where nothing else is said, of these files. */
function made(files: Readonly<Record<string, string>>, release: string | undefined = "r"): Made {
  const all: Readonly<Record<string, string>> = { "Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0.0\n", ...files };
  const input = { rules, settings };
  const sources = Object.entries(all).map(([path, text]) => ({ path, source: { name: path, text } }));
  const reports = lintChart({ files: sources, inputOf: () => input, ...(release === "" ? {} : { release }) });
  const found = (path: string, text = all[path] ?? ""): readonly Report[] => reports.of(path, { name: path, text }, input).reports;
  return {
    reports,
    found,
    said: (path, rule) => found(path).filter((one) => one.rule === rule).map(({ place, related }) => [textAt(place), ...related.map((one) => `${one.message}: ${textAt(one.place)}`)].join(" | ")),
    fixed: (path) => fixText({ name: path, text: all[path] ?? "" }, (source) => found(path, source.text), { unsafe: true }).output,
  };
}

const cronJob = (schedule: string, pod = "restartPolicy: Never"): string => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  schedule: ${schedule}
  timeZone: Etc/UTC
  startingDeadlineSeconds: 600
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      activeDeadlineSeconds: 600
      backoffLimit: 1
      ttlSecondsAfterFinished: 3600
      template:
        metadata: { labels: { app: nightly } }
        spec:
          ${pod}
          automountServiceAccountToken: false
          containers:
            - name: main
              image: registry.example.com/nightly:1.0
              resources: { requests: { cpu: 10m, memory: 16Mi } }
`;

describe("a finding stands where it is mended", () => {
  test("in the template, when it is written there", () => {
    const { said, found } = made({ "templates/a.yaml": cronJob('"0 25 * * *"', "{{/* x */}}restartPolicy: Never") });
    expect(said("templates/a.yaml", "schedule-syntax")).toEqual(["25"]);
    expect(found("templates/a.yaml").map(({ place }) => place.source.name)).toEqual(["templates/a.yaml"]);
  });

  test("in values.yaml, when the value alone is at fault, with the template beside it", () => {
    const { said } = made({ "templates/a.yaml": cronJob("{{ .Values.at | quote }}"), "values.yaml": 'at: "0 25 * * *" # hours\n' });
    expect(said("templates/a.yaml", "schedule-syntax")).toEqual([]);
    expect(said("values.yaml", "schedule-syntax")).toEqual(["25 | used here: {{ .Values.at | quote }}"]);
  });

  test("in the template, when a value is only a part of it, with the value beside it", () => {
    const { said } = made({ "templates/a.yaml": cronJob('"0 {{ .Values.hour }}5 * * *"'), "values.yaml": "hour: 2\n" });
    expect(said("templates/a.yaml", "schedule-syntax")).toEqual(["{{ .Values.hour }}5 | set here: 2"]);
  });

  test("in the helper that writes it", () => {
    const helper = '{{ define "pod" }}restartPolicy: Always{{ end }}';
    const { said, reports } = made({ "templates/a.yaml": cronJob('"0 2 * * *"', '{{ include "pod" . }}'), "templates/_h.tpl": helper });
    expect(said("templates/_h.tpl", "restart-policy-invalid")).toEqual(['Always | included here: {{ include "pod" . }}']);
    expect(said("templates/a.yaml", "restart-policy-invalid")).toEqual([]);
    expect(reports.files()).toEqual(["templates/_h.tpl"]);
  });

  test("in a block of values, at the key or the value there", () => {
    const values = "pod:\n  containers:\n    - image: registry.example.com/a:1\n      name: main\n      comand: [a]\n  restartPolicy: Always\n";
    const template = cronJob('"0 2 * * *"').replace(/ {10}restartPolicy[\s\S]*$/, "          {{- toYaml .Values.pod | nindent 10 }}\n");
    const { said } = made({ "templates/a.yaml": template, "values.yaml": values });
    expect(said("values.yaml", "restart-policy-invalid")).toEqual(["Always | used here: {{- toYaml .Values.pod | nindent 10 }}"]);
    expect(said("values.yaml", "unknown-field")).toEqual(["comand | used here: {{- toYaml .Values.pod | nindent 10 }}"]);
  });

  test("once, though several templates and every round of a loop lead to it", () => {
    const { said } = made({
      "templates/a.yaml": `{{ range until 3 }}\n---\n${cronJob("{{ $.Values.at | quote }}", "restartPolicy: Always")}{{ end }}`,
      "templates/b.yaml": cronJob("{{ .Values.at | squote }}"),
      "values.yaml": 'at: "0 25 * * *"\n',
    });
    expect(said("values.yaml", "schedule-syntax")).toHaveLength(1);
    expect(said("templates/a.yaml", "restart-policy-invalid")).toHaveLength(1);
  });
});

describe("a fix", () => {
  test("of what the template says is made there", () => {
    const { fixed } = made({ "templates/a.yaml": cronJob("{{ .Values.at | quote }}", "restartPolicy: never"), "values.yaml": 'at: "0 2 * * *"\n' });
    expect(fixed("templates/a.yaml")).toBe(cronJob("{{ .Values.at | quote }}", "restartPolicy: Never"));
  });

  test.each([
    ["quoted by the template", "{{ .Values.at | quote }}", 'at: "0 24 * * *" # daily\n', /^at: "?0 0 \* \* \*"? # daily\n$/],
    ["quoted in the template", '"{{ .Values.at }}"', "at: 0 24 * * *\n", /^at: "?0 0 \* \* \*"?\n$/],
    ["written in plain", "{{ .Values.at }}", "at: '0 24 * * *'\n", /^at: '0 0 \* \* \*'\n$/],
  ])("of a value that is %s is made in values.yaml", (_, schedule, values, expected) => {
    const { fixed } = made({ "templates/a.yaml": cronJob(schedule), "values.yaml": values });
    expect(fixed("values.yaml")).toMatch(expected);
  });

  test("that would have to change what several texts make together is not offered", () => {
    const { found } = made({ "templates/a.yaml": cronJob('"0 {{ .Values.hour }} * * *"'), "values.yaml": "hour: 24\n" });
    const [report] = found("values.yaml").concat(found("templates/a.yaml")).filter(({ rule }) => rule === "schedule-syntax");
    expect(report?.message).toContain("an hour is 0 to 23");
    expect(report?.fix?.edits.every(({ at }) => at.source.name === report.place.source.name) ?? true).toBe(true);
  });
});

describe("suppressions", () => {
  test("in the template, in a comment of its language, and in values.yaml", () => {
    const template = cronJob("{{ .Values.at | quote }}", "{{- /* kronlint-ignore restart-policy-invalid */}}\n          restartPolicy: Always");
    const chart = made({ "templates/a.yaml": template, "values.yaml": 'at: "0 25 * * *" # kronlint-ignore schedule-syntax\n' });
    expect([chart.found("templates/a.yaml"), chart.found("values.yaml")].flat().map(({ rule }) => rule)).toEqual([]);
  });

  test("that is of use only where the values do not lead is of use", () => {
    const pod = "restartPolicy: Never{{ if .Values.debug }}\n          # kronlint-ignore unknown-field\n          bogus: 1{{ end }}";
    const chart = made({ "templates/a.yaml": cronJob('"0 2 * * *"', pod), "values.yaml": "debug: false\n" });
    expect(chart.found("templates/a.yaml").map(({ rule }) => rule)).toEqual([]);
  });
});

describe("what values switch off", () => {
  test("is looked at, and what is there twice as an alternative is not taken for both", () => {
    const pod = "restartPolicy: {{ if .Values.on }}Never{{ else }}Always{{ end }}\n          {{- if .Values.off }}\n          bogus: 1\n          {{- end }}";
    const chart = made({ "templates/a.yaml": cronJob('"0 2 * * *"', pod), "values.yaml": "on: true\noff: false\n" });
    expect(chart.found("templates/a.yaml").map(({ rule, place }) => `${rule} ${textAt(place)}`)).toContain("unknown-field bogus");
    expect(chart.said("templates/a.yaml", "duplicate-yaml-key")).toEqual([]);
  });
});

describe("the name of a release", () => {
  const named = (name: string): Made["found"] => made({ "templates/a.yaml": cronJob('"0 2 * * *"').replace("nightly\nspec", `${name}\nspec`) }, "").found;
  const about = (name: string): readonly string[] => named(name)("templates/a.yaml").filter(({ rule }) => rule === "name-too-long").map(({ severity, message }) => `${severity} ${message}`);

  test("that is not known gets what the rest leaves over", () => {
    expect(about("{{ .Release.Name }}-nightly")).toEqual([
      "info a CronJob's name may have 52 characters, so a release whose name has more than 44 characters is rejected; shorten the rest of it, or cut it off with trunc",
    ]);
    expect(about(`{{ .Release.Name }}-${"x".repeat(32)}`)).toEqual([expect.stringMatching(/^warning .* more than 19 characters/)]);
    expect(about('{{ printf "%s-nightly" .Release.Name | trunc 52 }}')).toEqual([]);
    expect(about("nightly")).toEqual([]);
  });

  test("that is known is judged with the rest", () => {
    const chart = made({ "templates/a.yaml": cronJob('"0 2 * * *"').replace("nightly\nspec", `{{ .Release.Name }}-${"x".repeat(50)}\nspec`) }, "web");
    expect(chart.found("templates/a.yaml").filter(({ rule }) => rule === "name-too-long").map(({ severity }) => severity)).toEqual(["error"]);
  });
});

test("a schedule that a template forgets to quote is what it becomes, and the rest is judged", () => {
  const chart = made({ "templates/a.yaml": cronJob("{{ .Values.at }}", "restartPolicy: Always"), "values.yaml": 'at: "*/10 * * * *"\n' }, "");
  expect(chart.said("templates/a.yaml", "schedule-template-or-quote")).toEqual(['{{ .Values.at }} | set here: "*/10 * * * *"']);
  expect(chart.fixed("templates/a.yaml")).toContain('schedule: "{{ .Values.at }}"\n');
  expect(chart.said("templates/a.yaml", "restart-policy-invalid")).toEqual(["Always"]);
});

test("what is no template is judged as it is written", () => {
  const text = cronJob('"0 25 * * *"').replace("nightly\nspec", "{{ if }}\nspec");
  expect(made({ "templates/a.yaml": text }).said("templates/a.yaml", "schedule-syntax")).toEqual(["25"]);
});

test("a chart of 300 templates is judged in bounded time", () => {
  const helper = `{{- define "job" }}${cronJob("{{ .at | quote }}", '{{ with .root.Values.pod }}{{ toYaml . | nindent 10 }}{{ end }}')}{{ end }}`;
  const templates = Array.from({ length: 300 }, (_, index) => [`templates/j${String(index)}.yaml`, `{{ include "job" (dict "at" "${String(index % 60)} 2 * * *" "root" $) }}`]);
  const chart = made({ "values.yaml": "pod: { restartPolicy: Never }\n", "templates/_h.tpl": helper, ...Object.fromEntries(templates) });
  const start = performance.now();
  for (const [path = ""] of templates) chart.found(path);
  // A second on an idle machine; others may be at work on it.
  expect(performance.now() - start).toBeLessThan(20_000);
}, 30_000);

describe("a value is edited only where the template then writes what was meant", () => {
  const job = (body: string): string => `apiVersion: batch/v1
kind: Job
metadata: { name: load }
spec:
  activeDeadlineSeconds: 60
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: registry.example.com/load:1.0
${body}`;
  const port = job("          env:\n            - { name: PORT, value: {{ .Values.port }} }\n");

  test("a text that the template writes as a number is the template's to quote", () => {
    const chart = made({ "templates/a.yaml": port, "values.yaml": 'port: "8080"\n' });
    expect(chart.said("values.yaml", "type-mismatch")).toEqual([]);
    expect(chart.said("templates/a.yaml", "type-mismatch")).toEqual(['{{ .Values.port }} | set here: "8080"']);
    expect(chart.fixed("values.yaml")).toBe('port: "8080"\n');
  });

  test("nor is a flag edited that a condition also looks at", () => {
    const asked = `${port}          {{- if .Values.port }}\n          args: [--listen]\n          {{- end }}\n`;
    const chart = made({ "templates/a.yaml": asked, "values.yaml": "port: false\n" });
    expect(chart.said("templates/a.yaml", "type-mismatch")).toEqual(["{{ .Values.port }} | set here: false"]);
    expect(chart.fixed("values.yaml")).toBe("port: false\n");
  });

  test("what toYaml writes is quoted in the values, whatever quotes it then has", () => {
    const chart = made({
      "templates/a.yaml": job("      nodeSelector:\n        {{- toYaml .Values.nodes | nindent 8 }}\n"),
      "values.yaml": "nodes: { disk: ssd, gpu: true }\n",
    });
    expect(chart.said("values.yaml", "type-mismatch").length).toBe(1);
    expect(chart.fixed("values.yaml")).toBe('nodes: { disk: ssd, gpu: "true" }\n');
  });

  test("where something is put is the template's business", () => {
    const chart = made({
      "templates/a.yaml": job("          resources:\n          {{- toYaml .Values.resources | nindent 10 }}\n"),
      "values.yaml": "resources: { limits: { cpu: 1 } }\n",
    });
    expect(chart.said("values.yaml", "misplaced-field")).toEqual([]);
    expect(chart.said("templates/a.yaml", "misplaced-field")).toEqual(["{{- toYaml .Values.resources | nindent 10 }} | set here: limits"]);
  });

  test("a message that counts lines of the template says so beside another file", () => {
    const chart = made({
      "templates/a.yaml": job('          env:\n            - { name: DEBUG, value: "1" }\n            {{- toYaml .Values.more | nindent 12 }}\n'),
      "values.yaml": "more:\n  - { name: DEBUG, value: x }\n",
    });
    const messages = chart.found("values.yaml").filter(({ rule }) => rule === "env-duplicate").map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining("(first in line 13 of a.yaml)")]);
  });
});

test("no key is added that a branch which is switched off writes", () => {
  const template = `apiVersion: batch/v1
kind: Job
metadata: { name: load }
spec:
  {{- if not .Values.x }}
  backoffLimit: 2
  {{- end }}
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: main, image: "registry.example.com/load:1.0" }]
`;
  const chart = made({ "templates/a.yaml": template, "values.yaml": "x: true\n" });
  expect(chart.said("templates/a.yaml", "backoff-default-never")).toHaveLength(1);
  expect(chart.fixed("templates/a.yaml")).not.toMatch(/backoffLimit[^]*backoffLimit/);
});

test("a key that is moved is written once, so it may be", () => {
  const template = cronJob('"0 2 * * *"', "activeDeadlineSeconds: {{ .Values.seconds }}\n          restartPolicy: Never").replace("      activeDeadlineSeconds: 600\n", "");
  const chart = made({ "templates/a.yaml": template, "values.yaml": "seconds: 600\n" });
  expect(chart.said("values.yaml", "deadline-on-pod-level")).toHaveLength(1);
});
