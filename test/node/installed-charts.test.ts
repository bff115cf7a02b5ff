/** Charts as objects of Argo CD and Flux in the same tree install them. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";

const template = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: {{ .Release.Name }}
spec:
  schedule: {{ .Values.at | quote }}
  timeZone: Etc/UTC
  concurrencyPolicy: {{ .Values.policy | default "Forbid" }}
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      activeDeadlineSeconds: 600
      backoffLimit: 1
      ttlSecondsAfterFinished: 3600
      template:
        metadata: { labels: { app: nightly } }
        spec:
          {{- with .Values.pod }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
          restartPolicy: Never
          automountServiceAccountToken: false
          containers:
            - name: main
              image: registry.example.com/nightly:{{ .Values.image.tag }}
              resources: { requests: { cpu: 10m, memory: 16Mi } }
`;
const good = 'at: "0 2 * * *"\nimage: { tag: "1.0" }\n';
const chart = { "charts/c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "charts/c/values.yaml": good, "charts/c/templates/a.yaml": template };

/** What a HelmRelease has in its spec, without the chart. */
function release(spec: string, name = "web"): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: jobs }
spec:
  chart: { spec: { chart: ./charts/c, sourceRef: { kind: GitRepository, name: deploy } } }
${spec.replace(/^(?=.)/gm, "  ")}`;
}

function application(helm: string, name = "web"): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name} }
spec:
  destination: { name: prod, namespace: jobs }
  source:
    path: charts/c
    helm:
${helm.replace(/^(?=.)/gm, "      ")}`;
}

interface Outcome {
  readonly cwd: string;
  /** Findings without their words: `file:line:column: severity [rule]`. */
  readonly found: readonly string[];
  readonly out: string;
}

function linted(files: Readonly<Record<string, string>>, args: readonly string[] = ["."]): Outcome {
  const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files });
  const { out } = ran(cwd, ["-f", "compact", ...args]);
  return { cwd, out, found: out.split("\n").flatMap((line) => line.replace(/^(\S+ \w+):.* (\[\S+\])$/, "$1 $2") || []) };
}

function fixedOf(files: Readonly<Record<string, string>>, file: string): string {
  const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files });
  ran(cwd, ["--fix", "--unsafe", "."]);
  return readFileSync(join(cwd, file), "utf8");
}

const wrongHour = 'at: "0 24 * * *"\n';

