import { type Chart, type ChartFile, type ChartInput, readChart } from "../../../../src/core/render/helm/chart.js";
import type { Rendered } from "../../../../src/core/render/helm/rendered.js";

/** A chart of these files; Chart.yaml is made up when none is given. */
export function chartOf(files: Readonly<Record<string, string>>, more: Partial<Omit<ChartInput, "files">> = {}): Chart {
  const all = { "Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.2.3\nappVersion: \"4.5\"\n", ...files };
  return readChart({ files: Object.entries(all).map(([path, text]): ChartFile => ({ path, source: { name: path, text } })), kubernetes: ["1.36"], ...more });
}

export function renderedOf(files: Readonly<Record<string, string>>, more: Partial<Omit<ChartInput, "files">> = {}): Rendered {
  const rendered = chartOf(files, more).render("templates/a.yaml");
  if (!rendered || "limit" in rendered) throw new Error(`not rendered: ${JSON.stringify(rendered)}`);
  return rendered;
}

/** What one template writes with these values. */
export function written(template: string, values = "", helpers = "", more: Partial<Omit<ChartInput, "files">> = {}): string {
  return renderedOf({ "templates/a.yaml": template, "values.yaml": values, "templates/_h.tpl": helpers }, more).source.text;
}
