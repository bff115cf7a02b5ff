import type { Reporter, ReportLook } from "./reporter.js";
import { visibleJson } from "./visible.js";

/** Grows when a reader of the report would have to change: `schemas/report.schema.json`. */
const version = 1;

/** One finding a line, so that reports can be compared with line tools. */
export function jsonReporter({ shard }: Pick<ReportLook, "shard">): Reporter {
  let separator = "\n";
  return {
    begin: () => `{"version":${version},"diagnostics":[`,
    findings: (diagnostics) => {
      const lines = diagnostics.map((one) => visibleJson(one));
      if (lines.length === 0) return "";
      const piece = separator + lines.join(",\n");
      separator = ",\n";
      return piece;
    },
    end: (summary) => `\n],"summary":${visibleJson(summary)}${shard ? `,"shard":${visibleJson(shard)}` : ""}}\n`,
  };
}
