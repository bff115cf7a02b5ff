import { describe, expect, test } from "vitest";
import { spanOf } from "../../../src/core/lint/diagnostic.js";
import { deliveryOf } from "../../../src/core/lint/delivery.js";
import { parseKubernetesRange } from "../../../src/core/lint/kubernetes-range.js";
import { findingSeverity, levelOf } from "../../../src/core/lint/levels.js";
import type { AnyRule, Severity } from "../../../src/core/lint/rule.js";
import { fileSettings } from "../../../src/core/lint/settings-file.js";
import { readSettings } from "../../../src/core/lint/settings-read.js";
import type { Preset, RuleSetting, Settings } from "../../../src/core/lint/settings.js";
import { rules } from "../../../rules/index.js";

const minors = ["1.3", "1.29", "1.30", "1.31", "1.32"];

describe("parseKubernetesRange", () => {
  test.each([
    ["1.30", ["1.30"]],
    ["v1.30.4", ["1.30"]],
    ["1.29 - 1.31", ["1.29", "1.30", "1.31"]],
    ["1.29-1.30", ["1.29", "1.30"]],
    [">=1.31", ["1.31", "1.32"]],
  ])("%s", (text, expected) => {
    expect(parseKubernetesRange(text, minors)).toEqual({ state: "read", minors: expected });
  });

  test.each([
    ["1.40", "kronlint knows Kubernetes 1.29 to 1.32, not 1.40"],
    ["1.3", 'kronlint knows Kubernetes 1.29 to 1.32, not 1.3; did you mean "1.30"?'],
    ["1.31 - 1.29", 'the range 1.31 - 1.29 runs backwards; write "1.29 - 1.31"'],
    ["latest", '"latest" is no range of versions; write 1.34, "1.29 - 1.34" or ">=1.29"'],
  ])("refuses %s", (text, message) => {
    expect(parseKubernetesRange(text, minors.slice(1))).toEqual({ state: "refused", message });
  });
});

function settingsOf(text: string): Settings {
  const read = readSettings({ name: ".kronlint.yaml", text }, rules);
  if (read.state === "refused") throw new Error(JSON.stringify(read.problems.map(({ message }) => message)));
  return read.settings;
}

function problemsOf(text: string): readonly string[] {
  const read = readSettings({ name: ".kronlint.yaml", text }, rules);
  if (read.state === "read") return [];
  return read.problems.map(({ place, message }) => `${String(spanOf(place).line)}:${String(spanOf(place).column)} ${message}`);
}

describe("readSettings", () => {
  test("reads what the documentation shows", () => {
    const text = [
      "kubernetes: 1.30", "delivery: argocd", "timeZone: Etc/UTC", "preset: strict", "rules:", "  job-no-ttl: off", "  forbid-wedge: false",
      "runtimes:", "  reports/nightly: 45m", "  b: 90", "exclude: [vendor/**]", "overrides:", '  - files: ["staging/**"]', "    rules: { forbid-wedge: info }", "",
    ].join("\n");
    expect(settingsOf(text)).toEqual({
      kubernetes: "1.30",
      delivery: "argocd",
      timeZone: "Etc/UTC",
      preset: "strict",
      rules: { "job-no-ttl": "off", "forbid-wedge": false },
      runtimes: { "reports/nightly": "45m", b: "90" },
      exclude: ["vendor/**"],
      overrides: [{ files: ["staging/**"], rules: { "forbid-wedge": "info" } }],
    });
  });

  test("takes an empty file for no settings", () => {
    expect(settingsOf("# nothing yet\n")).toEqual({});
  });

  test.each([
    ["presets: strict\n", "1:1 there is no setting presets; did you mean preset?"],
    ["preset: stricter\n", "1:9 preset is minimal, recommended or strict, not \"stricter\"; did you mean strict?"],
    ["rules:\n  job-no-tll: off\n", "2:3 there is no rule job-no-tll; did you mean job-no-ttl?"],
    ["rules:\n  job-no-ttl: warn\n", "2:15 rules.job-no-ttl is off, info, warning or error, not \"warn\""],
    ["overrides:\n  - rules: {}\n", "2:5 overrides.0 lacks files"],
    ["overrides:\n  - file: [a]\n    files: [a]\n", "2:5 there is no setting file; did you mean files?"],
    ["kubernetes: \"2.7\"\n", expect.stringMatching(/^1:13 kubernetes: kronlint knows Kubernetes 1\.\d+ to 1\.\d+, not 2\.7$/)],
    ["timeZone: Europe/Berln\n", expect.stringMatching(/^1:11 timeZone: there is no time zone Europe\/Berln/)],
    ["runtimes: { a: soon }\n", "1:16 \"soon\" is no length of time; write 90s, 45m, 1h30m or 2d"],
    ["include: docs\n", "1:10 include must be a list, not \"docs\""],
    ["- a\n", "1:1 the settings must be a mapping, not [\"a\"]"],
    ["preset: [\n", expect.stringMatching(/^1:9 /)],
    ["preset: strict\npreset: minimal\n", "2:1 preset is written twice here; keep one of them"],
  ])("refuses %j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test("names every problem", () => {
    expect(problemsOf("presets: strict\nrules: { nothing-like-it: off }\ndelivery: ftp\n")).toHaveLength(3);
  });
});

