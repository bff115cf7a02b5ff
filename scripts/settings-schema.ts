/** The JSON Schema of `.kronlint.yaml`, and the validator that is compiled from it, so that no start-up pays for compiling. */
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { buildSync } from "esbuild";
import { fileURLToPath } from "node:url";
import type { OptionSpec } from "../src/core/lint/options.js";
import type { AnyRule } from "../src/core/lint/rule.js";

type Schema = Readonly<Record<string, unknown>>;

/** The schema, the validator and its types. */
export function settingsSchemaFiles(rules: readonly AnyRule[]): readonly { readonly path: string; readonly content: string }[] {
  const schema = settingsSchema(rules);
  return [
    { path: "schemas/settings.schema.json", content: `${JSON.stringify(schema, null, 2)}\n` },
    { path: "schemas/settings-validator.js", content: validatorOf(schema) },
    { path: "schemas/settings-validator.d.ts", content: declarations },
  ];
}

const levels = ["off", "info", "warning", "error", false];
const globs = (description: string): Schema => ({ description, type: "array", items: { type: "string" } });

const helm = {
  description: "How the charts below are installed.",
  type: "object",
  additionalProperties: false,
  properties: {
    values: globs("Values files over the chart's own, from the folder of these settings; the last one wins."),
    release: { description: "What the release is called, where it is known.", type: "string" },
  },
} as const;

export function settingsSchema(rules: readonly AnyRule[]): Schema {
  const definitions = { level: { enum: levels }, rules: rulesSchema(rules) };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://raw.githubusercontent.com/kronlint/kronlint/main/schemas/settings.schema.json",
    title: "kronlint settings",
    description: "What stands in .kronlint.yaml.",
    type: "object",
    additionalProperties: false,
    properties: {
      kubernetes: {
        description: 'Kubernetes versions of the clusters; every one must accept the manifests: "1.34", "1.29 - 1.34" or ">=1.29".',
        type: ["string", "number"],
      },
      delivery: { description: "How the manifests reach the cluster; some advice turns around with it.", enum: ["argocd", "flux", "helm", "kubectl"] },
      timeZone: { description: "The zone of the cluster's controller, used where spec.timeZone is unset.", type: "string", default: "Etc/UTC" },
      preset: {
        description: "minimal: errors only; recommended: everything, advice as info; strict: advice as warnings.",
        enum: ["minimal", "recommended", "strict"],
        default: "recommended",
      },
      rules: { $ref: "#/definitions/rules" },
      runtimes: {
        description: "How long a run takes, by namespace/name or by name: 45m.",
        type: "object",
        additionalProperties: { type: ["string", "number"] },
      },
      helm,
      include: globs("Files to read besides .yaml, .yml and .json."),
      exclude: globs("Files to leave out."),
      overrides: {
        description: "Other levels for some files; later ones win.",
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["files"],
          properties: { files: globs("The files that it is about."), rules: { $ref: "#/definitions/rules" } },
        },
      },
    },
    definitions,
  };
}

function rulesSchema(rules: readonly AnyRule[]): Schema {
  const properties = Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)]));
  return { description: "Levels of single rules, where needed with options.", type: "object", additionalProperties: false, properties };
}

/** `if` instead of `anyOf`, so that one mistake gives one message. */
function ruleSchema({ summary, options }: AnyRule): Schema {
  const level = { $ref: "#/definitions/level" };
  if (!options) return { description: summary, allOf: [level] };
  const properties = Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, optionSchema(spec)]));
  const given = { type: "object", additionalProperties: false, properties };
  return {
    description: summary,
    if: { type: "array" },
    then: { type: "array", items: [level, given], minItems: 2, additionalItems: false },
    else: level,
  };
}

function optionSchema(spec: OptionSpec): Schema {
  const { description, default: preset } = spec;
  const about = { description, default: preset };
  switch (spec.type) {
    case "integer":
      return { ...about, type: "integer", ...(spec.minimum === undefined ? {} : { minimum: spec.minimum }) };
    case "duration":
      return { ...about, type: ["string", "number"] };
    case "strings":
      return { ...about, type: "array", items: { type: "string" } };
    default:
      return { ...about, type: spec.type };
  }
}

/** What speaks to people only stays out of the program. */
function bare(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema, (key, value: unknown) => (isProse(key, value) ? undefined : value)));
}

function isProse(key: string, value: unknown): boolean {
  return (key === "title" || key === "description") && typeof value === "string";
}

/** ajv's own output still requires its runtime, so it is bundled. */
function validatorOf(schema: Schema): string {
  const options = { allErrors: true, allowUnionTypes: true, strictTuples: false, messages: false, inlineRefs: false };
  const ajv = new Ajv({ ...options, code: { source: true, esm: true, lines: false } });
  const contents = standalone(ajv, ajv.compile(bare(schema) as Schema));
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL("..", import.meta.url)), loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: "none",
  });
  return `// Generated by \`npm run generate\` from settings.schema.json, with ajv (MIT).\n${outputFiles[0]?.text ?? ""}`;
}

const declarations = `// Generated by \`npm run generate\`.
export interface ValidatorError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

declare const validate: {
  (value: unknown): boolean;
  readonly errors?: readonly ValidatorError[] | null;
};
export default validate;
`;
