import { type ChartReports, lintChart } from "../../../src/core/lint/chart.js";
import type { Report } from "../../../src/core/lint/diagnostic.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { textAt } from "../../../src/core/text/place.js";
import { rules } from "../../../rules/index.js";

const settings = defaultFileSettings({ settings: { delivery: "helm" }, now: Date.UTC(2026, 0, 1) });

export interface LintedChart {
  readonly reports: ChartReports;
  readonly found: (path: string) => readonly Report[];
  /** Findings of one rule as `text that it points at | related message: text there`. */
  readonly said: (path: string, rule: string) => readonly string[];
}

/** A chart of these files; Chart.yaml is made up when none is given. */
export function lintedChart(files: Readonly<Record<string, string>>, release?: string): LintedChart {
  const all: Readonly<Record<string, string>> = { "Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0.0\n", ...files };
  const input = { rules, settings };
  const sources = Object.entries(all).map(([path, text]) => ({ path, source: { name: path, text } }));
  const reports = lintChart({ files: sources, inputOf: () => input, ...(release === undefined ? {} : { release }) });
  const found = (path: string): readonly Report[] => reports.of(path, { name: path, text: all[path] ?? "" }, input).reports;
  const words = ({ place, related }: Report): string => [textAt(place), ...related.map((one) => `${one.message}: ${textAt(one.place)}`)].join(" | ");
  return { reports, found, said: (path, rule) => found(path).filter((one) => one.rule === rule).map(words) };
}

/** A manifest of a Job with nothing to say about, but for what is written in for its image's policy. */
export function jobWith(policy: string, name = "j"): string {
  return `apiVersion: batch/v1
kind: Job
metadata: { name: ${name} }
spec:
  activeDeadlineSeconds: 60
  backoffLimit: 1
  ttlSecondsAfterFinished: 60
  template:
    metadata: { labels: { app: j } }
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      containers:
        - name: c
          image: registry.example.com/a:1
          imagePullPolicy: ${policy}
          resources: { requests: { cpu: 10m, memory: 16Mi } }
`;
}
