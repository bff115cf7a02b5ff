import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const size = {
  "max-depth": ["error", 3],
  "max-lines": ["error", { max: 300 }],
  "max-lines-per-function": ["error", { max: 50 }],
};

const everywhere = {
  eqeqeq: "error",
  "no-else-return": "error",
  "prefer-const": "error",
  "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
  "@typescript-eslint/consistent-type-imports": "error",
  // Rules and pages of text are generators and templates; numbers in them are fine.
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  // `env["NAME"]`: noPropertyAccessFromIndexSignature leaves the choice to the writer, and so does this.
  "@typescript-eslint/dot-notation": "off",
  "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
  "@typescript-eslint/no-generated-empty-object-type": "off",
  // Text is taken apart by code points on purpose.
  "@typescript-eslint/no-misused-spread": "off",
  "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
};

export default defineConfig(
  globalIgnores(["dist/", "bundle/", "editors/vscode/dist/", "coverage/", "fixtures/", "schemas/", ".bench/", "rules/index.ts"]),
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: ["./tsconfig.node.json"], tsconfigRootDir: import.meta.dirname } },
    rules: { ...everywhere, ...size },
  },
  {
    // Where trees of YAML libraries and files of JSON get their types.
    files: ["src/core/read/**/*.ts", "scripts/**/*.ts"],
    rules: { "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "as" }] },
  },
  { files: ["src/core/**/*.ts", "src/*.ts", "rules/**/*.ts", "src/node/**/*.ts"], rules: { "no-console": "error" } },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/consistent-type-assertions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["src/core/report/timeline-html/page/*.js"],
    languageOptions: { globals: { document: "readonly", requestAnimationFrame: "readonly", ResizeObserver: "readonly" } },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly", Buffer: "readonly" } },
    rules: { eqeqeq: "error", ...size },
  },
);