describe("inline values", () => {
  test.each([
    ["of a HelmRelease", release(`values:\n  ${wrongHour}`), "f.yaml:7:12"],
    ["of an Application, as an object", application(`valuesObject:\n  ${wrongHour}`), "f.yaml:10:16"],
    ["of an Application, as a text", application(`values: |\n  # hours\n  ${wrongHour}`), "f.yaml:11:16"],
    ["of an Application, as a parameter", application('parameters:\n  - name: at\n    value: "0 24 * * *"\n'), "f.yaml:11:21"],
    ["in a text with Windows line ends", application(`values: |\n  # hours\n  ${wrongHour}`).replaceAll("\n", "\r\n"), "f.yaml:11:16"],
  ])("%s are judged where they stand, and mended there", (_, text, place) => {
    const { found } = linted({ "f.yaml": text });
    expect(found).toEqual([`${place}: error [schedule-syntax]`]);
    expect(fixedOf({ "f.yaml": text }, "f.yaml")).toBe(text.replace("0 24 * * *", "0 0 * * *"));
  });

  test.each([
    ["folded", application(`values: >\n  at: "0 24 * * *"\n\n  image: { tag: "2" }\n`)],
    ["quoted", application(`values: "at: 0 24 * * *"\n`)],
    ["quoted over lines", application(`values: "at: 0 24 * * *\\n\\\n  image: {tag: '1'}"\n`)],
  ])("of a text that is %s are reported at the text, and left alone", (_, text) => {
    const { found } = linted({ "f.yaml": text });
    expect(found).toEqual(["f.yaml:9:15: error [schedule-syntax]"]);
    expect(fixedOf({ "f.yaml": text }, "f.yaml")).toBe(text);
  });

  test("that are only a part of it lead to the template", () => {
    const files = { "charts/c/templates/a.yaml": template.replace("{{ .Values.at | quote }}", '"0 {{ .Values.hour }}5 * * *"') };
    const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files, "f.yaml": release("values: { hour: 2 }\n") });
    const [finding] = JSON.parse(ran(cwd, ["-f", "json", "."]).out).diagnostics;
    expect([finding.file, finding.related[0].file, finding.related[0].message]).toEqual(["charts/c/templates/a.yaml", "f.yaml", "set here"]);
  });

  test("are what counts, and not the chart's own ones that they override", () => {
    const values = { "charts/c/values.yaml": `${wrongHour}image: { tag: "1.0" }\n` };
    expect(linted({ ...values, "f.yaml": release(`values:\n  at: "0 3 * * *"\n`) }).found).toEqual([]);
    expect(linted({ ...values, "f.yaml": release("values: { other: 1 }\n") }).found).toEqual(["charts/c/values.yaml:1:8: error [schedule-syntax]"]);
  });

  test.each([
    ["a parameter over an object", application(`valuesObject:\n  ${wrongHour}parameters:\n  - { name: at, value: "0 3 * * *" }\n`)],
    ["an object over a text", application(`values: |\n  ${wrongHour}valuesObject: { at: "0 3 * * *" }\n`)],
    ["a ConfigMap over the chart's", release("valuesFrom: [{ kind: ConfigMap, name: x }]\n")],
    ["a file of another repository", application("valueFiles: [$values/web.yaml]\n")],
    ["a variable that Flux fills in", release('values: { at: "0 ${hour} * * *" }\n')],
    ["a variable that Argo CD fills in", application('parameters: [{ name: at, value: "$ARGOCD_APP_NAME" }]\n')],
    ["a renderer behind Helm", release("postRenderers: [{ kustomize: { patches: [] } }]\n")],
    ["a file of its own", release("values: {}\n").replace("./charts/c,", "./charts/c, valuesFiles: [v.yaml],")],
    ["a template's value", application('values: |\n  at: "{{ .Values.at }}"\n')],
  ])("that others override say nothing: %s", (_, text) => {
    const values = { "charts/c/values.yaml": `${wrongHour}image: { tag: "1.0" }\n`, "v.yaml": good };
    expect(linted({ ...values, "f.yaml": text }).found).toEqual([]);
  });

  test("over unknown ones are known", () => {
    expect(linted({ "f.yaml": release(`valuesFrom: [{ kind: Secret, name: x }]\nvalues:\n  ${wrongHour}`) }).found).toEqual(["f.yaml:8:12: error [schedule-syntax]"]);
  });

  test("of a mapping that others add to are not taken for all of it", () => {
    const pod = { "charts/c/templates/a.yaml": template.replace("          restartPolicy: Never\n", "") };
    const text = release("valuesFrom: [{ kind: Secret, name: x }]\nvalues:\n  pod: { hostNetwork: false }\n");
    expect(linted({ ...pod, "f.yaml": text }).found).toEqual([]);
    expect(linted({ ...pod, "f.yaml": text.replace(/ {2}valuesFrom.*\n/, "") }).found).toEqual(["charts/c/templates/a.yaml:17:9: error [restart-policy-invalid]"]);
  });

  test("that take a default away leave it to the template", () => {
    const values = { "charts/c/values.yaml": `${good}policy: Never\n` };
    expect(linted({ ...values, "f.yaml": release("values: { policy: null }\n") }).found).toEqual([]);
    expect(linted({ ...values, "f.yaml": release("values: { policy: Replace }\n") }).found).toEqual([]);
  });

  test("of a file that an Application names are judged and mended there", () => {
    const files = { "env/prod.yaml": wrongHour, "f.yaml": application("valueFiles: [../../env/prod.yaml]\n") };
    expect(linted(files).found).toEqual(["env/prod.yaml:1:8: error [schedule-syntax]"]);
    expect(fixedOf(files, "env/prod.yaml")).toBe('at: "0 0 * * *"\n');
  });

  test("stay silent where a comment says so", () => {
    const text = `# apps\n${release('values:\n  at: "0 24 * * *" # kronlint-ignore schedule-syntax -- try\n')}---\nkind: ConfigMap\napiVersion: v1\n`;
    expect(linted({ "f.yaml": text }).out).toBe("");
  });
});

