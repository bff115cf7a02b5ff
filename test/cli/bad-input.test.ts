/** Every row of the table "What bad input gets" in the design: the message, the exit code, and that the rest was checked. */
import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/engine.js";
import { sizeLimit } from "../../src/node/read-file.js";
import { folderWith } from "../node/folder-tree.js";
import { good, refused } from "./manifests.js";
import { ran, type Surroundings } from "./world.js";

const isRoot = process.getuid?.() === 0;

describe("links", () => {
  test.runIf(process.platform !== "win32")("one that leads back to itself is a finding, and the others are checked", () => {
    const cwd = folderWith({ "a.yaml": refused });
    symlinkSync("self.yaml", join(cwd, "self.yaml"));
    const { code, out, err } = ran(cwd, ["self.yaml", "a.yaml", "--format=json"]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("cannot be read: its link leads back to itself");
    expect(out).toContain('"file":"a.yaml"');
  });

  test.runIf(process.platform !== "win32")("one to nothing is said to be one, by name; in a folder it is passed over", () => {
    const cwd = folderWith({ "a.yaml": good });
    symlinkSync("gone.yaml", join(cwd, "link.yaml"));
    expect(ran(cwd, ["link.yaml"])).toEqual({ code: 2, out: "", err: "kronlint: link.yaml is a link to gone.yaml, which is not there\n" });
    expect(ran(cwd, ["."])).toMatchObject({ code: 0, err: "" });
  });
});

test("a terminal that says it has no columns cuts nothing", () => {
  const cwd = folderWith({ "a.yaml": refused });
  expect(ran(cwd, ["a.yaml"], { columns: 0, outIsTerminal: true }).out).toBe(ran(cwd, ["a.yaml"], { outIsTerminal: true }).out);
  expect(ran(cwd, ["explain", "job-no-ttl"], { columns: 0 }).out).toBe(ran(cwd, ["explain", "job-no-ttl"]).out);
});

describe("what the person at the keyboard can put right: exit 2, and nothing on standard output", () => {
  test.each<[string, readonly string[], string]>([
    ["a path", ["deploi"], "no such file or folder: deploi; did you mean deploy?"],
    ["several paths", ["deploi", "zzz"], "no such file or folder: deploi; did you mean deploy?\nkronlint: no such file or folder: zzz"],
    ["a glob", ["deploy/*.yml"], "no file matches deploy/*.yml; quote it if the shell is not to expand it, and mind .gitignore"],
    ["a flag", ["--fixx"], "unknown flag --fixx; did you mean --fix?"],
    ["a flag of another tool", ["--dry-run"], "unknown flag --dry-run; did you mean --fix-dry-run?"],
    ["a short flag", ["-z"], "unknown flag -z; kronlint --help lists them"],
    ["a flag that nothing resembles", ["--qqqqqqq"], "unknown flag --qqqqqqq; kronlint --help lists them"],
    ["a flag without its value", ["--config"], "--config needs a value: --config=…"],
    ["a flag whose value is the next flag", ["--config", "--fix"], "--config needs a value: --config=…"],
    ["a flag that takes no value", ["--fix=yes"], "--fix takes no value"],
    ["a rule in a flag", ["--rule=job-no-tll=off"], "--rule: there is no rule job-no-tll; did you mean job-no-ttl?"],
    ["a level", ["--rule=job-no-ttl=eror"], "--rule job-no-ttl=eror: did you mean error?"],
    ["a rule without a level", ["--rule=job-no-ttl"], "--rule job-no-ttl: write it as --rule job-no-ttl=off"],
    ["a rule to explain", ["explain", "job-no-tll"], "unknown rule job-no-tll; did you mean job-no-ttl?"],
    ["no rule to explain", ["explain"], "explain needs a rule: kronlint explain schedule-syntax; kronlint rules lists them"],
    ["a version", ["--kubernetes=1.3"], '--kubernetes: kronlint knows Kubernetes 1.24 to 1.36, not 1.3; did you mean "1.30"?'],
    ["a format", ["--format=jsn"], "--format jsn: did you mean json?"],
    ["two formats in one place", ["--format=json", "--format=text"], "only one --format can go to standard output; write the others to files: --format json=report.json"],
    ["a report that cannot be written", ["--format=json=none/a.json"], "cannot write the report to none/a.json: there is no such folder"],
    ["a preset", ["--preset=strickt"], "--preset strickt: did you mean strict?"],
    ["a delivery", ["--delivery=argo"], "--delivery argo: it is one of argocd, flux, helm, kubectl"],
    ["a zone", ["--time-zone=Europe/Berln"], "--time-zone: there is no time zone Europe/Berln; did you mean Europe/Berlin?"],
    ["a time", ["--now=tomorrow"], "--now tomorrow: write it as 2026-03-01 or 2026-03-01T06:30:00Z"],
    ["a limit", ["--max-warnings=few"], "--max-warnings few: it is a whole number, 0 or more"],
    ["a limit below 0", ["--max-warnings", "-1"], "--max-warnings -1: it is a whole number, 0 or more"],
    ["settings that are not there", ["--config=none.yaml"], "no such settings file: none.yaml"],
    ["--unsafe alone", ["--unsafe"], "--unsafe goes with --fix or --fix-dry-run"],
    ["both --config and --no-config", ["--config=a", "--no-config"], "--config and --no-config contradict each other"],
    ["too much for rules", ["rules", "job-no-ttl"], "rules takes no argument; one rule: kronlint explain job-no-ttl; a folder of that name: ./rules"],
  ])("%s", (_, args, message) => {
    const cwd = folderWith({ "deploy/a.yaml": refused });
    expect(ran(cwd, args)).toEqual({ code: 2, out: "", err: `kronlint: ${message}\n` });
  });

  test.each<[string, string, RegExp]>([
    ["an unknown key", "presett: strict\n", /^kronlint: sub\/\.kronlint\.yaml:1:1: there is no setting presett; did you mean preset\?\n {2}1 \| presett: strict\n {4}\| \^{7}\n$/],
    ["an unknown rule", "rules:\n  job-no-tll: off\n", /^kronlint: sub\/\.kronlint\.yaml:2:3: there is no rule job-no-tll; did you mean job-no-ttl\?\n/],
    ["a level", "rules:\n  job-no-ttl: warn\n", /^kronlint: sub\/\.kronlint\.yaml:2:15: /],
    ["a version", 'kubernetes: "1.99"\n', /^kronlint: sub\/\.kronlint\.yaml:1:13: .*knows Kubernetes 1\.24 to 1\.36, not 1\.99/],
    ["a range that runs backwards", 'kubernetes: "1.34 - 1.29"\n', /runs backwards/],
    ["no YAML", "rules: [\n", /^kronlint: sub\/\.kronlint\.yaml:\d+:\d+: /],
  ])("settings with %s: what they cover is left out, the rest is checked", (_, settings, message) => {
    const cwd = folderWith({ ".git/": "", "sub/.kronlint.yaml": settings, "sub/a.yaml": refused, "sub/b.yaml": refused, "a.yaml": refused });
    const { code, out, err } = ran(cwd, ["-f", "compact", "."]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err.match(/^kronlint: /gm)).toHaveLength(1);
    expect(out).toMatch(/^a\.yaml:11:22: [^\n]+\n$/);
  });
});

describe("what cannot be read: a finding, exit 1, and the rest is checked", () => {
  const cases: [string, string | Uint8Array, RegExp][] = [
    ["binary", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), /^a\.yaml:1:1: error: cannot be read: it is a binary file, not text \[unreadable-input\]$/],
    ["UTF-16", Buffer.from(`\ufeff${good}`, "utf16le"), /cannot be read: it is UTF-16 text; Kubernetes reads UTF-8, save it as that \[unreadable-input\]/],
    ["non-UTF-8", Buffer.concat([Buffer.from(good), new Uint8Array([0xe9])]), /cannot be read: line 20 is not valid UTF-8; save the file as UTF-8 \[unreadable-input\]/],
    ["over-deep", `kind: Job\nspec: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`, /\[unreadable-input\]/],
    ["an alias bomb", aliasBomb(), /\[unreadable-input\]/],
  ];
  test.each(cases)("%s", (_, content, expected) => {
    const cwd = folderWith({ "a.yaml": content, "b.yaml": refused });
    const { code, out } = ran(cwd, ["-f", "compact", "."]);
    const lines = out.trimEnd().split("\n");
    expect(code).toBe(1);
    expect(lines[0]).toMatch(expected);
    expect(lines.at(-1)).toMatch(/^b\.yaml:11:22: error: .* \[restart-policy-invalid\]$/);
  });

  test("over-size", () => {
    const cwd = folderWith({ "a.yaml": "", "b.yaml": refused });
    truncateSync(join(cwd, "a.yaml"), sizeLimit + 1);
    const { code, out } = ran(cwd, ["-f", "compact", "."]);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.yaml:1:1: error: cannot be read: it is larger than 64 MiB.*\nb\.yaml:11:22/);
  });

  test("vanished: the list of files was made, then one is gone", () => {
    const cwd = folderWith({ "b.yaml": refused });
    const { code, out } = ran(cwd, ["-f", "compact", "--stdin-filename=a.yaml", "-", "."], { readStdin: () => ({ state: "unreadable", reason: "it is no longer there" }) } as Surroundings);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.yaml:1:1: error: cannot be read: it is no longer there \[unreadable-input\]\nb\.yaml:11:22/);
  });

  test.skipIf(isRoot || process.platform === "win32")("a file and a folder without permission", () => {
    const cwd = folderWith({ "a.yaml": good, "closed/x.yaml": good, "z.yaml": refused });
    chmodSync(join(cwd, "a.yaml"), 0);
    chmodSync(join(cwd, "closed"), 0);
    const { code, out } = ran(cwd, ["-f", "compact", "."]);
    chmodSync(join(cwd, "closed"), 0o700);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.yaml:1:1: error: cannot be read: permission denied.*\nclosed:1:1: error: cannot be read: permission denied.*\nz\.yaml:11:22/);
  });

  test.skipIf(process.platform === "win32")("a named pipe", () => {
    const cwd = folderWith({ "b.yaml": refused });
    execFileSync("mkfifo", [join(cwd, "a.yaml")]);
    const { code, out } = ran(cwd, ["-f", "compact", "a.yaml", "b.yaml"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.yaml:1:1: error: cannot be read: it is a named pipe.*\nb\.yaml:11:22/);
  });

  test("the level of unreadable-input can be set", () => {
    const cwd = folderWith({ "a.yaml": new Uint8Array([0]) });
    expect(ran(cwd, ["."]).code).toBe(1);
    expect(ran(cwd, [".", "--rule", "unreadable-input=off"])).toMatchObject({ code: 0 });
  });
});