describe("what says nothing", () => {
  test("a key whose lines are commented out, and a list around a level", () => {
    const text = "rules:\n#  job-no-ttl: off\nkubernetes:\nexclude:\noverrides:\n  - files: [a]\n    rules:\n";
    expect(settingsOf(text)).toEqual({ overrides: [{ files: ["a"] }] });
    expect(settingsOf("rules: { job-no-ttl: [warning] }")).toEqual({ rules: { "job-no-ttl": "warning" } });
  });
});

describe("fileSettings", () => {
  const settings = settingsOf(
    "preset: minimal\nrules: { job-no-ttl: warning, forbid-wedge: info }\noverrides:\n  - { files: [a/*], rules: { job-no-ttl: info } }\n  - { files: [b/*], rules: { job-no-ttl: error } }\n",
  );
  const matches = (glob: string, file: string): boolean => file.startsWith(glob.slice(0, -1));

  test("flags go before overrides, overrides before rules, rules before the preset", () => {
    expect(fileSettings({ settings, file: "c/x.yaml", matches }).rules).toEqual({ "job-no-ttl": "warning", "forbid-wedge": "info" });
    expect(fileSettings({ settings, file: "a/x.yaml", matches }).rules["job-no-ttl"]).toBe("info");
    const flags = { rules: { "job-no-ttl": "off" }, preset: "strict" } as const;
    expect(fileSettings({ settings, flags, file: "a/x.yaml", matches })).toMatchObject({ rules: { "job-no-ttl": "off" }, preset: "strict" });
  });

  test("a level of its own keeps the options below it", () => {
    const below: Settings = { rules: { "job-no-ttl": ["info", { limit: 3 }] } };
    const flags = { rules: { "job-no-ttl": "error" } } as const;
    expect(fileSettings({ settings: below, flags, file: "x", matches }).rules["job-no-ttl"]).toEqual(["error", { limit: 3 }]);
  });

  test("without settings the newest minor is judged, delivered as the files around say", () => {
    const given = fileSettings({ settings: {}, file: "x", matches, delivery: "flux" });
    expect(given).toMatchObject({ delivery: "flux", timeZone: "Etc/UTC", preset: "recommended", inlineIgnore: true });
    expect(given.kubernetes).toHaveLength(1);
  });
});

describe("levels", () => {
  const rule = (severity: Severity): AnyRule => ({ ...rules[0]!, id: "r", severity });
  const level = (severity: Severity, preset: Preset, setting?: RuleSetting) => levelOf(rule(severity), { preset, rules: setting === undefined ? {} : { r: setting } });

  test.each([
    ["error", "minimal", "error"],
    ["warning", "minimal", "off"],
    ["info", "recommended", "info"],
    ["info", "strict", "warning"],
    ["error", "strict", "error"],
  ] as const)("a rule of %s under %s is %s", (severity, preset, expected) => {
    expect(level(severity, preset)).toBe(expected);
    expect(level(severity, preset, "info")).toBe("info");
    expect(level(severity, preset, false)).toBe("off");
    expect(level(severity, preset, ["error", {}])).toBe("error");
  });

  test.each([
    ["error", undefined, "warning", "warning"],
    ["error", "warning", "error", "warning"],
    ["error", "info", "warning", "info"],
    ["warning", "info", "error", "warning"],
    ["info", undefined, "error", "error"],
    ["warning", "error", "warning", "warning"],
  ] as const)("a rule of %s that says %s at level %s is %s", (severity, own, at, expected) => {
    expect(findingSeverity(rule(severity), own, at)).toBe(expected);
  });
});

describe("deliveryOf", () => {
  const facts = [
    { file: "apps/root.yaml", kind: "argocd", paths: ["./deploy/"] },
    { file: "clusters/a.yaml", kind: "flux", paths: ["deploy/flux"] },
    { file: "charts/a/Chart.yaml", kind: "chart", paths: [] },
  ] as const;

  test.each([
    ["deploy/job.yaml", "argocd"],
    ["deploy/flux/job.yaml", "flux"],
    ["deployed/job.yaml", "kubectl"],
    ["charts/a/templates/job.yaml", "helm"],
    ["charts/ab/job.yaml", "kubectl"],
  ])("%s by %s", (file, expected) => {
    expect(deliveryOf(file, facts)).toBe(expected);
    expect(deliveryOf(file, facts, "kubectl")).toBe("kubectl");
  });

  test("a chart at the top covers everything", () => {
    expect(deliveryOf("x/job.yaml", [{ file: "Chart.yaml", kind: "chart", paths: [] }])).toBe("helm");
  });
});