describe("several installations", () => {
  const two = (first: string, second: string): Readonly<Record<string, string>> => ({ "a.yaml": release(first, "one"), "b.yaml": application(second, "two") });

  test("say once what they have in common", () => {
    const files = { "charts/c/values.yaml": `${wrongHour}image: { tag: "1.0" }\n` };
    const { found } = linted({ ...files, ...two("values: { x: 1 }\n", "valuesObject: { x: 2 }\n") });
    expect(found).toEqual(["charts/c/values.yaml:1:8: error [schedule-syntax]"]);
  });

  test("are named where it is true of some", () => {
    const files = { "charts/c/templates/a.yaml": template.replace("restartPolicy: Never", "restartPolicy: {{ if .Values.x }}Always{{ else }}Never{{ end }}") };
    const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files, ...two("values: { x: true }\n", "valuesObject: { x: false }\n") });
    const { diagnostics } = JSON.parse(ran(cwd, ["-f", "json", "."]).out);
    expect(diagnostics.map(({ rule, related }: never) => [rule, (related as never[]).map(({ message }) => message)])).toEqual([
      ["restart-policy-invalid", ["so it is as HelmRelease one installs it"]],
    ]);
  });

  test("each have their own faults", () => {
    expect(linted(two(`values:\n  ${wrongHour}`, 'valuesObject:\n  at: "0 2 * * 8"\n')).found).toEqual([
      "a.yaml:7:12: error [schedule-syntax]",
      "b.yaml:10:22: error [schedule-syntax]",
    ]);
  });

  test("are called as their objects say", () => {
    const name = { "charts/c/templates/a.yaml": template.replace("{{ .Release.Name }}", `{{ .Release.Name }}-${"x".repeat(40)}`) };
    expect(linted({ ...name, "a.yaml": release("values: {}\n", "short"), "b.yaml": application("releaseName: tiny\n", "y".repeat(40)) }).found).toEqual([]);
    expect(linted({ ...name, "b.yaml": application("values: ''\n", "y".repeat(40)) }).found).toEqual(["charts/c/templates/a.yaml:4:9: error [name-too-long]"]);
  });

  test("give way to what is asked for", () => {
    const files = { "more.yaml": good, "f.yaml": release(`values:\n  ${wrongHour}`) };
    expect(linted(files, ["--values", "more.yaml", "-q", "."]).found).toEqual([]);
    expect(linted(files, ["--release", "demo", "."]).found).toEqual([]);
    expect(linted({ ...files, "charts/c/.kronlint.yaml": "helm: { release: demo }\n" }).found).toEqual([]);
  });
});

describe("what is asked for", () => {
  const files = { "apps/f.yaml": release(`values:\n  ${wrongHour}`), "charts/c/values.yaml": `${good}policy: Never\n` };
  const inFile = "apps/f.yaml:7:12: error [schedule-syntax]";
  const inChart = expect.stringMatching(/^charts\/c\/values\.yaml:3:9: error/);

  test("is the manifest alone, or the chart alone, which it belongs to", () => {
    expect(linted(files, ["apps"]).found).toEqual([inFile]);
    expect(linted(files, ["apps/f.yaml"]).found).toEqual([inFile]);
    expect(linted(files, ["charts"]).found).toEqual([inChart, inFile]);
    expect(linted(files, ["charts/c/templates/a.yaml"]).found).toEqual(expect.arrayContaining([inChart, inFile]));
    expect(linted(files, ["."]).found).toEqual([inFile, inChart]);
  });
});

