import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";

const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  schedule: {{ .Values.at | quote }}
  concurrencyPolicy: Sometimes
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: main, image: "registry.example.com/nightly:1.0" }]
`;
const chart = { "c/Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0.0\n", "c/values.yaml": 'at: "0 2 * * *"\n' };

function errors(files: Readonly<Record<string, string>>, ...args: readonly string[]): readonly string[] {
  const { out } = ran(folderWith(files), ["-f", "compact", ...args]);
  return out.split("\n").flatMap((line) => (line.includes(": error: ") ? [line.split(":")[0] ?? ""] : []));
}

describe("a file of templates/ that Helm renders, whatever it is called", () => {
  test.each(["cronjob.yaml.tpl", "cronjob.tpl", "jobs/cronjob.tpl"])("%s", (name) => {
    const files = { ...chart, [`c/templates/${name}`]: cronJob };
    expect(errors(files, "c")).toEqual([`c/templates/${name}`]);
    expect(errors(files, `c/templates/${name}`)).toEqual([`c/templates/${name}`]);
    expect(errors(files, "--force-exclude", `c/templates/${name}`)).toEqual([`c/templates/${name}`]);
  });

  test("is rendered with the chart's values", () => {
    expect(errors({ ...chart, "c/values.yaml": 'at: "0 24 * * *"\n', "c/templates/a.tpl": cronJob.replace("Sometimes", "Forbid") }, "c")).toEqual(["c/values.yaml"]);
  });

  test("is none with an underscore, with helpers in it, or elsewhere", () => {
    const text = cronJob.replace("{{ .Values.at | quote }}", '"0 2 * * *"');
    const define = `{{- define "job" }}\n${text}{{ end }}\n`;
    const files = { ...chart, "c/templates/_a.tpl": cronJob, "c/templates/helpers.tpl": define, "c/files/a.tpl": text, "other/templates/a.tpl": text };
    expect(errors(files, ".")).toEqual([]);
    // What uses the helper is at fault in it.
    expect(errors({ ...files, "c/templates/a.yaml": '{{ include "job" . }}\n' }, ".")).toEqual(["c/templates/helpers.tpl"]);
  });
});

test("a comparison with a commit knows it too", () => {
  const cwd = folderWith({ ...chart, "c/templates/a.tpl": cronJob, "c/templates/_h.tpl": cronJob, "other/a.tpl": cronJob });
  const git = (...args: readonly string[]): unknown => execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd, stdio: "ignore" });
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "a");
  expect(ran(cwd, ["diff", "--since", "HEAD", "."]).out).not.toContain("nightly");
  writeFileSync(join(cwd, "c/values.yaml"), 'at: "0 3 * * *"\n');
  expect(ran(cwd, ["diff", "--since", "HEAD", "."]).out).toContain("nightly");
});
