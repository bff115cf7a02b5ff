import { describe, expect, test } from "vitest";
import { prepare, verdictOf } from "../../../src/core/api/verdict.js";
import { updateWarningsOf } from "../../../src/core/api/warnings.js";
import { kindOf } from "../../../src/core/model/workload.js";
import type { Document } from "../../../src/core/read/document.js";
import { read } from "../../../src/core/read/read.js";

interface Parts {
  readonly metadata?: string;
  readonly spec?: string;
  readonly template?: string;
  readonly pod?: string;
  readonly container?: string;
}

function job({ metadata = "name: report", spec = "", template = "", pod = "", container = "" }: Parts): string {
  return `apiVersion: batch/v1
kind: Job
metadata: { ${metadata} }
spec:
  ${spec}
  template:
    metadata: { ${template} }
    spec:
      restartPolicy: Never
      containers: [{ name: report, image: report:1.4, ${container} }]
      ${pod}
`;
}

const cronJob = (schedule: string) => `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: ${schedule}
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: report, image: report:1.4 }] } } } }
`;

function documentOf(text: string): Document {
  const [document] = read({ name: "job.yaml", text }).documents;
  if (!document) throw new Error(text);
  return document;
}

/** What the warnings begin with, and the text they point at. */
function warned(text: string, version = "1.36"): readonly string[] {
  const document = documentOf(text);
  const { accept, warnings } = verdictOf(document, kindOf(document) ?? "Job", version);
  expect(accept).toBe(true);
  return warnings.map(({ message, at }) => {
    const [beginning = ""] = message.split(": ");
    return `${beginning.replace("spec.template.spec.", "")} at ${text.slice(at.start, at.end)}`;
  });
}

/** The first of these versions whose server warns. */
function firstOf(parts: Parts, versions: readonly string[]): string | undefined {
  return versions.find((version) => warned(job(parts), version).length > 0);
}

test("an ordinary Job draws none", () => {
  const container = "ports: [{ containerPort: 80 }], env: [{ name: A, value: x }], resources: { limits: { memory: 1.5Gi } }";
  expect(warned(job({ container, pod: "nodeSelector: { kubernetes.io/os: linux }" }))).toEqual([]);
});

describe("what left Kubernetes", () => {
  test.each([
    ["nodeSelector: { beta.kubernetes.io/os: linux }", ["nodeSelector[beta.kubernetes.io/os] at beta.kubernetes.io/os"]],
    ["volumes: [{ name: v, gitRepo: { repository: r } }]", ["volumes[0].gitRepo at gitRepo"]],
    ["volumes: [{ name: v, storageos: { volumeName: vol } }]", ["volumes[0].storageOS at storageos"]],
  ])("%s", (pod, warnings) => {
    expect(warned(job({ pod }))).toEqual(warnings);
  });

  test.each([
    [{ pod: "nodeSelector: { node-role.kubernetes.io/master: '' }" }, "1.31"],
    [{ pod: "volumes: [{ name: v, cephfs: { monitors: [a] } }]" }, "1.28"],
    [{ template: "annotations: { container.apparmor.security.beta.kubernetes.io/report: unconfined }" }, "1.30"],
    [{ template: "annotations: { seccomp.security.alpha.kubernetes.io/pod: unconfined }" }, "1.24"],
    [{ metadata: "name: a.b" }, "1.27"],
    [{ metadata: "generateName: a.b-" }, "1.27"],
    [{ pod: "terminationGracePeriodSeconds: -1" }, "1.27"],
    [{ pod: "hostAliases: [{ ip: '2001:DB8::1', hostnames: [a] }]" }, "1.33"],
  ])("%j since %s", (parts, version) => {
    expect(firstOf(parts, ["1.24", "1.25", "1.26", "1.27", "1.28", "1.29", "1.30", "1.31", "1.32", "1.33"])).toBe(version);
  });

  test("an annotation that the pod's own profile repeats is fine since 1.34", () => {
    const template = "annotations: { container.apparmor.security.beta.kubernetes.io/report: runtime/default }";
    const pod = "securityContext: { appArmorProfile: { type: RuntimeDefault } }";
    expect(warned(job({ template, pod }))).toEqual([]);
  });
});