test("an ApplicationSet's placeholders are unknown, and the rest is not", () => {
  const set = (values: string, path = "charts/c"): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all }
spec:
  generators: [{ list: { elements: [{ env: dev }] } }, { git: { directories: [{ path: charts/* }] } }]
  template:
    metadata: { name: "c-{{env}}" }
    spec:
      source:
        path: "${path}"
        helm: { valuesObject: { ${values} } }
      destination: { namespace: jobs, name: "{{env}}" }
`;
  expect(linted({ "s.yaml": set('at: "{{schedule}}"') }).found).toEqual([expect.stringMatching(/info \[name-too-long\]$/)]);
  expect(linted({ "s.yaml": set('at: "0 24 * * *", env: "{{env}}"') }).found).toContain("s.yaml:11:40: error [schedule-syntax]");
  expect(linted({ "s.yaml": set('at: "0 24 * * *"', "{{path}}") }).found).toContain("s.yaml:11:40: error [schedule-syntax]");
  expect(linted({ "s.yaml": set('at: "0 24 * * *"', "{{path}}").replace("charts/*", "other/*") }).found).not.toContain("s.yaml:11:40: error [schedule-syntax]");
});

describe("charts inside of charts", () => {
  const sub = {
    "charts/c/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
    "charts/c/charts/s/values.yaml": `${wrongHour}image: { tag: "1" }\n`,
    "charts/c/charts/s/templates/b.yaml": template.replace("{{ .Release.Name }}", "sub"),
    "charts/c/charts/packed-1.0.0.tgz": "not read",
  };
  const listed = (more: string): Readonly<Record<string, string>> => ({ ...sub, "charts/c/Chart.yaml": `${chart["charts/c/Chart.yaml"]}dependencies:\n  - { name: s, version: 1.0.0, ${more} }\n  - { name: packed, version: 1.0.0 }\n` });
  const found = (files: Readonly<Record<string, string>>): readonly string[] => linted(files).found.filter((line) => line.includes("charts/s/"));
  const fault = ["charts/c/charts/s/values.yaml:1:8: error [schedule-syntax]"];
  const off = { "charts/c/values.yaml": `${good}s: { enabled: false }\ntags: { back: false }\n` };

  test("are judged with unknown values when they are switched off", () => {
    expect(found(listed("repository: x"))).toEqual(fault);
    expect(found({ ...listed("condition: s.enabled"), ...off })).toEqual([]);
    expect(found({ ...listed("tags: [back]"), ...off })).toEqual([]);
    expect(found({ ...listed("tags: [back, front]"), ...off, "charts/c/values.yaml": `${good}tags: { back: false, front: true }\n` })).toEqual(fault);
    expect(found({ ...listed("condition: 's.none,s.enabled'"), ...off })).toEqual([]);
    const literal = { "charts/c/charts/s/templates/b.yaml": template.replace("{{ .Release.Name }}", "sub").replace("restartPolicy: Never", "restartPolicy: Always") };
    expect(found({ ...listed("condition: s.enabled"), ...off, ...literal })).toEqual(["charts/c/charts/s/templates/b.yaml:21:26: error [restart-policy-invalid]"]);
  });

  test("are switched on by an installation, and called by their alias", () => {
    expect(found({ ...listed("condition: s.enabled"), ...off, "f.yaml": release("values: { s: { enabled: true } }\n") })).toEqual(fault);
    expect(found({ ...listed("alias: t"), "f.yaml": release('values: { t: { at: "0 3 * * *" } }\n') })).toEqual([]);
    expect(found({ ...listed("alias: t"), "f.yaml": release('values: { s: { at: "0 3 * * *" } }\n') })).toEqual(fault);
  });
});

test("an Application that a chart writes brings its values too", () => {
  const app = application(`valuesObject:\n  at: "0 24 * * *"\n  image: { tag: {{ .Values.tag }} }\n`).replace("name: prod", "server: {{ .Values.server }}");
  const files = { "root/Chart.yaml": "apiVersion: v2\nname: root\nversion: 1.0.0\n", "root/values.yaml": "tag: 2\n", "root/templates/web.yaml": app };
  expect(linted(files).found).toEqual(["root/templates/web.yaml:10:16: error [schedule-syntax]"]);
});

describe("what a change brings", () => {
  const git = (cwd: string, ...args: readonly string[]): void => void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], { cwd, stdio: "ignore" });
  const changed = (before: string, after: string, more: Readonly<Record<string, string>> = {}): string => {
    const cwd = folderWith({ ...chart, ...more, "f.yaml": before });
    git(cwd, "init", "-q");
    git(cwd, "add", "-A");
    git(cwd, "commit", "-qm", "first");
    writeFileSync(join(cwd, "f.yaml"), after);
    return cwd;
  };
  const ofPart = { "charts/c/templates/a.yaml": template.replace("{{ .Values.at | quote }}", '"0 {{ .Values.hour }}5 * * *"') };

  test.each([
    ["to a value", release('values: { at: "0 3 * * *" }\n'), release('values: { at: "0 24 * * *" }\n'), {}, /^f\.yaml:6:\d+: error/],
    ["to a part of what a template writes", release("values: { hour: 1 }\n"), release("values: { hour: 2 }\n"), ofPart, /^charts\/c\/templates\/a\.yaml:6:\d+: error/],
    ["elsewhere in the file", release('values: { at: "0 24 * * *" }\n'), `# new\n${release('values: { at: "0 24 * * *" }\n')}`, {}, /^$/],
    ["elsewhere than where a part is given", release("values: { hour: 2 }\n"), `# new\n${release("values: { hour: 2 }\n")}`, ofPart, /^$/],
  ])("%s is reported where it is mended", (_, before, after, more, expected) => {
    expect(ran(changed(before, after, more), ["-f", "compact", "--since", "HEAD", "."]).out).toMatch(expected);
  });

  test("counts for files that changed too", () => {
    const cwd = changed(release("values: { hour: 1 }\n"), release("values: { hour: 2 }\n"), ofPart);
    expect(ran(cwd, ["-f", "compact", "--changed-files", "HEAD", "."]).out).toMatch(/^charts\/c\/templates\/a\.yaml:6:\d+: error/);
  });
});
