/**
 * kronlint as a plugin of ESLint 9 and 10: a language for manifests, and its rules under their own ids.
 * `export default [kronlint.configs.recommended]` lints all YAML.
 */
import { rules as known, type Severity } from "../index.js";
import { manifest } from "./language.js";
import { eslintRule } from "./rule.js";

type Level = "error" | "warn";
// ESLint's own types want tuples that can be written to.
type Configured = [Level, { level: Severity }];

const plugin = {
  meta: { name: "kronlint", namespace: "kronlint" },
  languages: { manifest },
  rules: Object.fromEntries(known.map((rule) => [rule.id, eslintRule(rule)])),
  configs: {
    /** Errors and warnings; advice is left out. */
    recommended: config("recommended", "warning"),
    /** Advice too, at the level of its rule: ESLint has one for all findings of a rule. */
    strict: config("strict", "info"),
  },
};

function config(name: string, level: Severity) {
  const rules = known
    .filter(({ severity }) => level === "info" || severity !== "info")
    .map(({ id, severity }): [string, Configured] => [`kronlint/${id}`, [severity === "error" ? "error" : "warn", { level }]]);
  return {
    name: `kronlint/${name}`,
    files: ["**/*.yaml", "**/*.yml"],
    // A plugin stands in its own configurations, so it is given when it is there.
    get plugins(): { readonly kronlint: object } {
      return { kronlint: plugin };
    },
    language: "kronlint/manifest",
    rules: Object.fromEntries(rules),
  };
}

export default plugin;
