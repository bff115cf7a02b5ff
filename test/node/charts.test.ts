import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";

const chart = "apiVersion: v2\nname: demo\nversion: 1.0.0\n";
const template = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  schedule: {{ .Values.at | quote }}
  timeZone: Etc/UTC
  concurrencyPolicy: {{ .Values.policy }}
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      activeDeadlineSeconds: 600
      backoffLimit: 1
      ttlSecondsAfterFinished: 3600
      template:
        metadata: { labels: { app: nightly } }
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          containers:
            - name: main
              image: registry.example.com/nightly:1.0
              resources: { requests: { cpu: 10m, memory: 16Mi } }
`;
const files = { "c/Chart.yaml": chart, "c/values.yaml": 'at: "0 2 * * *"\npolicy: Forbid\n', "c/templates/a.yaml": template };
const wrong = 'at: "0 24 * * *"\n';
const said = (file: string): RegExp => new RegExp(`^${file}:1:\\d+: error: .*an hour is 0 to 23.*\\n$`);

describe("values", () => {
  test("given by a flag are over the chart's, and findings stand in them, wherever they lie", () => {
    const cwd = folderWith({ ...files, "more.yaml": wrong });
    expect(ran(cwd, ["-f", "compact", "c"])).toMatchObject({ code: 0, out: "" });
    expect(ran(cwd, ["-f", "compact", "--values", "more.yaml", "c"]).out).toMatch(said("more\\.yaml"));
  });

  test("named by settings too, but only below them", () => {
    const cwd = folderWith({ ...files, "c/.kronlint.yaml": "helm: { values: [env/p.yaml] }\n", "c/env/p.yaml": wrong, "secret.yaml": wrong });
    expect(ran(cwd, ["-f", "compact", "c"]).out).toMatch(said("c/env/p\\.yaml"));
    symlinkSync("../secret.yaml", join(cwd, "c/link.yaml"));
    const out = ["../secret.yaml", "link.yaml"].map((path) => {
      const other = folderWith({ ...files, "c/.kronlint.yaml": `helm: { values: ["${path}"] }\n`, "secret.yaml": wrong });
      return ran(other, ["-f", "compact", "c"]).out;
    });
    expect(out).toEqual(["", ""]);
  });

  test("that are not there are a slip", () => {
    const cwd = folderWith(files);
    expect(ran(cwd, ["--values", "none.yaml", "c"])).toEqual({ code: 2, out: "", err: "kronlint: no such values file: none.yaml\n" });
  });

  test("are said to be at fault although the template alone was named", () => {
    const cwd = folderWith({ ...files, "c/values.yaml": `${wrong}policy: Forbid\n` });
    expect(ran(cwd, ["-f", "compact", "c/templates/a.yaml"]).out).toMatch(said("c/values\\.yaml"));
  });

  test("are mended where they are written, within what was named", () => {
    const cwd = folderWith({ ...files, "c/values.yaml": `${wrong}policy: forbid\n` });
    expect(ran(cwd, ["--fix", "--unsafe", "-f", "compact", "c"])).toMatchObject({ code: 0, out: "", err: expect.stringContaining("fixed") as unknown });
    const again = ran(cwd, ["-f", "compact", "c"]);
    expect(again).toMatchObject({ code: 0, out: "" });
  });
});

test("a chart in charts/ is judged with the values of the one above, a chart elsewhere with its own", () => {
  const sub = { "c/charts/s/Chart.yaml": chart.replace("demo", "s"), "c/charts/s/values.yaml": 'at: "0 3 * * *"\npolicy: Forbid\n', "c/charts/s/templates/a.yaml": template };
  const cwd = folderWith({ ...files, ...sub, "c/values.yaml": `s: { ${wrong.trim()} }\nat: "0 2 * * *"\npolicy: Forbid\n` });
  expect(ran(cwd, ["-f", "compact", "c"]).out).toMatch(said("c/values\\.yaml"));
  expect(ran(cwd, ["-f", "compact", "c/charts/s"]).out).toMatch(said("c/values\\.yaml"));
  const apart = folderWith({ ...files, "c/other/Chart.yaml": chart, "c/other/values.yaml": 'at: "0 3 * * *"\npolicy: Forbid\n', "c/other/templates/a.yaml": template });
  expect(ran(apart, ["-f", "compact", "c"]).out).toBe("");
});

test("a helper's own words and what it works out stand in the helper, wherever the person stands who asks", () => {
  const helper = `{{ define "job" }}${template.replace("{{ .Values.policy }}", '{{ .Values.none | default "Sometimes" }}')}{{ end }}`;
  const cwd = folderWith({ ...files, "c/templates/a.yaml": '{{ include "job" . }}\n', "c/templates/_job.tpl": helper });
  const told = 'templates/_job.tpl:8:22: error: concurrencyPolicy "Sometimes" is not supported';
  expect(ran(cwd, ["-f", "compact", "c"]).out).toContain(`c/${told}`);
  expect(ran(folderWith({}), ["-f", "compact", join(cwd, "c")]).out).toContain(`/c/${told}`);
});

test("what a helper quotes is still the value's, once for all who use it", () => {
  const helper = '{{ define "at" }}{{ .Values.at | quote }}{{ end }}';
  const asking = template.replace("{{ .Values.at | quote }}", '{{ include "at" . }}');
  const cwd = folderWith({ ...files, "c/values.yaml": `${wrong}policy: Forbid\n`, "c/templates/a.yaml": asking, "c/templates/b.yaml": asking, "c/templates/_at.tpl": helper });
  expect(ran(cwd, ["-f", "compact", "c"]).out).toMatch(said("c/values\\.yaml"));
});

test("the name of a release may be given", () => {
  const cwd = folderWith({ ...files, "c/templates/a.yaml": template.replace("nightly\nspec", "{{ .Release.Name }}-nightly\nspec") });
  expect(ran(cwd, ["-f", "compact", "--release", "web", "c"]).out).toBe("");
  expect(ran(cwd, ["-f", "compact", "c"]).out).toContain("more than 44 characters");
  expect(ran(cwd, ["-f", "compact", "--release", "x".repeat(50), "c"]).out).toContain("error: the name has 58 characters");
});
