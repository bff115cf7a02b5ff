/** A chart, and objects of Argo CD and Flux that install it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";

export const template = `apiVersion: batch/v1
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
export const good = 'at: "0 2 * * *"\nimage: { tag: "1.0" }\n';
export const chart = { "charts/c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n", "charts/c/values.yaml": good, "charts/c/templates/a.yaml": template };

/** What a HelmRelease has in its spec, without the chart. */
export function release(spec: string, name = "web"): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: jobs }
spec:
  chart: { spec: { chart: ./charts/c, sourceRef: { kind: GitRepository, name: deploy } } }
${spec.replace(/^(?=.)/gm, "  ")}`;
}

export function application(helm: string, name = "web"): string {
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

export function linted(files: Readonly<Record<string, string>>, args: readonly string[] = ["."]): Outcome {
  const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files });
  const { out } = ran(cwd, ["-f", "compact", ...args]);
  return { cwd, out, found: out.split("\n").flatMap((line) => line.replace(/^(\S+ \w+):.* (\[\S+\])$/, "$1 $2") || []) };
}

export function fixedOf(files: Readonly<Record<string, string>>, file: string): string {
  const cwd = folderWith({ ".git/HEAD": "", ...chart, ...files });
  ran(cwd, ["--fix", "--unsafe", "."]);
  return readFileSync(join(cwd, file), "utf8");
}

export const wrongHour = 'at: "0 24 * * *"\n';
