import { describe, expect, test } from "vitest";
import { rules } from "../../../rules/index.js";
import { neighbourRules } from "../../../src/core/lint/neighbour-rules.js";
import { lintReports } from "../../../src/core/lint/run.js";
import { defaultFileSettings } from "../../../src/core/lint/settings-file.js";
import { textAt } from "../../../src/core/text/place.js";

/** `rule at "text"`, without advice. */
function said(text: string): readonly string[] {
  const settings = defaultFileSettings({ settings: {}, now: Date.UTC(2026, 0, 1) });
  const { reports, objects, failures } = lintReports({ name: "a.yaml", text }, { rules, settings });
  expect(failures).toEqual([]);
  expect(objects).toBe(0);
  return reports.filter(({ severity }) => severity !== "info").map(({ rule, place }) => `${rule} at ${textAt(place)}`);
}

const script = `["bash", "-c", "pg_dump shop | gzip > /backup/shop.gz; curl -s https://hc.example.com/ping || true"]`;

const scaledJob = `apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: import }
spec:
  rollout: { strategy: gradual }
  jobTargetRef:
    template:
      spec:
        containers:
          - { name: import, image: "postgres:16", command: ${script} }
  triggers: [{ type: cron }]
`;

const jobSet = `apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: train }
spec:
  replicatedJobs:
    - name: driver
      template:
        spec:
          template:
            spec: { containers: [{ name: driver, image: "train:1", command: ["sleep", "infinity"] }] }
    - name: workers
      template:
        spec:
          backoffLimit: 0
          template:
            spec:
              containers:
                - { name: import, image: "postgres:16", command: ${script} }
`;

const workflow = (schedule: string): string => `apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: { name: nightly }
spec:
  ${schedule}
  workflowSpec:
    entrypoint: main
    templates:
      - name: main
        container: { image: "postgres:16", command: ${script} }
      - name: serve
        daemon: true
        container: { image: "redis:7", command: ["redis-server"] }
      - name: one
        script: { image: "python:3.13", command: [python], source: "print(1)" }
`;

describe("what KEDA, JobSet and Argo have inside", () => {
  test("a ScaledJob's template is judged as a Job's", () => {
    expect(said(scaledJob)).toEqual(["shell-pipe-no-pipefail at pg_dump"]);
  });

  test("its restartPolicy is KEDA's, and nobody validates it as the API server would", () => {
    expect(said(scaledJob.replace("containers:", "no-such-field: 1\n        containers:"))).toEqual(said(scaledJob));
  });

  test("each replicatedJob of a JobSet is judged, but not how long it runs", () => {
    expect(said(jobSet)).toEqual(["shell-pipe-no-pipefail at pg_dump"]);
  });

  test("schedules and containers of a CronWorkflow are judged, whichever way they are written", () => {
    const container = "shell-pipe-no-pipefail at pg_dump";
    expect(said(workflow('schedule: "0 0 30 2,4 *"'))).toEqual([container]);
    expect(said(workflow('schedule: "* 3 * * *"'))).toEqual(["schedule-every-minute-of-hour at *", container]);
    expect(said(workflow('schedules: ["0 3 * * *", "0 3 1-7 * 1"]'))).toEqual(["schedule-dom-dow-or at 1-7 * 1", container]);
    const zone = workflow('schedules: ["0 3 * * *"]\n  timezone: Europe/Berln');
    expect(said(zone)).toEqual(["timezone-invalid-or-legacy at Europe/Berln", container]);
    expect(said(workflow('schedules: ["0 3 * * *", "0 4 * * *"]\n  timezone: Local'))).toEqual([container]);
  });

  test("a script of Argo is what its command is given", () => {
    const written = (template: string): string => workflow('schedule: "0 3 * * *"').replace(/source: "print\(1\)" \}/, `source: "print(1)" }${template}`);
    const pipe = "shell-pipe-no-pipefail at pg_dump";
    const inBlock = "\n      - name: two\n        script:\n          image: bash:5\n          source: |\n            pg_dump shop | gzip > /a\n";
    expect(said(written(`${inBlock}          command: [bash]\n`))).toEqual([pipe, pipe]);
    expect(said(written(`${inBlock}          command: [bash, -o, pipefail]\n`))).toEqual([pipe]);
    expect(said(written(`${inBlock}          command: [python]\n`))).toEqual([pipe]);
    expect(said(written(inBlock))).toEqual([pipe]);
    const set = `\n      - name: two\n        containerSet: { containers: [{ name: a, image: "postgres:16", command: ${script} }] }`;
    expect(said(written(set))).toEqual([pipe, pipe]);
    const sidecar = `\n      - name: two\n        sidecars: [{ name: a, image: "postgres:16", command: ${script} }]`;
    expect(said(written(sidecar))).toEqual([pipe, pipe]);
  });

  test("a schedule that Argo cannot read is Argo's to refuse", () => {
    const source = { name: "a.yaml", text: workflow('schedule: "0 3 * * 7"') };
    const { reports } = lintReports(source, { rules, settings: defaultFileSettings({ settings: {} }) });
    const messages = reports.map(({ message }) => message).filter((message) => message.includes("schedule"));
    expect(messages).toEqual([expect.stringMatching(/^Argo Workflows rejects/)]);
  });

  test("templates of Argo and of Helm are unknown", () => {
    const text = workflow('schedule: "{{ .Values.schedule }}"').replace(script, '[sh, -c, "{{inputs.parameters.command}} | tee"]');
    expect(said(text)).toEqual([]);
  });

  test("a List of them is opened, and findings can be suppressed", () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${scaledJob.trim().replaceAll("\n", "\n  ")}\n`;
    expect(said(list)).toEqual(["shell-pipe-no-pipefail at pg_dump"]);
    const ignored = "          # kronlint-ignore shell-pipe-no-pipefail -- known\n          - {";
    expect(said(scaledJob.replace("          - {", ignored))).toEqual([]);
  });

  test("other custom resources are left alone", () => {
    expect(said(scaledJob.replace("keda.sh/v1alpha1", "example.com/v1"))).toEqual([]);
    expect(said(jobSet.replace("kind: JobSet", "kind: TrainJob"))).toEqual([]);
    expect(said(workflow('schedule: "* 3 * * *"').replace("kind: CronWorkflow", "kind: Workflow"))).toEqual([]);
  });

  test("every rule of the table exists", () => {
    const ids = new Set(rules.map(({ id }) => id));
    expect([...new Set(Object.values(neighbourRules).flatMap((each) => [...each]))].filter((id) => !ids.has(id))).toEqual([]);
  });
});

describe("Jobs that Kueue manages", () => {
  const job = (suspend: string, labels: string): string => `apiVersion: batch/v1
kind: Job
metadata: { name: train, ${labels} }
spec:
  ${suspend}
  ttlSecondsAfterFinished: 3600
  activeDeadlineSeconds: 3600
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: train, image: "train:1", resources: { requests: { cpu: 1, memory: 1Gi } } }]
`;
  const stuck = (text: string): number => {
    const settings = defaultFileSettings({ settings: {} });
    return lintReports({ name: "a.yaml", text }, { rules, settings }).reports.filter(({ rule }) => rule.includes("suspend")).length;
  };

  test("may be suspended, and are not stuck", () => {
    expect(stuck(job("suspend: true", "labels: { kueue.x-k8s.io/queue-name: gpu }"))).toBe(0);
    expect(stuck(job("parallelism: 2", "labels: { kueue.x-k8s.io/queue-name: gpu }"))).toBe(0);
    expect(stuck(job("suspend: true", "labels: { app: train }"))).toBe(1);
  });
});