describe("YAML or JSON that does not parse: a finding at the place, exit 1; other documents and files are checked", () => {
  test.each<[string, string, string, RegExp]>([
    ["a tab", "a.yaml", `kind: Job\nmetadata:\n\tname: a\n---\n${refused}`, /^a\.yaml:3:1: error: .*tab.* \[yaml-syntax\]$/],
    ["an unquoted star", "a.yaml", `kind: CronJob\nmetadata:\n  name: *report\n---\n${refused}`, /^a\.yaml:3:9: error: .* \[yaml-syntax\]$/],
    ["a schedule without quotes", "a.yaml", `kind: CronJob\nspec:\n  schedule: */5 * * * *\n---\n${refused}`, /^a\.yaml:3:13: error: .* \[schedule-template-or-quote\]$/],
    ["a bracket that is never closed", "a.yaml", `kind: Job\nspec: [1,\n---\n${refused}`, /^a\.yaml:\d+:\d+: error: .* \[yaml-syntax\]$/],
    ["JSON", "a.json", '{"kind": "Job",\n "spec": {"a": }\n', /^a\.json:\d+:\d+: error: .* \[yaml-syntax\]$/],
  ])("%s", (_, name, text, expected) => {
    const cwd = folderWith({ [name]: text, "b.yaml": refused });
    const { code, out } = ran(cwd, ["-f", "compact", "."]);
    const lines = out.trimEnd().split("\n");
    expect(code).toBe(1);
    expect(lines[0]).toMatch(expected);
    if (name === "a.yaml") expect(lines.slice(1).join("\n")).toMatch(/^a\.yaml:\d+:22: error: .* \[restart-policy-invalid\]$/m);
    expect(lines.at(-1)).toMatch(/^b\.yaml:11:22/);
  });
});

