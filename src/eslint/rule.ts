import type { Diagnostic, DiagnosticFix, RuleInfo, Severity } from "../index.js";
import { visible } from "../core/report/visible.js";
import type { ManifestCode } from "./language.js";

export interface Fixer {
  readonly replaceTextRange: (range: readonly [number, number], text: string) => unknown;
}

export interface Descriptor {
  readonly loc: { readonly start: { line: number; column: number }; readonly end: { line: number; column: number } };
  readonly message: string;
  readonly fix?: (fixer: Fixer) => readonly unknown[];
  readonly suggest?: readonly { readonly desc: string; readonly fix: (fixer: Fixer) => readonly unknown[] }[];
}

export interface RuleContext {
  readonly sourceCode: ManifestCode;
  readonly options: readonly { readonly level?: Severity }[];
  readonly report: (descriptor: Descriptor) => void;
}

const weight: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** A rule of kronlint as ESLint runs it: it picks its findings from those of the file. */
export function eslintRule({ id, summary, severity, url }: RuleInfo) {
  return {
    meta: {
      type: severity === "info" ? "suggestion" : "problem",
      docs: { description: summary, url, recommended: severity !== "info" },
      fixable: "code",
      hasSuggestions: true,
      schema: [
        {
          type: "object",
          properties: { level: { enum: ["info", "warning", "error"], description: "What weighs less is left out." } },
          additionalProperties: false,
        },
      ],
      defaultOptions: [{ level: "info" }],
    },
    create: ({ sourceCode, options, report }: RuleContext) => ({
      Manifest: (): void => {
        const least = weight[options[0]?.level ?? "info"];
        const own = sourceCode.diagnostics.filter((one) => one.rule === id && weight[one.severity] >= least);
        for (const diagnostic of own) report(descriptor(diagnostic));
      },
    }),
  } as const;
}

/** ESLint prints messages as they are, and they may name what a manifest holds: control characters, or lines that a CI obeys. */
function descriptor({ line, column, endLine, endColumn, message: raw, fix }: Diagnostic): Descriptor {
  const message = visible(raw);
  const loc = { start: { line, column }, end: { line: endLine, column: endColumn } };
  if (!fix) return { loc, message };
  const apply = (fixer: Fixer): readonly unknown[] => replacements(fix, fixer);
  return fix.safe ? { loc, message, fix: apply } : { loc, message, suggest: [{ desc: visible(fix.title), fix: apply }] };
}

function replacements({ edits }: DiagnosticFix, fixer: Fixer): readonly unknown[] {
  return edits.map(({ start, end, text }) => fixer.replaceTextRange([start, end], text));
}