describe("what is there twice", () => {
  test.each([
    ["{ name: A, value: x }, { name: A, value: z }", ["containers[0].env[1] at A"]],
    ["{ name: A, value: x }, { name: A, value: $(A):y }", []],
    ["{ name: A, value: x }, { name: A, value: $(A) }", ["containers[0].env[1] at A"]],
    ["{ name: A, value: x }, { name: A, value: {{ .Values.a }} }", []],
    ["{ name: A, value: x }, { name: {{ .Values.a }}, value: x }", []],
  ])("env: [%s]", (env, warnings) => {
    expect(warned(job({ container: `env: [${env}]` }))).toEqual(warnings);
  });

  test("env before 1.28", () => {
    const container = "env: [{ name: A, value: x }, { name: A, value: $(A):z }]";
    expect(warned(job({ container }), "1.27")).toEqual(["containers[0].env[1].name at A"]);
  });

  test.each([
    ["{ containerPort: 80 }, { containerPort: 80 }", 1],
    ["{ containerPort: 80 }, { containerPort: 80, protocol: UDP }", 0],
    ["{ containerPort: 80, hostPort: 1 }, { containerPort: 80, hostPort: 2 }", 0],
    ["{ containerPort: 80, hostPort: 1 }, { containerPort: 80 }", 1],
    ["{ containerPort: 80, hostIP: 10.0.0.1 }", 1],
    ["{ containerPort: 80, hostPort: 1 }, { containerPort: 80, hostPort: 1, hostIP: 10.0.0.1 }", 1],
  ])("ports: [%s]", (ports, count) => {
    expect(warned(job({ container: `ports: [${ports}]` }))).toHaveLength(count);
  });

  test("pull secrets, and one without a name", () => {
    expect(warned(job({ pod: "imagePullSecrets: [{ name: a }, { name: a }, {}]" }))).toEqual([
      "imagePullSecrets[1].name at a",
      "imagePullSecrets[2].name at {}",
    ]);
  });

  test("of many ports the first pairs are said", () => {
    const ports = Array.from({ length: 20_000 }, () => "{ containerPort: 80 }").join(", ");
    expect(warned(job({ container: `ports: [${ports}]` })).length).toBe(20_000);
  });
});

describe("bytes", () => {
  // 16Pi overflows the server's count of thousandths.
  test.each([
    ["128Mi", 0],
    ["100m", 1],
    ["1.5", 1],
    ["1.5k", 0],
    ["9Ei", 0],
    ["16Pi", 1],
    ["{{ .Values.memory }}", 0],
  ])("memory: %s", (memory, count) => {
    expect(warned(job({ container: `resources: { limits: { memory: ${memory} } }` }))).toHaveLength(count);
  });
});

describe("paths", () => {
  const items = (...paths: readonly string[]) => `[${paths.map((path) => `{ key: k, path: ${path} }`).join(", ")}]`;

  test.each([
    [["a", "b"], 0],
    [["a", "ab"], 0],
    [["a", "a/b"], 1],
    [["a/b", "a"], 1],
    [["a", "a"], 1],
    [["a", "{{ .Values.path }}"], 0],
  ])("%j", (paths, count) => {
    const found = warned(job({ pod: `volumes: [{ name: v, configMap: { name: c, items: ${items(...paths)} } }]` }));
    expect(found).toHaveLength(count);
    for (const one of found) expect(one).toMatch(/^volume "v" \(ConfigMap "c"\) at /);
  });

  test("a source without items had the paths of the one before it until 1.33", () => {
    const pod = `volumes: [{ name: v, projected: { sources: [{ serviceAccountToken: { path: t } }, { configMap: { name: c } }] } }]`;
    expect(warned(job({ pod }), "1.31")).toEqual([]);
    expect(warned(job({ pod }), "1.33")).toEqual(['volume "v" (Projected) at t']);
    expect(warned(job({ pod }), "1.34")).toEqual([]);
  });
});

describe("schedules with a zone", () => {
  const text = cronJob('"TZ=Europe/Berlin 0 5 * * *"');

  test("the beginning is the server's whole sentence", () => {
    expect(warned(text, "1.28")).toEqual([
      "CRON_TZ or TZ used in spec.spec.schedule is not officially supported, see " +
        'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details at "TZ=Europe/Berlin 0 5 * * *"',
    ]);
  });

  test("an update warns though nothing changed, and of the rest only if something did", () => {
    const { check, lowered } = prepare(documentOf(text), "CronJob", "1.36");
    expect(updateWarningsOf(check, lowered.object, false)).toHaveLength(1);
    const other = prepare(documentOf(job({ pod: "nodeSelector: { beta.kubernetes.io/os: linux }" })), "Job", "1.36");
    expect(updateWarningsOf(other.check, other.lowered.object, false)).toHaveLength(0);
    expect(updateWarningsOf(other.check, other.lowered.object, true)).toHaveLength(1);
  });
});

test.each([
  [100_000, 20_000, 0],
  [100_001, 10_000, 0],
  [100_001, 10_001, 1],
])("%i indexes, %i at a time", (completions, parallelism, count) => {
  const spec = `{ completionMode: Indexed, completions: ${String(completions)}, parallelism: ${String(parallelism)}, `;
  const text = job({}).replace(/spec:\n {2}\n {2}template:/, `spec:\n  ${spec.slice(2).replaceAll(", ", "\n  ")}template:`);
  expect(warned(text)).toHaveLength(count);
});

test("clusterName is warned of where it is known and not empty", () => {
  const begins = "metadata.clusterName was specified. This field is not preserved and will be removed from the schema in 1.25";
  const { warnings } = verdictOf(documentOf(job({ metadata: "name: a, clusterName: x" })), "Job", "1.24");
  expect(warnings.map(({ message, at }) => [message, at.source.text.slice(at.start, at.end)])).toEqual([[`${begins}: remove it`, "x"]]);
  expect(verdictOf(documentOf(job({ metadata: "name: a, clusterName: ''" })), "Job", "1.24").warnings).toEqual([]);
});