describe("nothing to judge: a note on standard error, exit 0", () => {
  const noManifests = "kronlint: no manifests here: found no .yaml, .yml or .json file that git does not ignore\n";

  test("an empty folder", () => {
    expect(ran(folderWith({}), [])).toEqual({ code: 0, out: "", err: noManifests });
    expect(ran(folderWith({ "notes.txt": "a" }), ["."])).toEqual({ code: 0, out: "", err: noManifests });
  });

  test("empty input", () => {
    const expected = { code: 0, err: "kronlint: no Job or CronJob in what was read (1 file)\n" };
    expect(ran(folderWith({}), ["-"], { stdin: "" })).toMatchObject(expected);
    expect(ran(folderWith({ "a.yaml": "" }), ["a.yaml"])).toMatchObject(expected);
  });

  test("no Jobs in it", () => {
    const cwd = folderWith({ "a.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n", "b.yaml": "# nothing\n" });
    expect(ran(cwd, ["."])).toMatchObject({ code: 0, err: "kronlint: no Job or CronJob in what was read (2 files)\n" });
  });

  test("json is whole all the same", () => {
    const { out } = ran(folderWith({}), ["--format=json"]);
    expect(JSON.parse(out)).toMatchObject({ version: 1, diagnostics: [], summary: { files: 0, objects: 0 } });
  });
});

