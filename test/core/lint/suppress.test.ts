import { describe, expect, test } from "vitest";
import { spanOf } from "../../../src/core/lint/diagnostic.js";
import { fixText } from "../../../src/core/lint/fix.js";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings, type FileSettingsInput } from "../../../src/core/lint/settings-file.js";
import { rules } from "../../../rules/index.js";

const chosen = rules.filter(({ id }) => ["job-no-ttl", "image-mutable-tag", "unused-suppression", "expired-suppression"].includes(id));
const now = Date.UTC(2026, 5, 1);

function found(text: string, file = "job.yaml", given: Partial<FileSettingsInput> = {}): readonly string[] {
  const settings = defaultFileSettings({ now, ...given });
  const { reports } = lintReports({ name: file, text }, { rules: chosen, settings });
  return reports.map(({ rule, place }) => `${String(spanOf(place).line)} ${rule}`);
}

/** A Job with two findings: job-no-ttl at `spec`, image-mutable-tag at each image. */
function job({ top = "", annotation = "", spec = "", first = "", image = "", second = "" } = {}): string {
  return [
    ...(top === "" ? [] : [top]),
    "apiVersion: batch/v1",
    "kind: Job",
    `metadata: { name: a${annotation === "" ? "" : `, annotations: { kronlint/ignore: "${annotation}" }`} }`,
    `spec:${spec}`,
    "  template:",
    "    spec:",
    "      restartPolicy: Never",
    "      containers:",
    ...(first === "" ? [] : [first]),
    "        - name: one",
    `          image: one:latest${image}`,
    ...(second === "" ? [] : [second]),
    "        - name: two",
    "          image: two:latest",
    "",
  ].join("\n");
}

describe("what a suppression reaches", () => {
  test("nothing without one", () => {
    expect(found(job())).toEqual(["4 job-no-ttl", "10 image-mutable-tag", "12 image-mutable-tag"]);
  });

  test("its own line", () => {
    expect(found(job({ image: " # kronlint-ignore image-mutable-tag -- mirrored" }))).toEqual(["4 job-no-ttl", "12 image-mutable-tag"]);
  });

  test("the line that opens a mapping, but not what stands in it", () => {
    expect(found(job({ spec: " # kronlint-ignore job-no-ttl" }))).toEqual(["10 image-mutable-tag", "12 image-mutable-tag"]);
    expect(found(job({ spec: " # kronlint-ignore image-mutable-tag" }))).toEqual([
      "4 job-no-ttl", "4 unused-suppression", "10 image-mutable-tag", "12 image-mutable-tag",
    ]);
  });

  test("the next line from a line of its own, over other comments", () => {
    const text = job().replace("          image: two", "          # kronlint-ignore image-mutable-tag\n          # pulled nightly\n          image: two");
    expect(found(text)).toEqual(["4 job-no-ttl", "10 image-mutable-tag"]);
  });

  test("the container that it stands in, above, or below", () => {
    const text = "          # kronlint-ignore-container image-mutable-tag";
    expect(found(job({ first: text }))).toEqual(["5 job-no-ttl", "13 image-mutable-tag"].map((line) => line.replace("5 ", "4 ")));
    expect(found(job({ second: text }))).toEqual(["4 job-no-ttl", "10 image-mutable-tag"]);
    expect(found(`${job()}${text}\n`)).toEqual(["4 job-no-ttl", "10 image-mutable-tag"]);
    expect(found(job({ image: " # kronlint-ignore-container image-mutable-tag" }))).toEqual(["4 job-no-ttl", "12 image-mutable-tag"]);
  });

  test("the file, and only from where it is written for it", () => {
    expect(found(job({ top: "# kronlint-ignore-file job-no-ttl, image-mutable-tag" }))).toEqual([]);
    const two = `${job({ top: "# kronlint-ignore-file job-no-ttl" })}---\n${job()}`;
    expect(found(two).filter((line) => line.includes("job-no-ttl"))).toEqual([]);
  });

  test("the object whose annotation it is", () => {
    const text = `${job({ annotation: "image-mutable-tag -- ours" })}---\n${job()}`;
    expect(found(text)).toEqual(["4 job-no-ttl", "17 job-no-ttl", "23 image-mutable-tag", "25 image-mutable-tag"]);
  });

  test("the block below an HTML comment", () => {
    const fenced = ["# Notes", "", "<!-- kronlint-ignore job-no-ttl, image-mutable-tag -->", "```yaml", job().trimEnd(), "```", ""].join("\n");
    expect(found(fenced, "notes.md")).toEqual([]);
    expect(found(fenced.replace(/<!--.*-->/, ""), "notes.md")).toHaveLength(3);
  });

  test("nothing when inline suppressions are not obeyed", () => {
    expect(found(job({ image: " # kronlint-ignore image-mutable-tag" }), "job.yaml", { inlineIgnore: false })).toHaveLength(3);
  });
});

describe("very many suppressions", () => {
  const many = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => line(index)).join("");
  const seconds = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  };
  const all = (text: string, file = "job.yaml") => lintReports({ name: file, text }, { rules, settings: defaultFileSettings() }).reports;

  test.each([
    ["at 20,000 findings", job({ spec: `\n${many(20_000, (index) => `  k${index}: 1 # kronlint-ignore unknown-field\n`)}`.trimEnd() })],
    ["above one object", job({ top: many(20_000, () => "# kronlint-ignore job-no-ttl\n").trimEnd() })],
    ["at containers", job() + many(20_000, () => "        - { name: a, image: a } # kronlint-ignore-container image-mutable-tag\n")],
    ["ids in one annotation", job({ annotation: many(200_000, (index) => `rule-${index} `) })],
    ["on one line", `${many(20_000, () => "<!-- kronlint-ignore job-no-ttl --> ")}\n\`\`\`yaml\n${job()}\`\`\`\n`, "notes.md"],
  ])("%s cost little", (_, text, file?: string) => {
    expect(seconds(() => all(text, file))).toBeLessThan(10);
  }, 60_000);

  test("are obeyed up to a bound, which is said", () => {
    const text = job({ spec: `\n${many(10_002, (index) => `  k${index}: 1 # kronlint-ignore unknown-field\n`)}`.trimEnd() });
    expect(all(text).filter(({ rule }) => rule === "unknown-field")).toHaveLength(2);
    expect(all(text).find(({ rule }) => rule === "unused-suppression")?.message).toMatch(/name 10000 rules/);
    const annotated = all(job({ annotation: many(150, () => "job-no-ttl ") }));
    expect(annotated.map(({ rule, message }) => `${rule} ${message}`)).toContainEqual(expect.stringMatching(/^unused-suppression .*more than 100 rules/));
    expect(annotated.map(({ rule }) => rule)).not.toContain("job-no-ttl");
  });

  test("so do 130,000 findings", () => {
    const text = job({ spec: `\n${many(130_000, (index) => `  k${index}: 1\n`)}`.trimEnd() });
    expect(all(text).length).toBeGreaterThanOrEqual(130_000);
  }, 60_000);
});

describe("what is wrong with a suppression", () => {
  test("it suppresses nothing, and is removed by a safe fix, id by id", () => {
    const text = `${job({ image: " # kronlint-ignore job-no-ttl, image-mutable-tag" })}# kronlint-ignore job-no-ttl\n`;
    expect(found(text)).toContain("10 unused-suppression");
    const settings = defaultFileSettings({ now });
    const lint = (source: { name: string; text: string }) => {
      return lintReports(source, { rules: chosen, settings }).reports.filter(({ rule }) => rule === "unused-suppression");
    };
    expect(fixText({ name: "job.yaml", text }, lint, { unsafe: false }).output).toBe(job({ image: " # kronlint-ignore image-mutable-tag" }));
  });

  test("it names no rule", () => {
    expect(found(job({ image: " # kronlint-ignore" }))).toContain("10 unused-suppression");
    expect(found(job({ image: " # kronlint-ignore image-mutable-tags" }))).toContain("10 unused-suppression");
  });

  test("it speaks about a container where none is", () => {
    const text = job().replace("containers:", "containers: # kronlint-ignore-container image-mutable-tag");
    expect(found(text)).toEqual(["4 job-no-ttl", "8 unused-suppression", "10 image-mutable-tag", "12 image-mutable-tag"]);
  });

  test("its day has passed, and what it hid is back", () => {
    const lines = (day: string) => found(job({ image: ` # kronlint-ignore image-mutable-tag -- soon until=${day}` }));
    expect(lines("2026-05-31")).toContain("10 image-mutable-tag");
    expect(lines("2026-05-31")).toContain("10 expired-suppression");
    expect(lines("2026-06-01")).toEqual(["4 job-no-ttl", "12 image-mutable-tag"]);
    expect(lines("2026-06-31")).toEqual(["4 job-no-ttl", "10 expired-suppression", "12 image-mutable-tag"]);
  });

  test("without a clock nothing expires", () => {
    const text = job({ image: " # kronlint-ignore image-mutable-tag until=2001-01-01" });
    const { reports } = lintReports({ name: "job.yaml", text }, { rules: chosen, settings: defaultFileSettings() });
    expect(reports.map(({ rule }) => rule)).toEqual(["job-no-ttl", "image-mutable-tag"]);
  });

  test("nothing about a rule that is switched off, nor in a template", () => {
    expect(found(job({ spec: " # kronlint-ignore image-mutable-tag" }), "job.yaml", { settings: { rules: { "image-mutable-tag": "off" } } })).toEqual(["4 job-no-ttl"]);
    expect(found(job({ spec: " # kronlint-ignore image-mutable-tag" }).replace("one:latest", "{{ .Values.image }}"))).not.toContain("4 unused-suppression");
  });
});

test("a suppressed finding takes along what gave way to it; what gave way does not hide the sharper one", () => {
  const text = [
    "apiVersion: batch/v1", "kind: CronJob", "metadata: { name: a }", "spec:", "  schedule: '0 3 * * *'",
    "  concurrencyPolicy: Forbid", "  jobTemplate:", "    spec:", "      template:", "        spec:", "          restartPolicy: Never",
    "          containers: [{ name: a, image: a:1 }]", "",
  ].join("\n");
  const wedge = rules.filter(({ id }) => ["forbid-wedge", "no-active-deadline"].includes(id));
  const run = (extra: string) => {
    const source = { name: "a.yaml", text: `${extra}${text}` };
    return lintReports(source, { rules: wedge, settings: defaultFileSettings() }).reports;
  };
  expect(run("").map(({ rule, superseded }) => [rule, superseded.map((one) => one.rule)])).toEqual([["forbid-wedge", ["no-active-deadline"]]]);
  expect(run("# kronlint-ignore-file forbid-wedge\n")).toEqual([]);
  expect(run("# kronlint-ignore-file no-active-deadline\n").map(({ rule, superseded }) => [rule, superseded])).toEqual([["forbid-wedge", []]]);
});

describe("comments of scripts", () => {
  const piped = (...lines: readonly string[]): string => [
    "apiVersion: batch/v1",
    "kind: Job",
    "metadata: { name: a }",
    "spec:",
    "  template:",
    "    spec:",
    "      restartPolicy: Never",
    "      containers:",
    "        - name: one",
    "          image: bash:5",
    "          command:",
    "            - bash",
    "            - -c",
    "            - |",
    ...lines.map((line) => `              ${line}`),
    "",
  ].join("\n");
  const pipes = rules.filter(({ id }) => ["shell-pipe-no-pipefail", "unused-suppression"].includes(id));
  const said = (text: string): readonly string[] => {
    const { reports } = lintReports({ name: "job.yaml", text }, { rules: pipes, settings: defaultFileSettings({ now }) });
    return reports.map(({ rule, place }) => `${String(spanOf(place).line)} ${rule}`);
  };
  const dump = "pg_dump shop | gzip > /backup/shop.gz";
  const comment = "# kronlint-ignore shell-pipe-no-pipefail -- tried by hand";

  test("above a command or behind it they silence as elsewhere", () => {
    expect(said(piped(dump))).toEqual(["15 shell-pipe-no-pipefail"]);
    expect(said(piped(comment, dump))).toEqual([]);
    expect(said(piped(`${dump} ${comment}`))).toEqual([]);
    expect(said(piped(comment, dump, dump))).toEqual(["17 shell-pipe-no-pipefail"]);
    expect(said(piped(comment, "true"))).toEqual(["15 unused-suppression"]);
  });

  test("text that is in quotes, and a script that is, silences nothing", () => {
    const quoted = piped(dump).replace(`|\n              ${dump}`, `"${dump} ${comment}"`);
    expect(said(quoted)).toEqual(["14 shell-pipe-no-pipefail"]);
  });
});