test("a template and a placeholder: unknown, so silent", () => {
  const cwd = folderWith({
    "templates/a.yaml": good.replace("restartPolicy: Never", "restartPolicy: {{ .Values.restartPolicy }}").replace("name: report\n", "name: {{ .Release.Name }}\n"),
    "b.yaml": good.replace("restartPolicy: Never", "restartPolicy: ${RESTART_POLICY}"),
  });
  expect(ran(cwd, ["."])).toEqual({ code: 0, out: "no findings in 2 objects, 2 files\n", err: "" });
});

describe("a fault of ours: named on standard error with how to report it, exit 3, the rest is checked", () => {
  test("in one rule", () => {
    const base = rules.find(({ id }) => id === "job-no-ttl");
    if (base === undefined) throw new Error("the catalogue has no job-no-ttl");
    const failing = {
      ...base,
      id: "failing",
      job() {
        throw new TypeError("it \u001b[31mbroke");
      },
    };
    const cwd = folderWith({ "a.yaml": good, "b.yaml": refused });
    const { code, out, err } = ran(cwd, ["-f", "compact", "."], { rules: [failing, ...rules] });
    expect(code).toBe(3);
    expect(err).toContain("kronlint: rule failing failed on a.yaml: TypeError: it \\x1b[31mbroke\n    at ");
    expect(err).toContain("This is a fault of kronlint, not of the manifest. Report it with these lines: https://github.com/kronlint/kronlint/issues/new\n");
    expect(out).toMatch(/^b\.yaml:11:22: error: .* \[restart-policy-invalid\]\n$/);
  });

  test("in one file", () => {
    const base = rules.find(({ id }) => id === "job-no-ttl");
    if (base === undefined) throw new Error("the catalogue has no job-no-ttl");
    let asked = 0;
    const odd = Object.defineProperty({ ...base, id: "odd" }, "severity", {
      get: () => {
        if (++asked === 1) throw new RangeError("too far");
        return "info";
      },
    });
    const cwd = folderWith({ "a.yaml": good, "b.yaml": refused });
    const { code, out, err } = ran(cwd, ["-f", "compact", "."], { rules: [odd, ...rules] });
    expect(code).toBe(3);
    expect(err).toMatch(/^kronlint: a\.yaml could not be judged and was skipped: RangeError: too far\n/);
    expect(out).toMatch(/^b\.yaml:11:22/);
  });
});

function aliasBomb(): string {
  const levels = Array.from({ length: 12 }, (_, index) => `  l${index + 1}: &l${index + 1} [${`*l${index}, `.repeat(9)}*l${index}]`);
  return `kind: Job\nspec:\n  l0: &l0 [a, a, a, a, a, a, a, a, a]\n${levels.join("\n")}\n`;
}
